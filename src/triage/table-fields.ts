/** The small parts that the routing table's document is made of. */
import { z } from "zod";
import { PRIORITIES } from "./ticket.ts";

export const LIMITS = {
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

export const id = z
  .string()
  .regex(ID_PATTERN, "an id is lower case: a letter, then letters, digits and _ (at most 50)");
export const name = z.string().trim().min(1).max(LIMITS.name);
export const prose = z.string().trim().max(LIMITS.text, "shorten it to 2,000 characters or fewer");
export const group = z.string().trim().min(1, "name a Zendesk group").max(LIMITS.name);
export const tag = z
  .string()
  .regex(TAG_PATTERN, "a tag has no spaces or capitals")
  .refine((value) => !value.startsWith("sy_"), {
    error: "tags that start with sy_ are Switchyard's own; choose another",
  });
export const tags = z.array(tag).max(LIMITS.tags, "name 20 tags or fewer");
export const priority = z.enum(PRIORITIES);
export const confidence = z.number().min(0).max(1);
/** @param wanted what to write, for whoever wrote something else */
export const whole = (min: number, max: number, wanted: string) =>
  z.number(wanted).int(wanted).min(min, wanted).max(max, wanted);
export const texts = z.array(z.string().trim().min(1).max(LIMITS.name)).min(1);
