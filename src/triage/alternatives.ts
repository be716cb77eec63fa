/** Other intents that were considered, as likely as the answer leaves them. */
import type { Alternative } from "./classification.ts";

export const rounded = (probability: number): number => Math.round(probability * 10_000) / 10_000;

/** They share what the intent leaves, and none of them is likelier than it. @param confidence of the intent */
export function alternativesBeside(confidence: number, alternatives: readonly Alternative[]): Alternative[] {
  const sum = alternatives.reduce((total, other) => total + other.confidence, 0);
  const scale = Math.min(1, (1 - confidence) / Math.max(sum, 1e-9));
  return alternatives
    .map((other) => ({ ...other, confidence: rounded(Math.min(other.confidence * scale, confidence)) }))
    .filter((other) => other.confidence > 0);
}
