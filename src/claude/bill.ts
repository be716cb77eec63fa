/** What one ticket has cost so far: every billed call counts, useful or not, also those of an attempt that failed later. */
import { type Classification, NO_TOKENS } from "../triage/classification.ts";
import { addTokens, costOf, type Prices, tokensOf, type Usage } from "./cost.ts";

export type Sum = Pick<Classification, "tokens" | "costUsd">;

export interface Bill {
  add(usage: Usage, model: string): void;
  /** One call without a known price makes the whole unknown. */
  sum(): Sum;
}

export const NO_SUM: Sum = { tokens: NO_TOKENS, costUsd: 0 };

/** @param sum what the ticket has cost already */
export function createBill(prices: Prices, sum: Sum = NO_SUM): Bill {
  let total = sum;
  return {
    add(usage, model) {
      const cost = costOf(usage, model, prices);
      total = {
        tokens: addTokens(total.tokens, tokensOf(usage)),
        costUsd: cost === null || total.costUsd === null ? null : total.costUsd + cost,
      };
    },
    sum: () => total,
  };
}
