/** What a request will cost, before it is sent. */
import { costOf, type Prices } from "./cost.ts";
import type { Request } from "./prompt.ts";

/**
 * Characters a token, as a rule of thumb for the present models' tokenizer and mixed languages; English prose comes
 * to about four. The usage that the API reports is what counts in the end.
 */
const CHARACTERS_PER_TOKEN = 3;
/** A usual answer: some hundred tokens of JSON, and a little thinking at low effort. */
export const TYPICAL_OUTPUT_TOKENS = 300;

export const tokensIn = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

export interface Estimate {
  /** Tokens that are the same for every ticket, and that Claude keeps. */
  readonly prefixTokens: number;
  /** Tokens of this ticket and what goes with it. */
  readonly ticketTokens: number;
  readonly outputTokens: number;
  /** US dollars when Claude has the prefix in its cache; null when the price of the model is not known. */
  readonly cachedUsd: number | null;
  /** US dollars when it has not, as after a pause. */
  readonly uncachedUsd: number | null;
}

export function estimateOf({ model, system, tools, messages }: Request, prices: Prices): Estimate {
  const prefixTokens = tokensIn(JSON.stringify([tools ?? [], system ?? ""]));
  const ticketTokens = tokensIn(JSON.stringify(messages));
  const ttl = typeof system === "object" ? system.at(-1)?.cache_control?.ttl : undefined;
  const usage = { input_tokens: ticketTokens, output_tokens: TYPICAL_OUTPUT_TOKENS };
  return {
    prefixTokens,
    ticketTokens,
    outputTokens: TYPICAL_OUTPUT_TOKENS,
    cachedUsd: costOf({ ...usage, cache_read_input_tokens: prefixTokens }, model, prices),
    uncachedUsd: costOf(
      {
        ...usage,
        cache_creation_input_tokens: prefixTokens,
        cache_creation: {
          ephemeral_5m_input_tokens: ttl === "1h" ? 0 : prefixTokens,
          ephemeral_1h_input_tokens: ttl === "1h" ? prefixTokens : 0,
        },
      },
      model,
      prices,
    ),
  };
}
