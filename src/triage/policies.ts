/**
 * What an admin can decide beside the rows: how the router behaves towards people, rules of the account, and doubt.
 * Every key has a default, which is what a table without it means.
 */
import { z } from "zod";
import { confidence, LIMITS, tag, whole } from "./table-fields.ts";

const DAY_MINUTES = 24 * 60;

const Hold = z.strictObject({
  /** Zendesk's channels: email, web, native_messaging, … */
  channel: z
    .array(
      z
        .string()
        .trim()
        .min(1, "name a channel, such as email, web or native_messaging, or remove the line")
        .max(LIMITS.name, "a channel has a shorter name, such as email, web or native_messaging"),
    )
    .min(1),
  /** How long a ticket waits for a person before it is routed. */
  minutes: whole(1, DAY_MINUTES, "write a whole number, 1 to 1440"),
});

const Retriage = z.strictObject({
  /** The customer writes again, nobody has touched the ticket, and the new answer is surer: it moves. */
  on_comment: z.boolean().default(false),
  /** By how much the new confidence must beat the old one. */
  margin: confidence.default(0.15),
});

export const Policies = z.strictObject({
  /** Tickets that an agent made for somebody. */
  agent_created: z.enum(["route", "skip"]).default("route"),
  /** Tickets that a side conversation opened. */
  side_conversations: z.enum(["route", "skip"]).default("skip"),
  /**
   * A trigger, or the group of an organization, has placed it before us. `note`: only say what we think. A priority that
   * a trigger gave a new ticket gives way to the row's only with `overrule`.
   */
  grouped_by_rule: z.enum(["overrule", "note", "leave"]).default("overrule"),
  /** A person has placed it before us; it never moves then. */
  grouped_by_person: z.enum(["leave", "note"]).default("leave"),
  retriage: Retriage.prefault({}),
  /** The first entry that names the ticket's channel counts. */
  hold: z.array(Hold).max(20, "keep 20 waits or fewer").default([]),
  /** What becomes of a ticket that tries to give orders to the router. */
  injection: z.enum(["review", "route"]).default("review"),
  /** The share of tickets routed alone that must be right; outcomes say what confidence that takes. */
  target_accuracy: z.number().min(0.5).max(0.999).optional(),
  /** Zendesk's auto-routing tag: set in our update, omnichannel routing begins only then. */
  auto_routing_tag: tag.optional(),
});
export type Policies = z.infer<typeof Policies>;

const LANGUAGE_WANTED = "write language codes of 2 to 20 characters, such as th or pt-BR";

export const ClassificationPolicy = z.strictObject({
  /** With more rows than this, the category is asked for first and then the intent inside it. */
  cascade_above: whole(1, LIMITS.intents, "write a whole number of rows, from 1 to 500").default(80),
  /** BCP-47: languages that the small model reads less well. */
  larger_model_languages: z
    .array(z.string().trim().min(2, LANGUAGE_WANTED).max(20, LANGUAGE_WANTED))
    .max(50, "name 50 languages or fewer")
    .default([]),
});
export type ClassificationPolicy = z.infer<typeof ClassificationPolicy>;

const DEFAULTS = Policies.parse({});
const CLASSIFICATION_DEFAULTS = ClassificationPolicy.parse({});

export const policiesOf = (table: { readonly policies?: Policies | undefined }): Policies =>
  table.policies ?? DEFAULTS;

export const classificationPolicyOf = (table: {
  readonly classification?: ClassificationPolicy | undefined;
}): ClassificationPolicy => table.classification ?? CLASSIFICATION_DEFAULTS;

/** How long a ticket of this channel waits for a person, milliseconds. */
export function holdMs(policies: Policies, channel: string): number {
  const wanted = channel.toLowerCase();
  const hold = policies.hold.find((entry) => entry.channel.some((name) => name.toLowerCase() === wanted));
  return (hold?.minutes ?? 0) * 60_000;
}
