import { describe, expect, test } from "vitest";
import { costOf, parsePrices, type Usage } from "../../src/claude/cost.ts";
import { prices } from "./desk.ts";

const usage = (of: Partial<Usage>): Usage => ({ input_tokens: 0, output_tokens: 0, ...of });

describe("the cost of an answer", () => {
  test("of the small model is a twentieth of a cent, and half of that when its prefix was cached", () => {
    expect(
      costOf(usage({ input_tokens: 3_900, output_tokens: 300 }), "claude-haiku-5-5", prices),
    ).toBeCloseTo(0.00054, 8);
    const cached = usage({ input_tokens: 900, cache_read_input_tokens: 3_000, output_tokens: 300 });
    expect(costOf(cached, "claude-haiku-5-5", prices)).toBeCloseTo(0.00027, 8);
    expect(costOf(cached, "claude-sonnet-5-5", prices)).toBeCloseTo(0.0051, 8);
    expect(costOf(cached, "claude-opus-5-5", prices)).toBeCloseTo(0.0102, 8);
  });

  test("counts what was written to the cache, for five minutes and for an hour", () => {
    const written = usage({
      cache_creation_input_tokens: 3_000_000,
      cache_creation: { ephemeral_5m_input_tokens: 1_000_000, ephemeral_1h_input_tokens: 2_000_000 },
    });
    expect(costOf(written, "claude-sonnet-4-6", prices)).toBeCloseTo(3.75 + 12, 8);
    const unsplit = usage({ cache_creation_input_tokens: 1_000_000, cache_creation: null });
    expect(costOf(unsplit, "claude-sonnet-4-6", prices)).toBeCloseTo(3.75, 8);
  });

  test("follows the whole prompt's length, cached parts included", () => {
    const short = usage({ input_tokens: 1_000, cache_read_input_tokens: 99_000 });
    const long = usage({ input_tokens: 1_001, cache_read_input_tokens: 99_000 });
    expect(costOf(short, "claude-haiku-5-5", prices)).toBeCloseTo(0.0001 + 0.00099, 8);
    expect(costOf(long, "claude-haiku-5-5", prices)).toBeCloseTo(0.0005005 + 0.00495, 8);
  });

  test("is half in a batch, and a tenth more in a chosen region", () => {
    const million = { input_tokens: 1_000_000 };
    expect(costOf(usage({ ...million, service_tier: "batch" }), "claude-opus-5", prices)).toBeCloseTo(2.5, 8);
    expect(costOf(usage({ ...million, inference_geo: "us" }), "claude-opus-5", prices)).toBeCloseTo(5.5, 8);
    expect(costOf(usage({ ...million, inference_geo: "eu" }), "claude-opus-5", prices)).toBeCloseTo(5, 8);
  });

  test("of a dated model is that of its plain name; of an unknown one it is unknown", () => {
    const some = usage({ input_tokens: 1_000_000 });
    expect(costOf(some, "claude-haiku-4-5-20251001", prices)).toBe(1);
    for (const model of ["claude-mythos-5-2", "__proto__", ""])
      expect(costOf(some, model, prices)).toBeNull();
  });
});

describe("the price list", () => {
  test("has a price for every model that the documentation prices", () => {
    expect(Object.keys(prices.models)).toHaveLength(12);
  });

  test("that is not usable says where, and what to correct", () => {
    const { "claude-opus-5": opus, ...models } = prices.models;
    const negative = { ...opus?.tiers[0], input: -1 };
    const list = {
      ...prices,
      as_of: "lately",
      models: { ...models, "claude-opus-5": { tiers: [negative] } },
    };
    expect(() => parsePrices(list)).toThrow(/config\/prices\.json.*as_of.*claude-opus-5/s);
    expect(() => parsePrices(null)).toThrow(/config\/prices\.json/);
  });
});
