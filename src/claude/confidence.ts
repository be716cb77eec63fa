/** An answer's confidence set anew, by what other answers say of it. */
import { alternativesBeside, rounded } from "../triage/alternatives.ts";
import { levelOf } from "../triage/classification.ts";
import type { Answer } from "./answer.ts";

export function withConfidence<T extends Pick<Answer, "alternatives">>(answer: T, confidence: number) {
  return {
    ...answer,
    confidence: rounded(confidence),
    confidenceLevel: levelOf(confidence),
    alternatives: alternativesBeside(confidence, answer.alternatives),
  };
}
