/**
 * The routing table: the one document that admins edit. It says which intents there are, what separates them, and
 * where each goes. Its keys are snake_case everywhere, in the code too: the document is shown to people as it is.
 */
import { z } from "zod";
import { Assignment } from "./assignment.ts";
import { ClassificationPolicy, Policies } from "./policies.ts";
import { BusinessHours, Rule } from "./rule-schema.ts";
import { confidence, group, id, LIMITS, name, priority, prose, tags } from "./table-fields.ts";
import { problemsOf } from "./table-problems.ts";

export const ROW_MODES = ["live", "shadow", "off"] as const;

/** Labels that every table has: the classifier's three ways of not choosing an intent. */
export const ABSTENTIONS = ["other", "needs_person", "not_a_ticket"] as const;
export type Abstention = (typeof ABSTENTIONS)[number];
export const isAbstention = (intent: string): intent is Abstention =>
  ABSTENTIONS.some((label) => label === intent);

const Intent = z.strictObject({
  id: id.refine((value) => !isAbstention(value), {
    error: `${ABSTENTIONS.join(", ")} are built in; choose another id`,
  }),
  name,
  description: prose.min(1, "say what the customer wants"),
  not_this_if: prose.optional(),
  examples: z
    .array(
      z
        .string()
        .trim()
        .min(1, "write the example, or remove it")
        .max(LIMITS.exampleText, "shorten the example to 2,000 characters or fewer"),
    )
    .max(LIMITS.examples, "keep 50 examples or fewer")
    .default([]),
  group,
  priority: priority.optional(),
  tags: tags.default([]),
  /** Below this the ticket goes to review. Absent: the table's own `min_confidence`. */
  min_confidence: confidence.optional(),
  mode: z.enum(ROW_MODES).default("live"),
  assign: Assignment.optional(),
});
export type Intent = z.infer<typeof Intent>;

const Category = z.strictObject({
  id,
  name,
  description: prose.optional(),
  intents: z.array(Intent).min(1),
});
export type Category = z.infer<typeof Category>;

export const RoutingTable = z
  .strictObject({
    /** The team that looks at tickets which the table cannot place. */
    fallback: z.strictObject({ group }),
    min_confidence: confidence.default(0.6),
    categories: z.array(Category).min(1),
    rules: z.array(Rule).max(LIMITS.rules).default([]),
    business_hours: BusinessHours.optional(),
    /** How to treat emotion, implicit requests, several issues in one ticket: the admin's own words to the classifier. */
    guidance: z.string().trim().max(8_000, "shorten it to 8,000 characters or fewer").default(""),
    /** When one ticket asks for several things, the intent that stands first here is the primary one. */
    priority_order: z.array(id).default([]),
    policies: Policies.optional(),
    classification: ClassificationPolicy.optional(),
  })
  .superRefine((table, context) => {
    for (const problem of problemsOf(table)) context.addIssue({ code: "custom", ...problem });
  });
export type RoutingTable = z.infer<typeof RoutingTable>;

/** A table as the store keeps it: immutable, numbered from 1. */
export interface RoutingVersion {
  readonly version: number;
  readonly table: RoutingTable;
  readonly note: string;
  readonly author: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface Row extends Intent {
  readonly category: Category;
}

/** All rows, in the order of the document. */
export const rowsOf = (table: RoutingTable): Row[] =>
  table.categories.flatMap((category) => category.intents.map((intent) => ({ ...intent, category })));

export const rowOf = (table: RoutingTable, intent: string): Row | undefined =>
  rowsOf(table).find((row) => row.id === intent);

/** The labels that a classifier may answer with: the rows that are on, then the abstentions. */
export const labelsOf = (table: RoutingTable): string[] => [
  ...rowsOf(table).flatMap((row) => (row.mode === "off" ? [] : [row.id])),
  ...ABSTENTIONS,
];

/** Every group name that the table can send a ticket to. */
export const groupsOf = (table: RoutingTable): string[] => [
  ...new Set([
    table.fallback.group,
    ...rowsOf(table).map((row) => row.group),
    ...table.rules.flatMap((rule) => rule.set.group ?? []),
  ]),
];

/** Whether any rule asks about the requester or the organization, so that the worker reads them only when it must. */
export function asksAbout(table: RoutingTable): { requester: boolean; organization: boolean } {
  const conditions = table.rules.map((rule) => rule.when);
  return {
    requester: conditions.some((when) => when.user_tags !== undefined || when.user_fields !== undefined),
    organization: conditions.some(
      (when) => when.organization_tags !== undefined || when.organization_fields !== undefined,
    ),
  };
}
