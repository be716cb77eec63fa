/** Zendesk's ids: numbers in its REST answers, strings in its events, always whole and above zero. */
import { z } from "zod";

/** 9007199254740993 as a JSON number arrives rounded, so what cannot be held exactly is refused. */
export const Id = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ])
  .refine((id) => Number.isSafeInteger(id) && id > 0, { message: "expected an id: a whole number above 0" });

/** Absent, empty, and the -1 of Zendesk's own system user all mean nobody. */
export const IdOrNull = z
  .union([
    Id,
    z.literal("").transform(() => null),
    z
      .number()
      .max(0)
      .transform(() => null),
    z.null(),
  ])
  .optional()
  .transform((id) => id ?? null);
