/** One run over existing tickets: find, estimate, ask, work. */
import { z } from "zod";
import { readPrices } from "../adapters.ts";
import { forgetBatchState, isBegun } from "../claude/batch-state.ts";
import type { FoundTicket } from "../ports/backfill.ts";
import type { Mode } from "../triage/decision.ts";
import { type BackfillOutcome, backfillRun } from "../worker/backfill.ts";
import { selectTickets } from "../worker/backfill-select.ts";
import type { BackfillRequest } from "./backfill.ts";
import { type BackfillEstimate, estimateBackfill } from "./backfill-estimate.ts";
import { findTickets } from "./backfill-find.ts";
import { type BackfillPlace, hashOfRun, openPlace } from "./backfill-place.ts";
import { outcomeLines, outcomeToJson, type Plan, planLines, planToJson, usd } from "./backfill-view.ts";
import { workThrough } from "./backfill-work.ts";
import { interruptible } from "./eval-run.ts";
import type { Screen } from "./output.ts";
import { canAsk, createPrompts } from "./prompts.ts";
import { EXIT, type ExitCode, type Shell, Stop } from "./shell.ts";

/** One read of Zendesk's largest size is a fair sample. */
const SAMPLE = 100;

export const runBackfill = (request: BackfillRequest, screen: Screen, shell: Shell): Promise<ExitCode> =>
  interruptible(async (signal) => {
    const place = await openPlace(request, screen, shell, signal);
    try {
      return await run(request, place);
    } catch (error) {
      // What was under way when Ctrl-C came may end in any error.
      if (signal.aborted) return interrupted(screen);
      throw error;
    } finally {
      await place.store?.close();
    }
  });

async function run(request: BackfillRequest, place: BackfillPlace): Promise<ExitCode> {
  const { screen, signal } = place;
  const plan = await planOf(request, place);
  if (signal.aborted) return interrupted(screen);
  if (request.maxCostUsd !== null && plan.estimate.ticketUsd === null)
    throw new Stop(
      EXIT.usage,
      "The price of a Claude model is not in config/prices.json, so --max-cost cannot be kept. Add the price, or leave --max-cost out.",
    );
  if (request.dryRun || plan.selection.work.length === 0) return told(plan, request, screen);
  screen.note(planLines(plan));
  if (!(await confirmed(request, place))) {
    screen.note("Nothing was done.");
    return EXIT.ok;
  }
  // A limit counts for the whole run, however often it is stopped: so it keeps the tickets that it chose.
  const { cursors } = place.store ?? {};
  if (request.limit !== null) await cursors?.put(chosenOf(plan.run), JSON.stringify(plan.selection.work));
  const { outcome, problem } = await workThrough(plan, request, place);
  if (outcome.end === "complete" && cursors !== undefined) {
    await cursors.remove(chosenOf(plan.run));
    await forgetBatchState(cursors, plan.run);
  }
  if (screen.json) screen.data({ ...planToJson(plan), dry_run: false, outcome: outcomeToJson(outcome) });
  else screen.print(outcomeLines(outcome));
  if (problem !== null) throw new Stop(EXIT.configuration, `${problem} Then run the same command again.`);
  return codeOf(outcome, request, screen);
}

async function planOf(request: BackfillRequest, place: BackfillPlace): Promise<Plan> {
  const { settings, archive, store, routing, account, signal, screen } = place;
  screen.note("Looking for tickets …");
  const found = await findTickets(request.range, place);
  const limit = request.limit ?? Number.POSITIVE_INFINITY;
  const mode: Mode = request.mode ?? settings.mode;
  const run = backfillRun(mode, hashOfRun([account.account, request.range, request.limit]));
  const chosen = (await store?.cursors.get(chosenOf(run))) ?? null;
  const selection = await selectTickets(
    chosen === null ? found : only(found, chosen),
    store?.decisions ?? null,
    limit,
  );
  const sample = signal.aborted ? [] : await place.patiently(() => archive.read(spread(selection.work)));
  const estimate: BackfillEstimate = estimateBackfill({
    tickets: selection.work.length,
    grouped: selection.grouped,
    sample,
    claude: settings.claude,
    batches: !request.urgent && settings.claude !== null,
    table: routing.table,
    prices: readPrices(),
    mode,
    room: archive.perMinute(),
  });
  const begun = store !== null && (await isBegun(store.cursors, run));
  return { run, mode, selection, estimate, begun };
}

const chosenOf = (run: string): string => `backfill:${run}`;

function only(found: readonly FoundTicket[], chosen: string): readonly FoundTicket[] {
  const ids = new Set(z.array(z.number()).parse(JSON.parse(chosen)));
  return found.filter(({ id }) => ids.has(id));
}

/** From all over the range: old tickets may be longer than new ones. */
function spread(ids: readonly number[]): number[] {
  const step = Math.max(1, Math.ceil(ids.length / SAMPLE));
  return ids.filter((_id, place) => place % step === 0);
}

function told(plan: Plan, { dryRun }: BackfillRequest, screen: Screen): ExitCode {
  if (screen.json) screen.data({ ...planToJson(plan), dry_run: dryRun, outcome: null });
  else screen.print(planLines(plan));
  return EXIT.ok;
}

async function confirmed({ yes }: BackfillRequest, { shell }: BackfillPlace): Promise<boolean> {
  if (yes) return true;
  if (!canAsk(shell))
    throw new Stop(EXIT.usage, "Nobody can be asked here. Add --yes to begin, or --dry-run to only look.");
  const prompts = await createPrompts(shell);
  return prompts.confirm("Begin?", true);
}

function interrupted(screen: Screen): ExitCode {
  screen.warn("Stopped. Run the same command again to go on where it stopped.");
  return EXIT.interrupted;
}

function codeOf(outcome: BackfillOutcome, { maxCostUsd }: BackfillRequest, screen: Screen): ExitCode {
  if (outcome.end === "interrupted") return interrupted(screen);
  if (outcome.end === "max_cost") {
    screen.warn(
      `Stopped after ${usd(outcome.spentUsd)}, before the $${maxCostUsd} of --max-cost could be passed. ` +
        "Run the same command again to go on with as much again.",
    );
    return EXIT.partly;
  }
  return outcome.failed > 0 ? EXIT.partly : EXIT.ok;
}
