/** What one ticket has cost so far: every billed call counts, useful or not, also those of an attempt that failed later. */
import { type Classification, NO_TOKENS } from "../triage/classification.ts";
import { addTokens, costOf, type Prices, tokensOf, type Usage } from "./cost.ts";

type Sum = Pick<Classification, "tokens" | "costUsd">;

export interface Bill {
  add(usage: Usage, model: string): void;
  /** One call without a known price makes the whole unknown. */
  sum(): Sum;
}

export function createBill(prices: Prices): Bill {
  let sum: Sum = { tokens: NO_TOKENS, costUsd: 0 };
  return {
    add(usage, model) {
      const cost = costOf(usage, model, prices);
      sum = {
        tokens: addTokens(sum.tokens, tokensOf(usage)),
        costUsd: cost === null || sum.costUsd === null ? null : sum.costUsd + cost,
      };
    },
    sum: () => sum,
  };
}
