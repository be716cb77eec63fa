/** Builders with defaults: a test names only what it is about. */
import type { Classification } from "../../src/triage/classification.ts";
import { NO_TOKENS } from "../../src/triage/classification.ts";
import type { Decision } from "../../src/triage/decision.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import type { Ticket } from "../../src/triage/ticket.ts";

export const ticket = (overrides: Partial<Ticket> = {}): Ticket => ({
  id: 4711,
  subject: "Card charged twice",
  description: "My card was charged twice for order 8812. Please refund one of them.",
  status: "new",
  priority: null,
  tags: ["vip"],
  groupId: null,
  assigneeId: null,
  requesterId: 900,
  submitterId: 900,
  organizationId: null,
  brandId: 1,
  formId: null,
  channel: "email",
  customFields: {},
  createdAt: "2026-11-22T07:00:00Z",
  updatedAt: "2026-11-22T07:00:01Z",
  ...overrides,
});

export const classification = (overrides: Partial<Classification> = {}): Classification => ({
  intent: "refund",
  reasoning: "The customer says the card was charged twice and asks for a refund.",
  evidence: ["charged twice for order 8812"],
  alternatives: [{ intent: "outage", confidence: 0.05 }],
  urgency: "normal",
  sentiment: "negative",
  language: "en",
  confidence: 0.92,
  confidenceLevel: "high",
  injectionSuspected: false,
  classifier: "claude",
  model: "claude-haiku-5-5",
  promptVersion: "p1",
  examples: [],
  tokens: NO_TOKENS,
  costUsd: 0.0003,
  timingsMs: { claude: 800 },
  ...overrides,
});

/** Two intents, two groups besides the fallback. `input` is merged over the document before it is parsed. */
export const table = (input: Record<string, unknown> = {}, row: Record<string, unknown> = {}): RoutingTable =>
  RoutingTable.parse({
    fallback: { group: "Customer Care" },
    categories: [
      {
        id: "money",
        name: "Money",
        intents: [
          {
            id: "refund",
            name: "Refund request",
            description: "Wants money back.",
            group: "Billing",
            ...row,
          },
        ],
      },
      {
        id: "trouble",
        name: "Trouble",
        intents: [
          {
            id: "outage",
            name: "Outage",
            description: "Nothing works.",
            group: "Incidents",
            priority: "urgent",
          },
        ],
      },
    ],
    ...input,
  });

export const GROUPS = [
  { id: 10, name: "Customer Care" },
  { id: 20, name: "Billing" },
  { id: 30, name: "Incidents" },
];

export const decision = (overrides: Partial<Decision> = {}): Decision => ({
  id: "d0c1",
  ticketId: 4711,
  jobId: 1,
  action: "assign",
  reason: "confident",
  mode: "live",
  group: "Billing",
  groupId: 20,
  priority: null,
  tags: ["sy_routed", "sy_intent_refund", "sy_confidence_high"],
  state: "recorded",
  ticket: null,
  classification: classification(),
  routingVersion: 1,
  createdAt: Date.parse("2026-11-22T07:00:02Z"),
  writtenAt: null,
  outcome: null,
  ...overrides,
});
