/**
 * The routing table: the one document that admins edit. It says which intents there are, what separates them, and
 * where each goes. Its keys are snake_case everywhere, in the code too: the document is shown to people as it is.
 */
import { z } from "zod";
import { PRIORITIES } from "./ticket.ts";

const LIMITS = {
  text: 2_000,
  name: 120,
  examples: 50,
  exampleText: 2_000,
  tags: 20,
  intents: 500,
  rules: 200,
} as const;

/** Intent and category ids end up in tags and in the model's enum: lower case only, so no two differ by case. */
export const ID_PATTERN = /^[a-z][a-z0-9_]{0,49}$/;
/** What Zendesk takes as a tag without rewriting it. */
const TAG_PATTERN = /^[\p{Ll}\p{Lo}\p{N}_\-/:.]{1,80}$/u;

const id = z
  .string()
  .regex(ID_PATTERN, "an id is lower case: a letter, then letters, digits and _ (at most 50)");
const name = z.string().trim().min(1).max(LIMITS.name);
const prose = z.string().trim().max(LIMITS.text);
const group = z.string().trim().min(1, "name a Zendesk group").max(LIMITS.name);
const tag = z
  .string()
  .regex(TAG_PATTERN, "a tag has no spaces or capitals")
  .refine((value) => !value.startsWith("sy_"), {
    error: "tags that start with sy_ are Switchyard's own; choose another",
  });
const tags = z.array(tag).max(LIMITS.tags);
const priority = z.enum(PRIORITIES);
const confidence = z.number().min(0).max(1);

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
  description: prose.min(1),
  not_this_if: prose.optional(),
  examples: z.array(z.string().trim().min(1).max(LIMITS.exampleText)).max(LIMITS.examples).default([]),
  group,
  priority: priority.optional(),
  tags: tags.default([]),
  /** Below this the ticket goes to review. Absent: the table's own `min_confidence`. */
  min_confidence: confidence.optional(),
  mode: z.enum(ROW_MODES).default("live"),
});
export type Intent = z.infer<typeof Intent>;

const Category = z.strictObject({
  id,
  name,
  description: prose.optional(),
  intents: z.array(Intent).min(1),
});
export type Category = z.infer<typeof Category>;

const texts = z.array(z.string().trim().min(1).max(LIMITS.name)).min(1);
const fieldMatch = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]));

/** All conditions of a rule must hold; inside one list, any value will do. */
const Condition = z.strictObject({
  intent: z.array(id).min(1).optional(),
  category: z.array(id).min(1).optional(),
  /** BCP-47; `pt` also matches `pt-BR`. */
  language: texts.optional(),
  urgency: z.array(z.enum(PRIORITIES)).min(1).optional(),
  sentiment: z
    .array(z.enum(["very_negative", "negative", "neutral", "positive", "very_positive"]))
    .min(1)
    .optional(),
  channel: texts.optional(),
  brand: z.array(z.number().int()).min(1).optional(),
  form: z.array(z.number().int()).min(1).optional(),
  ticket_tags: texts.optional(),
  user_tags: texts.optional(),
  organization_tags: texts.optional(),
  user_fields: fieldMatch.optional(),
  organization_fields: fieldMatch.optional(),
  /** true: inside the table's business hours; false: outside. */
  business_hours: z.boolean().optional(),
});
export type Condition = z.infer<typeof Condition>;

const Rule = z.strictObject({
  name,
  when: Condition.refine((when) => Object.keys(when).length > 0, {
    error: "a rule needs at least one condition",
  }),
  set: z.strictObject({ group: group.optional(), priority: priority.optional(), tags: tags.default([]) }),
});
export type Rule = z.infer<typeof Rule>;

const span = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "write hours as 09:00-17:30")
  // "HH:MM" strings of equal length order as times do.
  .refine((hours) => hours.slice(0, 5) < hours.slice(6), {
    error: "hours end after they begin; write a night as two: until 24:00, and from 00:00 on the next day",
  });
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const BusinessHours = z.strictObject({
  time_zone: z.string().refine(isTimeZone, { error: "not a time zone; write one like Europe/Zurich" }),
  days: z.partialRecord(z.enum(DAYS), z.array(span)),
});
export type BusinessHours = z.infer<typeof BusinessHours>;

export const RoutingTable = z
  .strictObject({
    /** The team that looks at tickets which the table cannot place. */
    fallback: z.strictObject({ group }),
    min_confidence: confidence.default(0.6),
    categories: z.array(Category).min(1),
    rules: z.array(Rule).max(LIMITS.rules).default([]),
    business_hours: BusinessHours.optional(),
    /** How to treat emotion, implicit requests, several issues in one ticket: the admin's own words to the classifier. */
    guidance: z.string().trim().max(8_000).default(""),
    /** When one ticket asks for several things, the intent that stands first here is the primary one. */
    priority_order: z.array(id).default([]),
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

interface Problem {
  message: string;
  path: (string | number)[];
}

/** What the shape alone cannot say: ids are unique, and whatever names an intent names one that exists. */
function problemsOf(table: RoutingTable): Problem[] {
  const categories = table.categories.map((category, c) => ({
    id: category.id,
    path: ["categories", c, "id"],
  }));
  const intents = table.categories.flatMap((category, c) =>
    category.intents.map((intent, i) => ({ id: intent.id, path: ["categories", c, "intents", i, "id"] })),
  );
  const known = {
    intent: new Set(intents.map((intent) => intent.id)),
    category: new Set(categories.map((category) => category.id)),
  };
  const unknown = (
    kind: "intent" | "category",
    ids: readonly string[],
    path: (string | number)[],
  ): Problem[] =>
    ids.flatMap((id) => (known[kind].has(id) ? [] : [{ message: `there is no ${kind} ${id}`, path }]));
  return [
    ...repeated(categories, "category"),
    ...repeated(intents, "intent"),
    ...(intents.length > LIMITS.intents
      ? [{ message: `at most ${LIMITS.intents} intents`, path: ["categories"] }]
      : []),
    ...unknown("intent", table.priority_order, ["priority_order"]),
    ...table.rules.flatMap((rule, r) => [
      ...unknown("intent", rule.when.intent ?? [], ["rules", r, "when", "intent"]),
      ...unknown("category", rule.when.category ?? [], ["rules", r, "when", "category"]),
      ...(rule.when.business_hours !== undefined && table.business_hours === undefined
        ? [
            {
              message: "this rule needs the table's business_hours",
              path: ["rules", r, "when", "business_hours"],
            },
          ]
        : []),
    ]),
  ];
}

const repeated = (entries: readonly { id: string; path: (string | number)[] }[], kind: string): Problem[] =>
  entries
    .filter((entry, index) => entries.findIndex((other) => other.id === entry.id) < index)
    .map(({ id, path }) => ({ message: `${kind} ${id} stands twice`, path }));

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
