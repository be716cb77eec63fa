/** The day's budget: as it runs out, the classifier gives up its extras first, and Claude itself last. */
import type { SpendingState, SpendingStep } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import type { Spending } from "../ports/spending.ts";
import type { Tell } from "./gate.ts";

/** Shares of the budget at which a step is left. */
const NO_SECOND_OPINIONS_FROM = 0.7;
const SMALL_ONLY_FROM = 0.9;

export interface Budget {
  /**
   * How far a ticket may go that costs about so much, and a way to give back what was kept for it. Tickets that are
   * under way at the same time count with what they are expected to cost.
   */
  begin(expectedUsd: number): Promise<{ readonly step: SpendingStep; readonly done: () => void }>;
  /**
   * Keeps as much more for a ticket that is under way, and returns how to give it back; null when the budget does not
   * reach so far.
   * @param least the step that the budget must still be at
   */
  more(expectedUsd: number, least: "all" | "no_second_opinions"): Promise<(() => void) | null>;
  spend(usd: number): Promise<void>;
  state(): Promise<SpendingState>;
  /** Milliseconds until a new day, in UTC. */
  untilTomorrowMs(): number;
}

export function createBudget(
  budgetUsd: number | null,
  { spending, now, tell }: { readonly spending: Spending; readonly now: Now; readonly tell: Tell },
): Budget {
  let keptUsd = 0;
  let usualUsd = 0;
  let told: { day: string; step: SpendingStep } | null = null;

  const stepFor = (usedUsd: number, nextUsd: number): SpendingStep => {
    if (budgetUsd === null) return "all";
    if (usedUsd + nextUsd > budgetUsd) return "local";
    if (usedUsd >= budgetUsd * SMALL_ONLY_FROM) return "small_only";
    return usedUsd >= budgetUsd * NO_SECOND_OPINIONS_FROM ? "no_second_opinions" : "all";
  };
  async function state(): Promise<SpendingState> {
    const day = dayOf(now());
    const spentUsd = await spending.spent(day);
    return { day, spentUsd, budgetUsd, step: stepFor(spentUsd, usualUsd) };
  }
  /** Once for each step of a day; that everything goes again needs no telling but after a day with less. */
  function announce(day: string, step: SpendingStep, spentUsd: number): void {
    if (told === null ? step === "all" : told.step === step || isBack(told, { day, step })) return;
    told = { day, step };
    tell({
      event: "claude.budget",
      fields: { step, spent_usd: Number(spentUsd.toFixed(4)), budget_usd: budgetUsd ?? 0, day },
    });
  }

  function keep(usd: number): () => void {
    keptUsd += usd;
    let kept = true;
    return () => {
      if (kept) keptUsd = Math.max(0, keptUsd - usd);
      kept = false;
    };
  }

  /**
   * A ticket that ends while the ledger is read counts by what was kept for it: twice rather than not at all.
   * @param decide at once, before another ticket has its turn
   */
  async function decided<T>(day: string, decide: (spentUsd: number, usedUsd: number) => T): Promise<T> {
    const keptBefore = keptUsd;
    const spentUsd = budgetUsd === null ? 0 : await spending.spent(day);
    return decide(spentUsd, spentUsd + Math.max(keptBefore, keptUsd));
  }

  return {
    begin(expectedUsd) {
      const day = dayOf(now());
      return decided(day, (spentUsd, usedUsd) => {
        const step = stepFor(usedUsd, expectedUsd);
        usualUsd = expectedUsd;
        announce(day, step, spentUsd);
        return { step, done: step === "local" ? () => {} : keep(expectedUsd) };
      });
    },
    more: (expectedUsd, least) =>
      decided(dayOf(now()), (_spentUsd, usedUsd) => {
        const step = stepFor(usedUsd, expectedUsd);
        return ORDER.indexOf(step) > ORDER.indexOf(least) ? null : keep(expectedUsd);
      }),
    spend: (usd) => spending.add(dayOf(now()), usd),
    state,
    untilTomorrowMs: () => DAY_MS - (now() % DAY_MS),
  };
}

const DAY_MS = 24 * 60 * 60_000;
const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

const ORDER: readonly SpendingStep[] = ["all", "no_second_opinions", "small_only", "local"];
/** Tickets that end give back what was kept for them: that is no news on the same day. */
const isBack = (
  told: { day: string; step: SpendingStep },
  next: { day: string; step: SpendingStep },
): boolean => told.day === next.day && ORDER.indexOf(next.step) < ORDER.indexOf(told.step);

/** For one process, and until it ends: the store's ledger is the one for production. */
export function createSpending(): Spending {
  const days = new Map<string, number>();
  return {
    spent: async (day) => days.get(day) ?? 0,
    add: async (day, usd) => void days.set(day, (days.get(day) ?? 0) + usd),
  };
}
