/** What the router would do with a ticket, by the same `decide` that the worker calls; nothing is recorded or written. */
import type { Settings } from "../settings.ts";
import { decide, groupsByName } from "../triage/decide.ts";
import { groupsOf } from "../triage/routing-table.ts";
import { factsOf, type Ticket } from "../triage/ticket.ts";
import type { Answer } from "./answer-view.ts";
import type { RoutingSource } from "./routing-source.ts";
import { adapters, type Shell } from "./shell.ts";

export type DryRun = (ticket: Ticket) => Promise<Answer>;

/** The account is not asked for its groups: those that the table names count as existing. */
export async function createDryRun(
  source: RoutingSource,
  settings: Settings,
  { now }: Shell,
): Promise<DryRun> {
  const { classifierFor } = await adapters();
  const classifier = classifierFor(settings, now);
  const groups = groupsByName(groupsOf(source.table).map((name, index) => ({ id: index + 1, name })));
  return async (ticket) => {
    const startedAt = performance.now();
    const answer = await classifier.classify(ticket, source);
    const refused = "refused" in answer;
    const verdict = decide({
      ticket: factsOf(ticket),
      classification: refused ? answer.refused : answer,
      table: source.table,
      groups,
      mode: settings.mode,
      now: now(),
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
