/** What an answer cost, from the usage that the API reports and a dated price list that the operator can edit. */
import { z } from "zod";
import { PermanentError } from "../errors.ts";
import type { Tokens } from "../triage/classification.ts";

const amount = z.number().min(0);

/** US dollars per million tokens, for prompts of up to so many tokens; `null` is the last tier, without an end. */
const Tier = z.strictObject({
  up_to_prompt_tokens: z.number().int().positive().nullable(),
  input: amount,
  output: amount,
  write_5m: amount,
  write_1h: amount,
  read: amount,
});

const PriceList = z.strictObject({
  currency: z.literal("USD"),
  unit: z.literal("per_million_tokens"),
  source: z.string().min(1),
  /** The day the prices were read. */
  as_of: z.iso.date(),
  batch_multiplier: amount,
  geo_multiplier: z.record(z.string(), amount).default({}),
  models: z.record(z.string(), z.strictObject({ tiers: z.array(Tier).min(1) })),
});
export type Prices = z.infer<typeof PriceList>;

/** The part of the API's `usage` that is billed. Absent and null count as nothing. */
export interface Usage {
  /** Only the tokens after the last cache breakpoint. */
  readonly input_tokens: number;
  /** Thinking included. */
  readonly output_tokens: number;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly cache_creation?: {
    readonly ephemeral_5m_input_tokens: number;
    readonly ephemeral_1h_input_tokens: number;
  } | null;
  readonly service_tier?: string | null;
  readonly inference_geo?: string | null;
}

/** @throws PermanentError `claude.bad_prices` that names every fault of the document */
export function parsePrices(json: unknown): Prices {
  const parsed = PriceList.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PermanentError(
    "claude.bad_prices",
    `The price list is not usable. Correct config/prices.json:\n${z.prettifyError(parsed.error)}`,
  );
}

/** US dollars; null when the list has no price for the model, so that nobody takes unknown for free. */
export function costOf(usage: Usage, model: string, prices: Prices): number | null {
  const tokens = tokensOf(usage);
  const tier = tierOf(prices, model, tokens.input + tokens.cacheWrite + tokens.cacheRead);
  if (tier === undefined) return null;
  const written1h = Math.min(usage.cache_creation?.ephemeral_1h_input_tokens ?? 0, tokens.cacheWrite);
  const perMillion =
    tokens.input * tier.input +
    (tokens.cacheWrite - written1h) * tier.write_5m +
    written1h * tier.write_1h +
    tokens.cacheRead * tier.read +
    tokens.output * tier.output;
  const batch = usage.service_tier === "batch" ? prices.batch_multiplier : 1;
  return (perMillion / 1_000_000) * batch * geoMultiplier(prices, usage.inference_geo);
}

/** What it costs at most, whatever the model: for budgets, which must not take unknown for free. */
export const dearest = (usage: Usage, prices: Prices): number =>
  Math.max(0, ...Object.keys(prices.models).map((model) => costOf(usage, model, prices) ?? 0));

/** The dated name of a model (`claude-haiku-4-5-20251001`) costs what its plain name does. */
function tierOf(prices: Prices, model: string, promptTokens: number) {
  const known = new Map(Object.entries(prices.models));
  const tiers = (known.get(model) ?? known.get(model.replace(/-\d{8}$/, "")))?.tiers;
  return tiers
    ?.toSorted((a, b) => (a.up_to_prompt_tokens ?? Infinity) - (b.up_to_prompt_tokens ?? Infinity))
    .find((tier) => promptTokens <= (tier.up_to_prompt_tokens ?? Infinity));
}

const geoMultiplier = (prices: Prices, geo: string | null | undefined): number =>
  new Map(Object.entries(prices.geo_multiplier)).get(geo ?? "") ?? 1;

export const tokensOf = (usage: Usage): Tokens => ({
  input: usage.input_tokens,
  output: usage.output_tokens,
  cacheRead: usage.cache_read_input_tokens ?? 0,
  cacheWrite: usage.cache_creation_input_tokens ?? 0,
});

export const addTokens = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input + b.input,
  output: a.output + b.output,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
});
