/** An answer's confidence set anew, by what other answers say of it. */
import { type Alternative, levelOf } from "../triage/classification.ts";
import type { Answer } from "./answer.ts";

export const rounded = (probability: number): number => Math.round(probability * 10_000) / 10_000;

/** The alternatives share what the intent leaves; none of them is likelier than it. */
export function withConfidence<T extends Pick<Answer, "alternatives">>(answer: T, confidence: number) {
  return {
    ...answer,
    confidence: rounded(confidence),
    confidenceLevel: levelOf(confidence),
    alternatives: fitted(answer.alternatives, confidence),
  };
}

function fitted(alternatives: readonly Alternative[], confidence: number): Alternative[] {
  const sum = alternatives.reduce((total, other) => total + other.confidence, 0);
  const scale = Math.min(1, (1 - confidence) / Math.max(sum, 1e-9));
  return alternatives
    .map((other) => ({ ...other, confidence: rounded(Math.min(other.confidence * scale, confidence)) }))
    .filter((other) => other.confidence > 0);
}
