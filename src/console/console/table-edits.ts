/** Small edits of a routing table that never touch the original. */
import type { Assignment } from "../../triage/assignment.ts";
import type { AssignTo } from "../../triage/assignment-words.ts";
import { classificationPolicyOf, type Policies, policiesOf } from "../../triage/policies.ts";
import { type Intent, RoutingTable } from "../../triage/routing-table.ts";
import { changesBetween } from "../../triage/table-changes.ts";

/** The same table with this row in the place of the one with its id. */
export const withRow = (table: RoutingTable, row: Intent): RoutingTable => ({
  ...table,
  categories: table.categories.map((category) => ({
    ...category,
    intents: category.intents.map((intent) => (intent.id === row.id ? row : intent)),
  })),
});

const intentsOf = (table: RoutingTable): Intent[] => table.categories.flatMap((category) => category.intents);

/** `table` with this row as it stands in `source`. A row that `source` does not have is left as it is. */
export function withRowFrom(table: RoutingTable, source: RoutingTable, id: string): RoutingTable {
  const row = intentsOf(source).find((intent) => intent.id === id);
  return row === undefined ? table : withRow(table, row);
}

/** `table` with all that `source` says beside its rows. */
export const withSettingsFrom = (table: RoutingTable, source: RoutingTable): RoutingTable => ({
  ...source,
  categories: table.categories,
});

/** Who gets the ticket inside the group is chosen in another way; what both ways have in common stays. */
export function assignmentTo(to: AssignTo, before: Assignment | undefined): Assignment | undefined {
  if (to === "zendesk") return undefined;
  if (to === "omnichannel") return before?.to === "omnichannel" ? before : { to, skills: [] };
  return before === undefined || before.to === "omnichannel"
    ? { to, returning_customer: false }
    : { ...before, to };
}

type Hold = Policies["hold"];
export interface HoldLine {
  readonly channel: string;
  readonly minutes: number;
}

/** A line, and where it stands in the document: the paths of validation issues name it so. */
interface PlacedLine extends HoldLine {
  readonly entry: number;
  readonly place: number;
}

/** One line for each channel, as people read it. */
export const holdLines = (hold: Hold): PlacedLine[] =>
  hold.flatMap(({ channel, minutes }, entry) =>
    channel.map((name, place) => ({ channel: name, minutes, entry, place })),
  );

/** Neighbours that wait equally long are one entry: their order stays, and with it which one counts. */
export function holdOf(lines: readonly HoldLine[]): Hold {
  const hold: Hold = [];
  for (const { channel, minutes } of lines) {
    const last = hold.at(-1);
    if (last?.minutes === minutes) last.channel.push(channel);
    else hold.push({ channel: [channel], minutes });
  }
  return hold;
}

/** What I changed, rows and the table's own keys, carried over onto the table that somebody else published meanwhile. */
export function rebase(base: RoutingTable, mine: RoutingTable, theirs: RoutingTable): RoutingTable {
  const rows = changesBetween(base, mine).reduce(
    (table, change) => (change.id === null ? table : withRowFrom(table, mine, change.id)),
    theirs,
  );
  const keys = mergedKeys(spelledOut(base), spelledOut(mine), spelledOut(theirs));
  return RoutingTable.parse({ ...keys, categories: rows.categories });
}

/** What a table leaves out has a meaning, too: only so are two people's policies merged one by one where there were none. */
const spelledOut = (table: RoutingTable): RoutingTable => ({
  ...table,
  policies: policiesOf(table),
  classification: classificationPolicyOf(table),
});

/** Of every key, and of every policy, mine where I changed it and theirs otherwise. A key that I removed is gone. */
function mergedKeys(base: object, mine: object, theirs: object): Record<string, unknown> {
  const [was, now, then] = [base, mine, theirs].map((part) => new Map(Object.entries(part)));
  const keys = new Set([...(now?.keys() ?? []), ...(then?.keys() ?? [])]);
  return Object.fromEntries(
    [...keys].map((key) => [key, merged(was?.get(key), now?.get(key), then?.get(key))]),
  );
}

function merged(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isPlain(base) && isPlain(mine) && isPlain(theirs)) return mergedKeys(base, mine, theirs);
  return JSON.stringify(base) === JSON.stringify(mine) ? theirs : mine;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where a row stands in the document, as the paths of validation issues name it. */
export function pathOf(table: RoutingTable, id: string): string[] | null {
  for (const [c, category] of table.categories.entries()) {
    const i = category.intents.findIndex((intent) => intent.id === id);
    if (i >= 0) return ["categories", String(c), "intents", String(i)];
  }
  return null;
}
