import { Button } from "@zendeskgarden/react-buttons";
import { Field, Label, MediaInput, Select } from "@zendeskgarden/react-forms";
import {
  Body,
  Caption,
  Cell,
  GroupRow,
  Head,
  HeaderCell,
  HeaderRow,
  Table,
} from "@zendeskgarden/react-tables";
import SearchIcon from "@zendeskgarden/svg-icons/src/16/search-stroke.svg?react";
import { Fragment, useMemo, useState } from "react";
import { groupKey } from "../../triage/decide.ts";
import { type RoutingTable, type Row, rowsOf } from "../../triage/routing-table.ts";
import { count } from "../wording.ts";
import type { Group } from "./answers.ts";
import { RoutingRow } from "./routing-row.tsx";
import "./lists.css";

const SHOWN = {
  all: "All rows",
  edited: "Edited",
  missing: "Group missing",
  shadow: "Shadow",
  off: "Off",
} as const;
type Shown = keyof typeof SHOWN;

interface RowsTableProps {
  readonly table: RoutingTable;
  readonly groups: readonly Group[];
  /** Ids of the rows that differ from what is published. */
  readonly edited: ReadonlySet<string | null>;
  readonly onEdit: (row: Row) => void;
}

export function RowsTable({ table, groups, edited, onEdit }: RowsTableProps) {
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const known = useMemo(() => new Set(groups.map((group) => groupKey(group.name))), [groups]);
  const isMissing = (row: Row): boolean => !known.has(groupKey(row.group));
  const all = rowsOf(table);
  const rows = all.filter(
    (row) =>
      matches(row, search) &&
      (shown === "all" ||
        row.mode === shown ||
        (shown === "edited" ? edited.has(row.id) : shown === "missing" && isMissing(row))),
  );
  const clear = (): void => {
    setSearch("");
    setShown("all");
  };
  return (
    <>
      <div className="toolbar">
        <Search value={search} onChange={setSearch} />
        <Filter value={shown} onChange={setShown} />
        <p className="quiet" role="status">
          {rows.length === all.length
            ? count(all.length, "row")
            : `${rows.length} of ${count(all.length, "row")}`}
        </p>
      </div>
      {rows.length === 0 ? (
        <div className="empty">
          <p>No row matches.</p>
          <Button size="small" onClick={clear}>
            Show all rows
          </Button>
        </div>
      ) : (
        <Grouped table={table} rows={rows} edited={edited} isMissing={isMissing} onEdit={onEdit} />
      )}
    </>
  );
}

const matches = (row: Row, search: string): boolean =>
  [row.name, row.id, row.group, row.category.name, ...row.tags]
    .join(" ")
    .toLowerCase()
    .includes(search.trim().toLowerCase());

function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field className="search">
      <Label hidden>Search rows</Label>
      <MediaInput
        isCompact
        start={<SearchIcon />}
        type="search"
        placeholder="Search intent, group or tag"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function Filter({ value, onChange }: { value: Shown; onChange: (value: Shown) => void }) {
  return (
    <Field className="filter">
      <Label hidden>Which rows</Label>
      <Select isCompact value={value} onChange={(event) => onChange(event.target.value as Shown)}>
        {Object.entries(SHOWN).map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface GroupedProps extends Omit<RowsTableProps, "groups"> {
  readonly rows: readonly Row[];
  readonly isMissing: (row: Row) => boolean;
}

function Grouped({ table, rows, edited, isMissing, onEdit }: GroupedProps) {
  const categories = table.categories
    .map((category) => ({ category, rows: rows.filter((row) => row.category.id === category.id) }))
    .filter((part) => part.rows.length > 0);
  return (
    <Table size="small" isReadOnly className="rows">
      <Caption>
        <span className="unseen">The routing table, by category</span>
      </Caption>
      <Head>
        <HeaderRow>
          <HeaderCell className="intent">Intent</HeaderCell>
          <HeaderCell className="group">Group</HeaderCell>
          <HeaderCell className="priority wide">Priority</HeaderCell>
          <HeaderCell className="tags wide">Tags</HeaderCell>
          <HeaderCell className="minimum wide">Min. confidence</HeaderCell>
          <HeaderCell className="status">Status</HeaderCell>
        </HeaderRow>
      </Head>
      <Body>
        {categories.map(({ category, rows: inside }) => (
          <Fragment key={category.id}>
            <GroupRow>
              <Cell colSpan={6}>{category.name}</Cell>
            </GroupRow>
            {inside.map((row) => (
              <RoutingRow
                key={row.id}
                row={row}
                isEdited={edited.has(row.id)}
                isMissing={isMissing(row)}
                tableMinimum={table.min_confidence}
                onEdit={onEdit}
              />
            ))}
          </Fragment>
        ))}
      </Body>
    </Table>
  );
}
