/** What a person should know about the classifier: a model that is out, a budget that runs low. */
import type { ClassifierState, ModelTrouble, SpendingStep } from "./ports/classifier.ts";
import type { Warning } from "./triage/table-warnings.ts";

const STEPS: Record<Exclude<SpendingStep, "all">, string> = {
  no_second_opinions: "doubtful tickets get no second opinion for the rest of the day",
  small_only: "only the small model is asked for the rest of the day",
  local: "the local classifier reads the tickets for the rest of the day",
};

/** What becomes of tickets; where somebody has to act, the message says it. */
function meanwhile({ code, first }: ModelTrouble): string {
  if (code === "claude.configuration") return "";
  return first
    ? " Until it answers again, a ticket waits a minute and then gets the local classifier's answer; Claude is asked about it later."
    : " Until it answers again, doubtful tickets get no second opinion.";
}

/** Where cents would hide how much is left. */
const dollars = (usd: number): string => `$${usd.toFixed(usd < 1 ? 4 : 2)}`;

export function classifierWarnings({ trouble, spending }: ClassifierState): Warning[] {
  const { step, spentUsd, budgetUsd } = spending;
  return [
    ...trouble.map((each) => ({ code: "claude_problem", message: `${each.message}${meanwhile(each)}` })),
    ...(step === "all" || budgetUsd === null
      ? []
      : [
          {
            code: "claude_budget",
            message: `Claude has cost ${dollars(spentUsd)} of the day's ${dollars(budgetUsd)}, so ${STEPS[step]} (UTC). Raise CLAUDE_DAILY_BUDGET_USD if that is too little.`,
          },
        ]),
  ];
}
