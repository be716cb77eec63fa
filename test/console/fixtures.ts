/** What the stub server knows: small, and as varied as the pages must be able to show. */
import { DecisionJson } from "../../src/triage/decision-json.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";

export const HOSTILE = `<img src=x onerror="alert('xss')"><script>alert("xss")</script>{{ticket.title}} "quoted" & 'single'`;

const row = (id: string, name: string, group: string, more: object = {}) => ({
  id,
  name,
  description: `${name}: what the customer wants.`,
  examples: [`An example of ${name.toLowerCase()}`],
  group,
  ...more,
});

export const TABLE = RoutingTable.parse({
  fallback: { group: "Support" },
  // Beside the rows, and so untouched by every edit of a row.
  policies: { grouped_by_rule: "note", retriage: { on_comment: true, margin: 0.2 } },
  classification: { cascade_above: 40 },
  categories: [
    {
      id: "billing",
      name: "Billing and payments",
      intents: [
        row("refund_request", "Refund request", "Billing", { tags: ["refund"], priority: "normal" }),
        row("charged_twice", "Charged twice", "Billing", { min_confidence: 0.75, priority: "high" }),
        row("invoice_question", "Invoice question", "EMEA Billing", {
          tags: ["invoice"],
          assign: { to: "omnichannel" },
        }),
      ],
    },
    {
      id: "technical",
      name: "Technical support",
      intents: [
        row("outage", "Outage or service down", "Technical support", {
          priority: "urgent",
          tags: ["outage", "sev1"],
          not_this_if: "Only one person cannot sign in.",
        }),
        row("bug_report", "Bug report", "Technical support"),
        row("integration_help", "Help with an integration", "Technical support", { mode: "shadow" }),
      ],
    },
    {
      id: "account",
      name: "Account and access",
      intents: [
        row("password_reset", "Password reset", "Account and access"),
        row("account_takeover", "Account takeover", "Trust and safety", { priority: "urgent" }),
        row("legacy_login", "Legacy sign-in", "Account and access", { mode: "off" }),
      ],
    },
  ],
});

export const GROUPS = [
  "Billing",
  "Technical support",
  "Account and access",
  "Trust and safety",
  "Sales",
  "Returns and shipping",
  "Support",
].map((name, index) => ({ id: 101 + index, name }));

const HOUR_MS = 3_600_000;
const NO_TOKENS = { input: 0, output: 0, cache_read: 0, cache_write: 0 };

/** A decision of the ordinary kind, with what is given in place of its own. @param now epoch milliseconds */
export const decisionAt = (now: number, index: number, more: Partial<DecisionJson> = {}): DecisionJson =>
  DecisionJson.parse({
    id: `dec_${1000 + index}`,
    ticket_id: 4700 - index,
    action: "assign",
    reason: "confident",
    reason_text: "The intent is clear enough for its row of the routing table.",
    mode: "live",
    state: "written",
    intent: "charged_twice",
    group: "Billing",
    group_id: 101,
    assignee_id: null,
    priority: "high",
    tags: ["sy_routed", "sy_intent_charged_twice", "sy_confidence_high"],
    confidence: 0.92,
    confidence_level: "high",
    reasoning: "The customer was billed twice for one order and asks for the second payment back.",
    evidence: ["my card was charged twice for order 8812", "please refund the second one"],
    alternatives: [
      { intent: "refund_request", confidence: 0.31 },
      { intent: "invoice_question", confidence: 0.06 },
    ],
    urgency: "normal",
    sentiment: "negative",
    language: "en",
    injection_suspected: false,
    receipt: {
      redacted: { card: 1, email: 2 },
      characters: 412,
      ballast: 96,
      cut: 0,
      attachments: 1,
      language: "en",
    },
    classifier: "claude",
    model: "claude-haiku-5-5",
    routing_version: 1,
    prompt_version: "9f31c2ab",
    examples: ["ex_12", "ex_40"],
    tokens: { input: 812, output: 143, cache_read: 4210, cache_write: 0 },
    cost_usd: 0.0031,
    timings_ms: { read: 96, classify: 1240, write: 210 },
    created_at: new Date(now - index * HOUR_MS).toISOString(),
    written_at: new Date(now - index * HOUR_MS + 1_500).toISOString(),
    outcome: null,
    ...more,
  });

/** Two pages of decisions: every action, state and level, and one that is hostile through and through. */
export function someDecisions(now: number): DecisionJson[] {
  const special: Partial<DecisionJson>[] = [
    { outcome: "undone" },
    {
      action: "review",
      reason: "low_confidence",
      confidence: 0.42,
      confidence_level: "low",
      group: "Support",
    },
    {
      intent: "outage",
      group: "Technical support",
      confidence: 0.71,
      confidence_level: "medium",
      state: "recorded",
      mode: "shadow",
      written_at: null,
    },
    {
      action: "skip",
      reason: "handled_by_person",
      reason_text: "A person had already assigned the ticket, and a person's word is final.",
      state: "recorded",
      intent: null,
      group: null,
      group_id: null,
      priority: null,
      tags: [],
      confidence: null,
      confidence_level: null,
      reasoning: null,
      evidence: [],
      alternatives: [],
      classifier: null,
      model: null,
      tokens: NO_TOKENS,
      cost_usd: null,
      timings_ms: { read: 80 },
      written_at: null,
    },
    {
      intent: "password_reset",
      group: "Account and access",
      classifier: "local",
      model: "words-1",
      cost_usd: 0,
      tokens: NO_TOKENS,
      state: "superseded",
    },
    {
      id: "dec_hostile",
      ticket_id: 666,
      reasoning: HOSTILE,
      evidence: [HOSTILE],
      group: HOSTILE,
      intent: HOSTILE,
      tags: [HOSTILE],
      model: HOSTILE,
      injection_suspected: true,
      state: "failed",
      written_at: null,
    },
  ];
  return Array.from({ length: 60 }, (_, index) => decisionAt(now, index, special[index] ?? {}));
}

export const NOTE = `<p><strong>Routed to Billing</strong></p><p>What the customer wants: <strong>Charged twice</strong><br>Confidence: high</p><p>Why: The customer was billed twice for one order.</p><p>In the customer's words:</p><ul><li>“two payments of 49.00”</li></ul><p>Also considered: Refund request</p><p>Wrong team? Move the ticket to the right group. Your change stays, and Switchyard learns from it.</p><p><em>Switchyard · decision dec_1000 · routing table 1</em></p>`;

const check = (id: string, title: string, state: string, message: string, more: object = {}) => ({
  id,
  title,
  state,
  message,
  details: [],
  remedy: null,
  ...more,
});

/** One of each state, the best first. */
export const CHECKS = [
  check("store", "Store", "ok", "SQLite takes writes."),
  check("ticket_fields", "Ticket fields", "skipped", "None are set up."),
  check("trigger_fights", "Triggers that fight", "warning", "1 of 9 active triggers may undo it.", {
    details: [`“${HOSTILE}” (position 3): It sets the group on every update.`],
    remedy: "Change it as the line says.",
  }),
  check("clock", "Clock", "error", "This machine is 600 s ahead of Zendesk.", { remedy: "Use NTP." }),
];
