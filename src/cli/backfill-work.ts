/** The work of a run: Claude's batches where there is time, then the queue, with a worker of our own beside any server's. */
import { Registry } from "prom-client";
import { READING, readersFor, readPrices } from "../adapters.ts";
import { createBatches } from "../claude/batch.ts";
import { forgetAnswers } from "../claude/batch-answers.ts";
import type { BatchQuestion } from "../claude/batch-question.ts";
import { type BatchOutcome, classifyInBatches } from "../claude/batch-run.ts";
import { questionsOf } from "../claude/cascade.ts";
import type { Store } from "../ports/store.ts";
import { startRouting } from "../start-work.ts";
import { type BackfillOutcome, backfill } from "../worker/backfill.ts";
import { createWorkerMetrics } from "../worker/metrics.ts";
import { standing } from "../worker/read-ticket.ts";
import { createPeople } from "../zendesk/people.ts";
import type { BackfillRequest } from "./backfill.ts";
import type { BackfillPlace } from "./backfill-place.ts";
import type { Plan } from "./backfill-view.ts";
import { startProgress } from "./eval-progress.ts";

interface Worked {
  readonly outcome: BackfillOutcome;
  /** What an operator has to put right before anything goes on; null: nothing. */
  readonly problem: string | null;
}

type Open = BackfillPlace & { readonly store: Store };
type Readers = ReturnType<typeof readersFor>;

export async function workThrough(
  plan: Plan,
  request: BackfillRequest,
  place: BackfillPlace,
): Promise<Worked> {
  const { store } = place;
  if (store === null) throw new Error("a run that is no dry run has a store");
  const open: Open = { ...place, store };
  const { settings, shell, log } = place;
  const readers = readersFor(settings, shell.now, { log, store });
  try {
    place.screen.note("Learning the routing table …");
    await readers.prepare(place.routing);
    const answered = plan.estimate.batches ? await askInBatches(plan, request, open, readers) : null;
    if (answered !== null && answered.open > 0)
      place.screen.warn(
        "Claude goes on with what was sent, and it will be billed. Run the same command again to fetch the answers.",
      );
    if (answered?.complete === false) return { outcome: nothingYet(plan, answered), problem: null };
    return await routeAll(plan, request, open, { readers, prepaid: answered?.prepaid ?? new Map() });
  } finally {
    readers.close();
  }
}

const nothingYet = ({ selection }: Plan, { prepaid }: BatchOutcome): BackfillOutcome => ({
  end: "interrupted",
  assigned: 0,
  review: 0,
  skipped: 0,
  failed: 0,
  left: selection.work.length,
  waiting: 0,
  spentUsd: [...prepaid.values()].reduce((sum, { usd }) => sum + usd, 0),
});

async function askInBatches(
  { run, selection }: Plan,
  { maxCostUsd, quiet }: BackfillRequest,
  place: Open,
  { retrieve }: Readers,
): Promise<BatchOutcome> {
  const { settings, store, zendesk, archive, routing, shell, screen, signal, sleep, patiently } = place;
  if (settings.claude === null) throw new Error("only Claude has batches");
  const { claude } = settings;
  const news = startBatchNews(place, quiet);
  const outcome = await classifyInBatches(selection.work, maxCostUsd, {
    ...{ run, settings: claude, prices: readPrices(), routing, retrieve, signal, sleep, patiently },
    batches: createBatches(claude, shell.now),
    cursors: store.cursors,
    spending: store.spending,
    languageOf: READING.languageOf,
    now: shell.now,
    read: (ids) => patiently(() => archive.read(ids)),
    async worth(ticket) {
      const against = await patiently(() => standing(ticket, routing.table, zendesk));
      return against === null || against.note;
    },
    ...news,
  });
  const { errored, canceled, expired, unusable } = outcome;
  const open = errored + canceled + expired + unusable;
  if (open > 0 && outcome.complete)
    screen.note(
      `${open} of the answers are missing (${errored} errored, ${canceled} canceled, ${expired} expired, ${unusable} unusable): those tickets are asked about one by one, at full price.`,
    );
  return outcome;
}

function startBatchNews({ screen, routing }: Open, quiet: boolean) {
  const inSteps = questionsOf(routing.table).length > 1;
  let sent = 0;
  let back = 0;
  return {
    onFound(batchIds: readonly string[]): void {
      if (!quiet)
        screen.note(
          `Claude has questions of this run already (${batchIds.join(", ")}). Waiting for the answers …`,
        );
    },
    onSent(questions: readonly BatchQuestion[], batchId: string): void {
      sent += questions.length;
      const kinds = Object.entries(Object.groupBy(questions, (each) => kindOf(each, inSteps)));
      const parts = kinds.map(
        ([kind, each = []]) => `${each.length} ${each.length === 1 ? "question" : "questions"}${kind}`,
      );
      if (!quiet) screen.note(`Sent to Claude: ${parts.join(", ")} (${batchId}). Waiting for the answers …`);
    },
    onBack(requests: number): void {
      back += requests;
      if (!quiet) screen.note(`Answers: ${back} of ${Math.max(sent, back)}`);
    },
  };
}

function kindOf({ tier, step }: BatchQuestion, inSteps: boolean): string {
  if (tier === "larger") return " for the larger model";
  if (!inSteps) return "";
  return step === 1 ? " for the category" : " for the intent";
}

async function routeAll(
  { run, mode, selection, estimate }: Plan,
  { maxCostUsd, quiet }: BackfillRequest,
  place: Open,
  { readers, prepaid }: { readers: Readers; prepaid: BatchOutcome["prepaid"] },
): Promise<Worked> {
  const { store, shell, log, screen, connection, archive, patiently, signal, sleep } = place;
  const now = shell.now;
  const problem = new AbortController();
  const metrics = createWorkerMetrics(new Registry());
  const people = createPeople(connection, { log });
  const worker = startRouting(readers, { ...place, people, metrics, now });
  const progress = startProgress({ name: "tickets", total: selection.work.length, quiet }, screen, shell);
  const watch = setInterval(() => {
    if (place.stopped() !== null) problem.abort();
  }, WATCH_MS);
  try {
    const outcome = await backfill(
      {
        ...{ run, mode, tickets: selection.work, maxCostUsd, prepaid },
        expectedUsd: estimate.ticketUsd ?? 0,
        signal: AbortSignal.any([signal, problem.signal]),
      },
      {
        ...{ jobs: store.jobs, decisions: store.decisions, sleep, now },
        read: (ids) => patiently(() => archive.read(ids)),
        stop: () => worker.stop(),
        async onEnd(ticketId, decision) {
          if (prepaid.has(ticketId)) await forgetAnswers(store.cursors, ticketId);
          progress.done(decision?.classification?.costUsd ?? null);
        },
      },
    );
    return { outcome, problem: place.stopped() };
  } finally {
    clearInterval(watch);
    progress.stop();
    await worker.stop();
  }
}

const WATCH_MS = 500;
