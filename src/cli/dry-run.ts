/** What the router would do with a ticket, by the same `decide` that the worker calls; nothing is recorded or written. */
import type { Now } from "../ports/now.ts";
import type { Settings } from "../settings.ts";
import { decide, groupsByName } from "../triage/decide.ts";
import { groupsOf } from "../triage/routing-table.ts";
import { factsOf, type Ticket } from "../triage/ticket.ts";
import type { Answer } from "./answer-view.ts";
import type { Reader } from "./reader.ts";
import type { RoutingSource } from "./routing-source.ts";

export type DryRun = (ticket: Ticket) => Promise<Answer>;

/** The account is not asked for its groups: those that the table names count as existing. */
export function createDryRun(
  source: RoutingSource,
  { mode }: Pick<Settings, "mode">,
  { classifier, calibrationOf }: Reader,
  now: Now,
): DryRun {
  const groups = groupsByName(groupsOf(source.table).map((name, index) => ({ id: index + 1, name })));
  return async (ticket) => {
    const startedAt = performance.now();
    const [answer, calibration] = await Promise.all([
      classifier.classify(ticket, source),
      calibrationOf(source.version),
    ]);
    const refused = "refused" in answer;
    const verdict = decide({
      ticket: factsOf(ticket),
      classification: refused ? answer.refused : answer,
      givesOrders: refused && answer.classification.injectionSuspected,
      table: source.table,
      groups,
      mode,
      now: now(),
      calibration,
    });
    return {
      ticket,
      verdict,
      classification: refused ? null : answer,
      refusal: refused ? answer.message : null,
      totalMs: Math.round(performance.now() - startedAt),
      now: now(),
    };
  };
}
