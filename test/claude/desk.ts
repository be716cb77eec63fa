/** A small support desk for the tests: a table with three intents, tickets, and a classifier in front of a fake API. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClaudeClassifier } from "../../src/claude/classifier.ts";
import { parsePrices } from "../../src/claude/cost.ts";
import type { ClaudeOptions } from "../../src/claude/opinion.ts";
import { RetryableError } from "../../src/errors.ts";
import type { Classifier, ClassifierResult } from "../../src/ports/classifier.ts";
import { CLAUDE_DEFAULTS, type ClaudeSettings } from "../../src/settings-claude.ts";
import type { Classification } from "../../src/triage/classification.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import type { AnswerRule } from "./fake-answer.ts";

export const table = RoutingTable.parse({
  fallback: { group: "Support" },
  guidance: "Set every emotion aside.",
  priority_order: ["password_reset", "retired", "refund"],
  categories: [
    {
      id: "account",
      name: "Account",
      description: "Signing in & staying in",
      intents: [
        {
          id: "password_reset",
          name: "Password reset",
          description: "The customer cannot sign in because the password is lost or <expired>.",
          not_this_if: "The account itself is locked.",
          examples: ["I forgot my password"],
          group: "Accounts",
        },
        { id: "retired", name: "Retired", description: "No longer in use.", group: "Accounts", mode: "off" },
      ],
    },
    {
      id: "billing",
      name: "Billing",
      intents: [
        { id: "refund", name: "Refund", description: "The customer wants money back.", group: "Billing" },
        { id: "invoice", name: "Invoice", description: "A question about an invoice.", group: "Billing" },
      ],
    },
  ],
});
export const routing = { version: 7, table };

export const prices = parsePrices(
  JSON.parse(readFileSync(join(import.meta.dirname, "../../config/prices.json"), "utf8")),
);

export const ticket = (
  text: Partial<Pick<Ticket, "subject" | "description" | "attachments">> = {},
): Ticket => ({
  id: 4711,
  status: "new",
  priority: null,
  tags: [],
  groupId: null,
  assigneeId: null,
  requesterId: 990_001,
  submitterId: 990_001,
  organizationId: 880_001,
  brandId: null,
  formId: null,
  channel: "email",
  customFields: {},
  createdAt: "2026-11-20T10:00:00Z",
  updatedAt: "2026-11-20T10:00:00Z",
  subject: "Money back",
  description: "I was charged twice. Please refund the second payment.",
  ...text,
});

export const byKeyword: AnswerRule = ({ subject, description }) => {
  const text = `${subject} ${description}`.toLowerCase();
  if (text.includes("refund")) return "refund";
  return text.includes("password") ? "password_reset" : undefined;
};

export const KEY = "sk-ant-test-key";

/** The small model alone, unless a test says otherwise. */
export const classifierAt = (
  baseUrl: string,
  {
    deadlineMs = 5_000,
    now = Date.now,
    local,
    spending,
    retrieve,
    languageOf,
    kept,
    tell,
    ...settings
  }: DeskOptions = {},
): Classifier =>
  createClaudeClassifier(
    { ...CLAUDE_DEFAULTS, escalationModel: null, apiKey: KEY, baseUrl, ...settings },
    {
      now,
      prices,
      deadlineMs,
      ...(local && { local }),
      ...(spending && { spending }),
      ...(retrieve && { retrieve }),
      ...(languageOf && { languageOf }),
      ...(kept && { kept }),
      ...(tell && { tell }),
    },
  );

type DeskOptions = Partial<ClaudeOptions> & Partial<Omit<ClaudeSettings, "baseUrl">>;

/** @throws when there is no classification */
export function classified(result: ClassifierResult): Classification {
  if ("refused" in result) throw new Error(`no classification: ${result.message}`);
  return result;
}

/** The retryable error that `work` ends in. @throws when it ends otherwise */
export async function outageOf(work: Promise<unknown>): Promise<RetryableError> {
  const end = await work.catch((error: unknown) => error);
  if (end instanceof RetryableError) return end;
  throw new Error("no RetryableError", { cause: end });
}

/** Comes back for as long as there is no room, each time when it was told to, as a job in the queue does. */
export async function untilRoom<T>(
  work: () => Promise<T>,
  sleep: (ms: number) => Promise<unknown>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RetryableError) || error.code !== "claude.no_room") throw error;
      await sleep(error.retryAfterMs ?? 0);
    }
  }
}
