/** When a larger model is asked as well, and what two answers say together. */
import type { Retrieved } from "../ports/examples.ts";
import { rounded } from "../triage/alternatives.ts";
import { classificationPolicyOf, policiesOf } from "../triage/policies.ts";
import { isAbstention, type RoutingTable } from "../triage/routing-table.ts";
import type { Answer } from "./answer.ts";
import { withConfidence } from "./confidence.ts";

/** Neighbours that agree at least so much are worth a question when Claude says something else. */
const STRONG_AGREEMENT = 0.8;
/** What two models disagree about is not sure, however sure each of them sounds. */
const DISPUTED = 0.72;

/** Whether the language is one that the table gives to the larger model; "pt" names all kinds of Portuguese. */
export function isForLarger(table: RoutingTable, language: string): boolean {
  const wanted = language.toLowerCase();
  return classificationPolicyOf(table)
    .larger_model_languages.map((each) => each.toLowerCase())
    .some((each) => wanted === each || wanted.startsWith(`${each}-`));
}

/** The doubtful band is all that is not high confidence. */
export function wantsSecond(answer: Answer, table: RoutingTable, retrieved: Retrieved | null): boolean {
  // People will look at it anyway.
  if (answer.injectionSuspected && policiesOf(table).injection === "review") return false;
  return (
    answer.confidenceLevel !== "high" || isForLarger(table, answer.language) || contradicts(answer, retrieved)
  );
}

function contradicts({ intent }: Answer, retrieved: Retrieved | null): boolean {
  const [nearest] = retrieved?.localLabels ?? [];
  return nearest !== undefined && nearest !== intent && (retrieved?.agreement ?? 0) >= STRONG_AGREEMENT;
}

/** The larger model's answer counts; where the two differ, it is less sure, and the other one stands among its alternatives. */
export function together(first: Answer, second: Answer): Answer {
  const injectionSuspected = first.injectionSuspected || second.injectionSuspected;
  if (first.intent === second.intent) return { ...second, injectionSuspected };
  const confidence = Math.min(second.confidence, DISPUTED);
  const others = second.alternatives.filter(({ intent }) => intent !== first.intent);
  const disputed = isAbstention(first.intent)
    ? []
    : [{ intent: first.intent, confidence: rounded(Math.min(first.confidence, 1 - confidence)) }];
  return {
    ...withConfidence({ ...second, alternatives: [...disputed, ...others] }, confidence),
    injectionSuspected,
  };
}
