/** Whoever turns a text into a vector that stands near those of texts which mean the same. */

export interface Embedder {
  /** Model and size: vectors of different names must never meet. */
  readonly name: string;
  readonly dimensions: number;
  /** The languages that it understands; null: all that matter. */
  readonly languages: readonly string[] | null;
  /**
   * Vectors of length 1, one for each text.
   * @throws RetryableError when a provider does not answer
   */
  embed(texts: readonly string[], kind: "ticket" | "example", signal?: AbortSignal): Promise<Float32Array[]>;
}
