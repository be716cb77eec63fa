/** A simulated support team: tickets whose true chance to be right is known, so that promises can be checked. */
import type { Calibration, LabelledOutcome } from "../../src/triage/calibration.ts";
import { confidenceOf, type Signals } from "../../src/triage/confidence.ts";

/** Mulberry32: the same seed, the same tickets. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const signals = (overrides: Partial<Signals> = {}): Signals => ({
  classifier: "claude",
  level: "high",
  probability: null,
  agreement: null,
  agrees: null,
  margin: null,
  injection_suspected: false,
  language_weak: false,
  truncated: false,
  ...overrides,
});

export interface SimulatedTicket {
  readonly signals: Signals;
  /** Chance that the intent is right. */
  readonly truth: number;
}

/**
 * Claude says "high" of most tickets and is over-confident; neighbours know more than the prior believes, and their
 * agreement counts for more the higher it is. No logistic regression on these signals has exactly this shape.
 */
export function simulatedTicket(random: () => number): SimulatedTicket {
  const drawn = random();
  const level = drawn < 0.7 ? "high" : drawn < 0.92 ? "medium" : "low";
  const agrees = random() < 0.8;
  const agreement = Math.sqrt(random());
  const base = { high: 0.86, medium: 0.6, low: 0.3 }[level];
  const truth = agrees ? base + (0.995 - base) * agreement ** 2 : base * (1 - 0.7 * agreement);
  return { signals: signals({ level, agrees, agreement, margin: random() * agreement }), truth };
}

/** The one that answered all simulated tickets. */
export const MODEL = "claude-haiku-5-5";

export const simulatedOutcomes = (
  count: number,
  random: () => number,
  of: (random: () => number) => SimulatedTicket = simulatedTicket,
): LabelledOutcome[] =>
  Array.from({ length: count }, (_, at) => {
    const ticket = of(random);
    return {
      ticketId: 5_000 + at,
      signals: ticket.signals,
      intent: "refund",
      correct: random() < ticket.truth,
      at: 1_000 + at,
      version: 1,
      model: MODEL,
    };
  });

const evaluation = (() => {
  const random = seeded(99);
  return Array.from({ length: 3_000 }, () => simulatedTicket(random));
})();

/** Share of wrong tickets among those that a threshold lets through, by the simulation's own truth. */
export function trueRisk({ model }: Calibration, threshold: number): number {
  const above = evaluation.filter((each) => confidenceOf(each.signals, "refund", model) >= threshold);
  return above.reduce((sum, { truth }) => sum + 1 - truth, 0) / Math.max(1, above.length);
}
