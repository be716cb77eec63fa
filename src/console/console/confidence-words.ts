/** The words and numbers of the page about confidence. */
import { count, whole } from "../wording.ts";
import type { Confidence } from "./confidence-query.ts";

/** Near the ends a tenth of a percent matters: 99.4 %, 0.5 %, and 87 %. */
export function precisely(share: number): string {
  const points = share * 100;
  const atEnd = points > 90 || points < 10;
  return `${Number(points.toFixed(atEnd ? 1 : 0))}%`;
}

/** @param amount of outcomes */
export const otherModelsWords = (amount: number): string =>
  `From another Claude model: ${count(amount, "outcome")}. They count half for learning, and prove nothing about the model that is set now.`;

type Intent = Confidence["intents"][number];

/** Where a threshold comes from. */
export function sourceWords({ source, outcomes }: Intent, needed: number | null): string {
  if (source === "minimum") return "The table’s minimum";
  if (source === "intent") return "Own outcomes";
  if (source === "pooled") return "Proven with others";
  if (source === "missed") return "Misses the target: people decide";
  return needed !== null && outcomes >= needed ? "Target not proven" : "Not enough data yet";
}

/** How many outcomes there are, and how many a proof takes where they are too few. */
export const outcomesWords = ({ source, outcomes }: Intent, needed: number | null): string =>
  source === "cautious" && needed !== null && outcomes < needed
    ? `${whole(outcomes)} of ${whole(needed)}+`
    : whole(outcomes);

export const thresholdWords = ({ source, threshold }: Intent): string =>
  source === "missed" ? "None" : precisely(threshold);

/** What a narrow table has no columns for. */
export function sharesWords({ coverage, wrong }: Intent): string | null {
  if (coverage === null) return null;
  const alone = `${precisely(coverage.value)} routed alone`;
  return wrong === null ? alone : `${alone}, ${precisely(wrong.value)} of them wrong`;
}

/** What it takes. @param needed see `Confidence` */
export const proofWords = (needed: number): string =>
  `An intent is proven by its own outcomes where they are clearly good enough by themselves, which takes ${whole(needed)} or more; otherwise together with others, and the target then holds for all of them as one. While nothing is proven, each ticket must be as sure as the target. Where outcomes show that this is too little, people decide.`;

/** In one sentence, how the intents stand. */
export function standingWords(intents: readonly Intent[]): string {
  const of = (...sources: Intent["source"][]): number =>
    intents.filter(({ source }) => sources.includes(source)).length;
  const parts = [
    [of("intent"), "proven by its own outcomes", "proven by their own outcomes"],
    [of("pooled"), "proven together with others", "proven together"],
    [of("cautious"), "not proven yet", "not proven yet"],
    [of("missed"), "left to people", "left to people"],
  ] as const;
  const said = parts.flatMap(([amount, one, many]) =>
    amount === 0 ? [] : [`${whole(amount)} ${amount === 1 ? one : many}`],
  );
  return said.length === 0
    ? count(intents.length, "intent")
    : `${count(intents.length, "intent")}: ${said.join(", ")}`;
}
