import { z } from "zod";

const DIGITS = /^\d{1,15}$/;

/** A whole number that came as text in an address. Anything but plain digits stays text, and fails as such. */
const fromText = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === "string" && DIGITS.test(value) ? Number(value) : value), schema);

export const idFromText = fromText(z.int().positive());

export const limitFromText = (max: number, usual: number) => fromText(z.int().min(1).max(max).default(usual));
