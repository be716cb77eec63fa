import { Field, Label, Select } from "@zendeskgarden/react-forms";
import { count, whole } from "../wording.ts";
import type { InboxAnswer, Ticket } from "./inbox-api.ts";

/** All tickets, those without a group, or those of one group. */
export type View = "all" | "unrouted" | number;

export const inView = (ticket: Ticket, view: View): boolean =>
  view === "all" || (view === "unrouted" ? ticket.group_id === null : ticket.group_id === view);

interface GroupsPaneProps {
  readonly inbox: InboxAnswer;
  readonly view: View;
  readonly onView: (view: View) => void;
}

interface Entry {
  readonly view: View;
  readonly name: string;
  readonly count: number;
}

/** The teams and how many tickets each has: a list where there is room, a select where there is not. */
export function GroupsPane({ inbox, view, onView }: GroupsPaneProps) {
  const entry = (of: View, name: string): Entry => ({
    view: of,
    name,
    count: inbox.tickets.filter((ticket) => inView(ticket, of)).length,
  });
  const general = [entry("all", "All tickets"), entry("unrouted", "Not routed yet")];
  const groups = inbox.groups.map((group) => entry(group.id, group.name));
  return (
    <nav className="pane groups-pane" aria-label="Teams">
      <div className="groups-list">
        <Entries entries={general} view={view} onView={onView} />
        <h2>Teams</h2>
        <Entries entries={groups} view={view} onView={onView} />
      </div>
      <GroupsSelect entries={[...general, ...groups]} view={view} onView={onView} />
    </nav>
  );
}

type ChoiceProps = Pick<GroupsPaneProps, "view" | "onView"> & { readonly entries: readonly Entry[] };

const Entries = ({ entries, view, onView }: ChoiceProps) => (
  <ul className="plain-list">
    {entries.map((entry) => (
      <li key={entry.view}>
        <button
          type="button"
          className={entry.count === 0 ? "group-button is-empty" : "group-button"}
          aria-pressed={view === entry.view}
          onClick={() => onView(entry.view)}
        >
          <span>{entry.name}</span>
          <span className="group-count">
            {whole(entry.count)}
            <span className="unseen"> {entry.count === 1 ? "ticket" : "tickets"}</span>
          </span>
        </button>
      </li>
    ))}
  </ul>
);

const GroupsSelect = ({ entries, view, onView }: ChoiceProps) => (
  <Field className="groups-select">
    <Label hidden>Which tickets</Label>
    <Select
      isCompact
      value={String(view)}
      onChange={(event) => {
        const chosen = entries.find((entry) => String(entry.view) === event.target.value);
        if (chosen !== undefined) onView(chosen.view);
      }}
    >
      {entries.map((entry) => (
        <option key={entry.view} value={String(entry.view)}>
          {entry.name}: {count(entry.count, "ticket")}
        </option>
      ))}
    </Select>
  </Field>
);
