/** Rules of the routing table: conditions on a ticket, and what they set. And the business hours that they may ask about. */
import { z } from "zod";
import { group, id, name, priority, tags, texts } from "./table-fields.ts";
import { PRIORITIES } from "./ticket.ts";

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

export const Rule = z.strictObject({
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
export const BusinessHours = z.strictObject({
  time_zone: z.string().refine(isTimeZone, { error: "not a time zone; write one like Europe/Zurich" }),
  days: z.partialRecord(z.enum(DAYS), z.array(span)),
});
export type BusinessHours = z.infer<typeof BusinessHours>;

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
