import { Button, IconButton } from "@zendeskgarden/react-buttons";
import { Field, Label, Select } from "@zendeskgarden/react-forms";
import TopIcon from "@zendeskgarden/svg-icons/src/16/chevron-double-up-stroke.svg?react";
import DownIcon from "@zendeskgarden/svg-icons/src/16/chevron-down-stroke.svg?react";
import UpIcon from "@zendeskgarden/svg-icons/src/16/chevron-up-stroke.svg?react";
import TrashIcon from "@zendeskgarden/svg-icons/src/16/trash-stroke.svg?react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type RoutingTable, rowsOf } from "../../triage/routing-table.ts";
import { count } from "../wording.ts";
import { FieldMessage } from "./field-message.tsx";

interface PriorityFieldProps {
  readonly table: RoutingTable;
  readonly issue: string | undefined;
  readonly onChange: (order: string[]) => void;
}

/** Which of several requests in one ticket counts: the one whose intent stands first. */
export function PriorityField(props: PriorityFieldProps) {
  // So many buttons are there for those alone who have asked for them.
  const [isOpen, setOpen] = useState(false);
  const issue = isOpen ? undefined : props.issue;
  return (
    <details className="priority-field" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Which request comes first ({count(props.table.priority_order.length, "intent")} in order)
      </summary>
      {isOpen && <Order {...props} />}
      <FieldMessage issue={issue} />
    </details>
  );
}

function Order({ table, issue, onChange }: PriorityFieldProps) {
  const order = [...new Set(table.priority_order)];
  const rows = rowsOf(table);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  const box = useRef<HTMLDivElement>(null);
  const change = (next: string[], thenFocus: string): void => {
    flushSync(() => onChange(next));
    box.current?.querySelector<HTMLElement>(thenFocus)?.focus();
  };
  const place = (at: number, to: number): void => {
    const id = order[at] ?? "";
    const isLast = to === order.length - 1;
    // At an end its own button is of no use any more.
    const button = to === 0 || (to > at && !isLast) ? ".down" : ".up";
    change(order.toSpliced(at, 1).toSpliced(to, 0, id), `[data-intent="${id}"] ${button}`);
  };
  return (
    <div ref={box}>
      <p className="quiet">
        When a ticket asks for several things, the one whose intent stands higher here decides where it goes.
      </p>
      <ol>
        {order.map((id, at) => (
          <li key={id} data-intent={id}>
            <span className={names.has(id) ? undefined : "warn-text"}>
              {names.get(id) ?? `${id} (no such intent)`}
            </span>
            <Moves
              name={names.get(id) ?? id}
              isFirst={at === 0}
              isLast={at === order.length - 1}
              onTop={() => place(at, 0)}
              onUp={() => place(at, at - 1)}
              onDown={() => place(at, at + 1)}
              onRemove={() => change(order.toSpliced(at, 1), "select")}
            />
          </li>
        ))}
      </ol>
      <FieldMessage issue={issue} />
      <Added
        rows={rows.filter((row) => !order.includes(row.id))}
        onAdd={(id) => change([...order, id], `[data-intent="${id}"] .top`)}
      />
    </div>
  );
}

interface MovesProps {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onTop: () => void;
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onRemove: () => void;
}

const Moves = ({ name, isFirst, isLast, onTop, onUp, onDown, onRemove }: MovesProps) => (
  <span className="moves-buttons">
    <IconButton
      size="small"
      className="top"
      disabled={isFirst}
      aria-label={`Put ${name} first`}
      onClick={onTop}
    >
      <TopIcon />
    </IconButton>
    <IconButton size="small" className="up" disabled={isFirst} aria-label={`Move ${name} up`} onClick={onUp}>
      <UpIcon />
    </IconButton>
    <IconButton
      size="small"
      className="down"
      disabled={isLast}
      aria-label={`Move ${name} down`}
      onClick={onDown}
    >
      <DownIcon />
    </IconButton>
    <IconButton size="small" aria-label={`Take ${name} out of the order`} onClick={onRemove}>
      <TrashIcon />
    </IconButton>
  </span>
);

interface AddedProps {
  /** Those that have no place yet. */
  readonly rows: readonly { readonly id: string; readonly name: string }[];
  readonly onAdd: (id: string) => void;
}

function Added({ rows, onAdd }: AddedProps) {
  const [chosen, setChosen] = useState("");
  const id = rows.some((row) => row.id === chosen) ? chosen : (rows[0]?.id ?? "");
  return (
    <div className="priority-add">
      <Field>
        <Label hidden>Intent without a place</Label>
        <Select
          isCompact
          value={id}
          disabled={rows.length === 0}
          onChange={(event) => setChosen(event.target.value)}
        >
          {rows.length === 0 && <option value="">Every intent has its place</option>}
          {rows.map((row) => (
            <option key={row.id} value={row.id}>
              {row.name}
            </option>
          ))}
        </Select>
      </Field>
      <Button size="small" disabled={rows.length === 0} onClick={() => onAdd(id)}>
        Add at the end
      </Button>
    </div>
  );
}
