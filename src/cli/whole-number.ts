/** Ids, limits, versions: what the command line takes as a number. */
import { InvalidArgumentError } from "commander";

/** @throws InvalidArgumentError, which commander tells with the option's name */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("Give a whole number above 0.");
}
