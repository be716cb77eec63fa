/** Whoever turns a text into a vector that stands near those of texts which mean the same. */
import { RetryableError } from "../errors.ts";

export interface Embedder {
  /** Model and size: vectors of different names must never meet. */
  readonly name: string;
  readonly dimensions: number;
  /** How many of them, the first, say by their cosine how near two texts are; any others are for the learner alone. */
  readonly compared: number;
  /** The languages that it understands; null: all that matter. */
  readonly languages: readonly string[] | null;
  /**
   * Cosine of a ticket to its nearest example: below `none` it is like nothing that is known, from `full` on it is like
   * something, and from `alike` on the two ask for the same; null: not measured for this model.
   */
  readonly familiarity: { readonly none: number; readonly full: number; readonly alike: number } | null;
  /** How many texts to give it in one go: other work waits for no more than these. */
  readonly batch: number;
  /**
   * One vector for each text; its compared numbers have length 1, and so have the others.
   * @throws RetryableError when a provider does not answer
   */
  embed(texts: readonly string[], kind: "ticket" | "example", signal?: AbortSignal): Promise<Float32Array[]>;
}

const REST_MS = { usual: 30_000, longest: 300_000 } as const;

/** How long to leave an embedder alone that has failed: as it says itself, within bounds. Milliseconds. */
export function restAfter(error: unknown): number {
  const asked = error instanceof RetryableError ? (error.retryAfterMs ?? 0) : 0;
  return Math.min(REST_MS.longest, Math.max(REST_MS.usual, asked));
}
