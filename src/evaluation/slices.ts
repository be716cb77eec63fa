/** The same accuracy for parts of the set: a mean hides the language, or the kind of ticket, that goes wrong. */
import { type Accuracy, accuracyOf } from "./accuracy.ts";
import type { LabelledTicket } from "./dataset.ts";
import type { Scored } from "./score.ts";

export interface Slice {
  readonly name: string;
  readonly tickets: number;
  readonly accuracy: Accuracy;
}

/** The largest first. */
export function slicesBy(
  scored: readonly Scored[],
  namesOf: (ticket: LabelledTicket) => readonly string[],
): Slice[] {
  const parts = Map.groupBy(
    scored.flatMap((each) => namesOf(each.ticket).map((name) => ({ name, each }))),
    ({ name }) => name,
  );
  return [...parts]
    .map(([name, part]) => ({
      name,
      tickets: part.length,
      accuracy: accuracyOf(part.map(({ each }) => each)),
    }))
    .toSorted((a, b) => b.tickets - a.tickets || (a.name < b.name ? -1 : 1));
}

/** As labelled: what the classifier takes it for is not to be trusted here. */
export const languageOf = ({ language }: LabelledTicket): string[] => [language ?? "not labelled"];

/** Characters of subject and description. */
const LENGTHS = [
  { below: 50, name: "under 50 characters" },
  { below: 200, name: "50 to 199 characters" },
  { below: 1_000, name: "200 to 999 characters" },
] as const;

export const lengthOf = ({ subject, description }: LabelledTicket): string[] => {
  const length = subject.length + description.length;
  return [LENGTHS.find(({ below }) => length < below)?.name ?? "1,000 characters and more"];
};

export const tagsOf = ({ tags }: LabelledTicket): readonly string[] => tags;
