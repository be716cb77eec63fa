/** Tokens and money. */
import type { Tokens } from "../triage/classification.ts";
import type { Answer } from "./answer.ts";

export interface Bill {
  readonly tokens: Tokens;
  /** Of the tokens sent, those that Claude had in its cache; null when none were sent. */
  readonly cacheShare: number | null;
  /** US dollars at list prices; null when the price of a model that answered is not known. */
  readonly costUsd: number | null;
  readonly costPerTicketUsd: number | null;
}

export function billOf(answers: readonly Pick<Answer, "tokens" | "cost_usd">[]): Bill {
  const sum = (read: (tokens: Tokens) => number): number =>
    answers.reduce((total, { tokens }) => total + read(tokens), 0);
  const tokens: Tokens = {
    input: sum(({ input }) => input),
    output: sum(({ output }) => output),
    cacheRead: sum(({ cacheRead }) => cacheRead),
    cacheWrite: sum(({ cacheWrite }) => cacheWrite),
  };
  const sent = tokens.input + tokens.cacheRead + tokens.cacheWrite;
  const known = answers.every(({ cost_usd }) => cost_usd !== null);
  const costUsd = known ? answers.reduce((total, { cost_usd }) => total + (cost_usd ?? 0), 0) : null;
  return {
    tokens,
    cacheShare: sent === 0 ? null : tokens.cacheRead / sent,
    costUsd,
    costPerTicketUsd: costUsd === null || answers.length === 0 ? null : costUsd / answers.length,
  };
}
