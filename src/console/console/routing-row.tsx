import { Cell, Row as TableRow } from "@zendeskgarden/react-tables";
import { Tag } from "@zendeskgarden/react-tags";
import type { Row } from "../../triage/routing-table.ts";
import { MODE_WORDS, PRIORITY_WORDS, percent } from "../wording.ts";

const MODE_HUES = { live: "green", shadow: "blue", off: "grey" } as const;

interface RoutingRowProps {
  readonly row: Row;
  readonly isEdited: boolean;
  /** The group does not exist in the account. */
  readonly isMissing: boolean;
  readonly tableMinimum: number;
  readonly onEdit: (row: Row) => void;
}

/** Read-only: editors in every row would cost seconds of loading and hundreds of tab stops. */
export function RoutingRow({ row, isEdited, isMissing, tableMinimum, onEdit }: RoutingRowProps) {
  return (
    <TableRow className="stretched-row">
      <Cell className="intent">
        <div className="line">
          <button type="button" className="row-button" onClick={() => onEdit(row)}>
            {row.name}
          </button>
          {isEdited && (
            <Tag size="small" hue="yellow">
              <span>Edited</span>
            </Tag>
          )}
        </div>
        <code>{row.id}</code>
      </Cell>
      <Cell className="group">
        <div className="line">
          {row.group}
          {isMissing && (
            <Tag
              size="small"
              hue="red"
              title="There is no such group in the account. These tickets go to the fallback group."
            >
              <span>Missing</span>
            </Tag>
          )}
        </div>
      </Cell>
      <Cell className="priority wide">
        {row.priority === undefined ? (
          <span className="quiet">Not changed</span>
        ) : (
          PRIORITY_WORDS[row.priority]
        )}
      </Cell>
      <Cell className="tags wide">{row.tags.join(", ") || <span className="quiet">None</span>}</Cell>
      <Cell className="minimum wide">
        {row.min_confidence === undefined ? (
          <span className="quiet">{percent(tableMinimum)}</span>
        ) : (
          percent(row.min_confidence)
        )}
      </Cell>
      <Cell className="status">
        <Tag size="small" hue={MODE_HUES[row.mode]}>
          <span>{MODE_WORDS[row.mode]}</span>
        </Tag>
      </Cell>
    </TableRow>
  );
}
