/** What Zendesk's own intelligent triage says on the same tickets, from its `intent__` tags: a bar to be compared with. Pure. */
import { type Share, shareOf } from "./figures.ts";
import type { TicketRecord } from "./ticket-record.ts";

export interface NativeTriage {
  readonly tagged: Share;
  /**
   * Of the tagged tickets that stand in a group: how many stand in the one where most tickets of their intent stand.
   * What a table from its intents to groups would have got right on these very tickets, at best.
   */
  readonly agreement: Share;
  readonly intents: readonly {
    readonly intent: string;
    readonly tickets: number;
    /** Where most of them stand; null when none has a group. */
    readonly groupId: number | null;
    readonly inThere: Share;
  }[];
}

/** Null when no ticket carries such a tag. */
export function nativeTriageOf(records: readonly TicketRecord[]): NativeTriage | null {
  const tagged = records.filter(({ nativeIntent }) => nativeIntent !== null);
  if (tagged.length === 0) return null;
  const intents = [...Map.groupBy(tagged, ({ nativeIntent }) => nativeIntent ?? "")]
    .map(([intent, some]) => ({ intent, tickets: some.length, ...majorityOf(some) }))
    .sort((a, b) => b.tickets - a.tickets || a.intent.localeCompare(b.intent, "en"));
  const sum = (count: (share: Share) => number): number =>
    intents.reduce((total, { inThere }) => total + count(inThere), 0);
  return {
    tagged: shareOf(tagged.length, records.length),
    agreement: shareOf(
      sum(({ count }) => count),
      sum(({ total }) => total),
    ),
    intents,
  };
}

/** The group where most of these stand; of equals the one with the smaller id, so that a second look says the same. */
export function majorityOf(records: readonly TicketRecord[]): { groupId: number | null; inThere: Share } {
  const grouped = records.filter(({ groupId }) => groupId !== null);
  const [most] = [...Map.groupBy(grouped, ({ groupId }) => groupId)].sort(
    ([a, first], [b, second]) => second.length - first.length || Number(a) - Number(b),
  );
  return { groupId: most?.[0] ?? null, inThere: shareOf(most?.[1].length ?? 0, grouped.length) };
}
