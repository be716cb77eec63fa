/** What a decision that has ended asks for later: a look at a fight, a better answer, a ticket back from who leaves it. */
import type { Decision } from "../triage/decision.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { answeredLocally, betterKey } from "./better-answer.ts";
import type { RoutePorts } from "./judge.ts";
import { returnJob } from "./return-ticket.ts";
import type { Ending } from "./write-back.ts";

/** Claude is out, or was a moment ago: not at once. */
const ASK_AGAIN_MS = 10 * 60_000;

export async function followLater(
  decision: Decision,
  { state, writtenAt, undone = false }: Ending,
  table: RoutingTable,
  { jobs, classifier, now }: RoutePorts,
): Promise<void> {
  const { id, ticketId } = decision;
  const returning = state === "written" && writtenAt !== null ? returnJob(decision, writtenAt, table) : null;
  if (undone)
    await jobs.enqueue({
      kind: "follow_ticket",
      ticketId,
      dedupeKey: `undone:${id}`,
      invocationId: "",
      lane: "follow",
    });
  if (answeredLocally(decision, { classifier }))
    await jobs.enqueue({
      kind: "retriage_ticket",
      ticketId,
      dedupeKey: betterKey(id),
      invocationId: "",
      // The last lane: it may wait for Claude for days, and must not hold up what happens to the ticket meanwhile.
      lane: "backfill",
      runAt: now() + ASK_AGAIN_MS,
    });
  // Last: of one lane and ticket the older job goes first, and this one has the most time.
  if (returning !== null) await jobs.enqueue(returning);
}
