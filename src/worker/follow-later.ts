/** What a decision that has ended asks for later: a look at a fight, a better answer. */
import type { Decision } from "../triage/decision.ts";
import type { RoutePorts } from "./judge.ts";
import type { Ending } from "./write-back.ts";

/** Claude is out, or was a moment ago: not at once. */
const ASK_AGAIN_MS = 10 * 60_000;

export async function followLater(
  decision: Decision,
  { undone = false }: Ending,
  { jobs, classifier, now }: RoutePorts,
): Promise<void> {
  const { id, ticketId, classification } = decision;
  if (undone)
    await jobs.enqueue({
      kind: "follow_ticket",
      ticketId,
      dedupeKey: `undone:${id}`,
      invocationId: "",
      lane: "follow",
    });
  if (classifier.kind === "claude" && classification?.classifier === "local")
    await jobs.enqueue({
      kind: "retriage_ticket",
      ticketId,
      dedupeKey: `better:${id}`,
      invocationId: "",
      lane: "follow",
      runAt: now() + ASK_AGAIN_MS,
    });
}
