/** A first guess at a routing table: the intents that the tickets seem to be about, and the groups they end up in. Pure. */
import { type RoutingTable, rowsOf } from "../triage/routing-table.ts";
import type { Share } from "./figures.ts";
import { majorityOf } from "./native-triage.ts";
import type { TicketRecord } from "./ticket-record.ts";

export interface DraftRow {
  readonly intent: string;
  readonly name: string;
  /** How many tickets the local classifier takes for it. */
  readonly tickets: number;
  /** The account's group that the row sends to. */
  readonly group: string;
  /** tickets: most of them stand in there · name: its name is like that of the default table's group · fallback: neither */
  readonly basis: "tickets" | "name" | "fallback";
  /** Of the tickets that stand in a group: how many stand in the one where most do. */
  readonly agreement: Share;
}

export interface Draft {
  readonly rows: readonly DraftRow[];
  readonly fallback: string;
  readonly table: RoutingTable;
  /** Groups of the account that no row sends anything to. */
  readonly unused: readonly string[];
  /** Of all tickets, those that the classifier named an intent for. */
  readonly guessed: number;
}

/** Fewer tickets prove nothing, and neither does a group that holds fewer than half of them. */
const ENOUGH = { tickets: 3, share: 0.5 } as const;

export interface DraftGround {
  /** The table that ships. */
  readonly table: RoutingTable;
  /** The account's groups. */
  readonly groups: readonly { readonly id: number; readonly name: string; readonly isDefault?: boolean }[];
  /** Which of the account's groups a group of the shipped table most likely is; null: none. */
  readonly likeGroup: (wanted: string) => string | null;
}

/** Null for an account without groups, or whose groups could not be read. */
export function draftOf(records: readonly TicketRecord[], ground: DraftGround): Draft | null {
  const { table, groups } = ground;
  if (groups.length === 0) return null;
  const fallback =
    ground.likeGroup(table.fallback.group) ??
    groups.find(({ isDefault }) => isDefault)?.name ??
    busiestGroup(records, groups);
  if (fallback === null) return null;
  const byIntent = Map.groupBy(
    records.filter(({ guess }) => guess !== null),
    ({ guess }) => guess ?? "",
  );
  const rows = rowsOf(table).map((row) => draftRow(row, byIntent.get(row.id) ?? [], ground, fallback));
  const used = new Set([fallback, ...rows.map(({ group }) => group)]);
  return {
    rows: rows.toSorted((a, b) => b.tickets - a.tickets),
    fallback,
    table: tableWith(table, new Map(rows.map(({ intent, group }) => [intent, group])), fallback),
    unused: groups.flatMap(({ name }) => (used.has(name) ? [] : [name])),
    guessed: [...byIntent.values()].reduce((sum, { length }) => sum + length, 0),
  };
}

function busiestGroup(records: readonly TicketRecord[], groups: DraftGround["groups"]): string | null {
  const { groupId } = majorityOf(records.filter((record) => groups.some(({ id }) => id === record.groupId)));
  return (groups.find(({ id }) => id === groupId) ?? groups[0])?.name ?? null;
}

function draftRow(
  { id: intent, name, group: wanted }: { id: string; name: string; group: string },
  records: readonly TicketRecord[],
  { groups, likeGroup }: DraftGround,
  fallback: string,
): DraftRow {
  const { groupId, inThere: agreement } = majorityOf(records);
  const seen = groups.find(({ id }) => id === groupId)?.name;
  const about = { intent, name, tickets: records.length, agreement };
  const proven = agreement.total >= ENOUGH.tickets && (agreement.share ?? 0) > ENOUGH.share;
  if (seen !== undefined && proven) return { ...about, group: seen, basis: "tickets" };
  const alike = likeGroup(wanted);
  return alike === null
    ? { ...about, group: fallback, basis: "fallback" }
    : { ...about, group: alike, basis: "name" };
}

/** The rules of the shipped table are examples of somebody else's account. */
function tableWith(
  table: RoutingTable,
  groupFor: ReadonlyMap<string, string>,
  fallback: string,
): RoutingTable {
  return {
    ...table,
    fallback: { group: fallback },
    rules: [],
    categories: table.categories.map((category) => ({
      ...category,
      intents: category.intents.map((intent) => ({ ...intent, group: groupFor.get(intent.id) ?? fallback })),
    })),
  };
}
