import { Button } from "@zendeskgarden/react-buttons";
import type { Change } from "../../triage/table-changes.ts";

interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly isBusy: boolean;
  readonly onUndo: (change: Change) => void;
}

/** Before and after, field by field. */
export function ChangeList({ changes, isBusy, onUndo }: ChangeListProps) {
  return (
    <section aria-label="Changes">
      <ul className="changes plain-list">
        {changes.map((change) => (
          <li key={change.id ?? ""} className="card">
            <div className="change-head">
              <h3>{change.name}</h3>
              <Button
                isLink
                disabled={isBusy}
                aria-label={`Undo this: ${change.name}`}
                onClick={() => onUndo(change)}
              >
                Undo this
              </Button>
            </div>
            <dl>
              {change.fields.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{field}</dt>
                  <dd>
                    <del>{before}</del> <span aria-hidden="true">→</span> <ins>{after}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}
