/** Labelled tickets with answers, in a line each, for tests of figures that can be worked out by hand. */
import type { Answer } from "../../src/evaluation/answer.ts";
import type { LabelledTicket } from "../../src/evaluation/dataset.ts";
import { createScore, type Scored } from "../../src/evaluation/score.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";

const intent = (id: string, group: string) => ({ id, name: id, description: `About ${id}`, group });

export const table = RoutingTable.parse({
  fallback: { group: "Front Desk" },
  min_confidence: 0.6,
  categories: [
    {
      id: "all",
      name: "All",
      intents: [intent("refund", "Billing"), intent("invoice", "Billing"), intent("password", "Accounts")],
    },
  ],
  rules: [
    { name: "German money", when: { intent: ["refund"], language: ["de"] }, set: { group: "Billing DE" } },
  ],
});

let tickets = 0;
export const ticket = (label: Partial<LabelledTicket>): LabelledTicket => ({
  id: `t${++tickets}`,
  place: `test.jsonl, line ${tickets}`,
  subject: "Subject",
  description: "Description",
  intent: null,
  group: null,
  language: null,
  tags: [],
  ...label,
});

export const answer = (said: Partial<Answer>): Answer => ({
  id: "",
  refused: null,
  intent: "other",
  confidence: 0.9,
  alternatives: [],
  urgency: "normal",
  sentiment: "neutral",
  language: "en",
  injection_suspected: false,
  classifier: "local",
  model: "test-1",
  prompt_version: "p1",
  tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  cost_usd: 0,
  ms: 1,
  ...said,
});

const NOON = Date.parse("2026-11-20T12:00:00Z");
export const score = createScore(table, NOON);

/** Expected, answered, and how sure: `["refund", "invoice", 0.8]`. */
export const scoredAs = (
  ...rows: readonly (readonly [expected: string, answered: string, confidence?: number])[]
): Scored[] =>
  rows.map(([expected, answered, confidence = 0.9]) =>
    score(ticket({ intent: expected }), answer({ intent: answered, confidence })),
  );
