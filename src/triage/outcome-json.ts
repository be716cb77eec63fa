/** What became of a decision, as the API, the CLI and the pages carry it, and in the words in which they tell it. */
import { z } from "zod";
import type { Decision } from "./decision.ts";
import { DecisionJson, decisionToJson } from "./decision-json.ts";
import { type Outcome, RESULTS, type Result } from "./outcome.ts";

const instant = z.iso.datetime().nullable();

export const OutcomeJson = z
  .object({
    result: z.enum(RESULTS),
    /** Where the ticket stands now. */
    group_id: z.number().int().nullable(),
    /** Its name; null for no group, and for one that Zendesk does not know any more. */
    group: z.string().nullable(),
    reroutes: z.number().int(),
    undone_by: z.object({ id: z.number().int().nullable(), title: z.string(), kind: z.string() }).nullable(),
    reopens: z.number().int(),
    escalated: z.boolean(),
    csat: z.enum(["good", "bad"]).nullable(),
    touched_at: instant,
    assigned_at: instant,
    solved_at: instant,
  })
  .meta({ id: "Outcome", description: "What became of a decision, read from the ticket's audits." });
export type OutcomeJson = z.infer<typeof OutcomeJson>;

const SaidJson = z
  .object({ intent: z.string(), by: z.string(), at: z.iso.datetime() })
  .meta({ id: "Said", description: "What a person has said the ticket was about." });

export const DecisionDetailJson = DecisionJson.extend({
  outcome_detail: OutcomeJson.nullable(),
  /** Null while nobody has said anything. */
  said: SaidJson.nullable(),
}).meta({
  id: "DecisionDetail",
  description: "A decision with what became of it.",
});
export type DecisionDetailJson = z.infer<typeof DecisionDetailJson>;

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** @param nameOf a group's name; null when nobody knows it */
export const outcomeToJson = (outcome: Outcome, nameOf: (groupId: number) => string | null): OutcomeJson => ({
  result: outcome.result,
  group_id: outcome.groupId,
  group: outcome.groupId === null ? null : nameOf(outcome.groupId),
  reroutes: outcome.reroutes,
  undone_by: outcome.undoneBy,
  reopens: outcome.reopens,
  escalated: outcome.escalated,
  csat: outcome.csat,
  touched_at: iso(outcome.touchedAt),
  assigned_at: iso(outcome.assignedAt),
  solved_at: iso(outcome.solvedAt),
});

/** The example that a person made of the ticket. */
interface Said {
  readonly label: string;
  readonly confirmedBy: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

const saidToJson = (said: Said | null): z.infer<typeof SaidJson> | null =>
  said?.confirmedBy == null
    ? null
    : { intent: said.label, by: said.confirmedBy, at: new Date(said.createdAt).toISOString() };

export const decisionDetailToJson = (
  decision: Decision,
  { outcome, said }: { readonly outcome: Outcome | null; readonly said: Said | null },
  nameOf: (groupId: number) => string | null,
): DecisionDetailJson => ({
  ...decisionToJson(decision),
  outcome_detail: outcome === null ? null : outcomeToJson(outcome, nameOf),
  said: saidToJson(said),
});

/** For lists: one word or two. */
const OUTCOME_WORDS: Readonly<Record<Result, string>> = {
  deleted: "Deleted",
  merged: "Merged",
  rerouted: "Rerouted",
  undone: "Undone",
  passed_on: "Passed on",
  reopened: "Reopened",
  escalated: "Escalated",
  solved: "Solved",
  kept: "Kept",
  differed: "Differed",
  agreed: "Agreed",
};

/** An outcome that this program does not know, of a newer one that shares the store, speaks for itself. */
export const outcomeWord = (outcome: string): string => {
  const known = RESULTS.find((result) => result === outcome);
  return known === undefined ? outcome : OUTCOME_WORDS[known];
};

/** What happened, in sentences: the outcome itself first, then what else is worth knowing. */
export function outcomeSentences(detail: OutcomeJson): string[] {
  const { result, csat, escalated, reopens } = detail;
  return [
    headline(detail),
    ...(reopens > 0 && result !== "reopened" ? ["It was reopened."] : []),
    ...(escalated && result !== "escalated" ? ["A person raised its priority."] : []),
    ...(detail.solved_at !== null && !["solved", "reopened"].includes(result) ? ["It was solved."] : []),
    ...(csat === null ? [] : [`The customer was ${csat === "good" ? "satisfied" : "not satisfied"}.`]),
  ];
}

function headline(detail: OutcomeJson): string {
  const place = placeOf(detail);
  switch (detail.result) {
    case "deleted":
      return "The ticket was deleted, or marked as spam.";
    case "merged":
      return "The ticket was merged into another one.";
    case "rerouted":
      return detail.reroutes > 1
        ? `People moved it ${detail.reroutes} times; it stands in ${place} now.`
        : `A person moved it to ${place}.`;
    case "undone":
      return `Undone by ${ruleOf(detail)}: it stands in ${place} now.`;
    case "passed_on":
      return `A rule or a program passed it on to ${place}.`;
    case "reopened":
      return `It was solved and then reopened${detail.reopens > 1 ? `, ${detail.reopens} times` : ""}.`;
    case "escalated":
      return "A person raised its priority.";
    case "solved":
      return "It was solved where it was placed.";
    case "kept":
      return "People work on it where it was placed.";
    case "differed":
      return `It went to ${place} instead.`;
    case "agreed":
      return "It ended up in the same group without Switchyard.";
  }
}

function placeOf({ group, group_id: id }: OutcomeJson): string {
  if (id === null) return "no group";
  return group ?? `group ${id}`;
}

const ruleOf = ({ undone_by: rule }: OutcomeJson): string =>
  rule === null || rule.id === null ? (rule?.title ?? "a rule") : `${rule.kind} “${rule.title}”`;
