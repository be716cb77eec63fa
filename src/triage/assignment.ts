/** Below the group: who inside the team gets the ticket. A row without it leaves that to Zendesk. */
import { z } from "zod";
import { tag, whole } from "./table-fields.ts";

const DAY_MINUTES = 24 * 60;

const SKILL_WANTED = "write the ids of skills, each of 100 characters or fewer";

/** Zendesk's omnichannel routing chooses, once our update carries its tag. */
const Omnichannel = z.strictObject({
  to: z.literal("omnichannel"),
  tag: tag.optional(),
  /** Ids of attribute values: what the agent must know. */
  skills: z
    .array(z.string().trim().min(1, SKILL_WANTED).max(100, SKILL_WANTED))
    .max(20, "name 20 skills or fewer")
    .default([]),
});

/** We choose among the group's members who are available now and inside their schedule. */
const Person = z.strictObject({
  to: z.enum(["round_robin", "fewest_open"]),
  /** Whoever solved this customer's last ticket in the group comes first. */
  returning_customer: z.boolean().default(false),
  /** The ticket goes back to the group when whoever got it has done nothing for so long; absent: never. */
  return_after_minutes: whole(
    5,
    7 * DAY_MINUTES,
    "write a whole number of minutes, 5 to 10080 (a week), or nothing: then it never goes back",
  ).optional(),
});

export const Assignment = z.discriminatedUnion("to", [Omnichannel, Person]);
export type Assignment = z.infer<typeof Assignment>;
export type PersonAssignment = z.infer<typeof Person>;
