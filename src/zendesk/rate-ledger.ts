/** The budget as all processes of the installation keep it together. */
import { z } from "zod";
import { LANE_NAMES, type Lane } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { RateLedger } from "../ports/rate-ledger.ts";
import type { RateBudget } from "./rate-budget.ts";
import type { LaneCounts } from "./rate-queue.ts";
import { eachKind, type RateKind } from "./rate-use.ts";

/** A process that has not been heard of for so long waits for nothing any more. */
const PRESENT_MS = 60_000;

const Lanes = z.partialRecord(z.enum(LANE_NAMES), z.int().nonnegative());
const Kinds = <T extends z.ZodType>(each: T) =>
  z.object({ requests: each, updates: each, incremental: each, jobs: each });
const Ledger = z.object({
  buckets: Kinds(
    z.object({
      limit: z.int().positive(),
      assumed: z.boolean(),
      untold: z.boolean(),
      /** Each as the milliseconds since the one before: a busy account has thousands a minute. */
      uses: z.array(z.number()),
      word: z.object({ left: z.number(), until: z.number() }),
      pausedUntil: z.number(),
    }),
  ),
  waiting: z.record(z.string(), z.object({ until: z.number(), lanes: Kinds(Lanes) })),
});
type Ledger = z.infer<typeof Ledger>;

/** Does something with the budget while no other process does. */
export type Together = <Result>(step: () => Result) => Promise<Result>;

/**
 * @param ledger absent: this process is alone. While it cannot be reached, each process goes by what it last knew.
 * @param holder names this process among the others
 */
export function createTogether({
  budget,
  ledger,
  holder,
  now,
}: {
  readonly budget: RateBudget;
  readonly ledger: RateLedger | undefined;
  readonly holder: string;
  readonly now: Now;
}): Together {
  if (ledger === undefined) return async (step) => step();
  return (step) => {
    let done: { readonly result: ReturnType<typeof step> } | null = null;
    return ledger
      .change((text) => {
        const kept = text === null ? null : read(text);
        if (kept !== null) load(kept, { budget, holder, now: now() });
        done ??= { result: step() };
        return { kept: JSON.stringify(ledgerOf(kept, { budget, holder, now: now() })), result: done.result };
      })
      .catch(() => (done ?? { result: step() }).result);
  };
}

interface Who {
  readonly budget: RateBudget;
  readonly holder: string;
  readonly now: number;
}

/** Null for what another version has written: what it knew is heard again with the next answers. */
function read(text: string): Ledger | null {
  try {
    return Ledger.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function load({ buckets, waiting }: Ledger, { budget, holder, now }: Who): void {
  const others = Object.entries(waiting).filter(([name, { until }]) => name !== holder && until > now);
  const elsewhere = (kind: RateKind): LaneCounts => {
    const sum: Partial<Record<Lane, number>> = {};
    for (const [, { lanes }] of others)
      for (const lane of LANE_NAMES) sum[lane] = (sum[lane] ?? 0) + (lanes[kind][lane] ?? 0);
    return sum;
  };
  budget.load(
    eachKind((kind) => ({
      known: { ...buckets[kind], uses: summed(buckets[kind].uses) },
      elsewhere: elsewhere(kind),
    })),
  );
}

function ledgerOf(kept: Ledger | null, { budget, holder, now }: Who): Ledger {
  const own = budget.share(now);
  const others = Object.entries(kept?.waiting ?? {}).filter(([, { until }]) => until > now);
  return {
    buckets: eachKind((kind) => {
      const { known } = own[kind];
      return { ...known, uses: steps(known.uses) };
    }),
    waiting: {
      ...Object.fromEntries(others),
      [holder]: { until: now + PRESENT_MS, lanes: eachKind((kind) => own[kind].waiting) },
    },
  };
}

const steps = (times: readonly number[]): number[] => times.map((at, n) => at - (times[n - 1] ?? 0));

function summed(gaps: readonly number[]): number[] {
  let at = 0;
  return gaps.map((gap) => (at += gap));
}
