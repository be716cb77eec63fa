/** The best embedder that this installation has. */
import type { Embedder } from "./embedder.ts";
import { createMiniLM } from "./minilm.ts";
import { WeightsError } from "./minilm-weights.ts";
import { createVoyageEmbedder, type VoyageSettings } from "./voyage.ts";

/** @returns null when there is none: words alone then do the work. Other faults than missing weights are thrown. */
export async function openEmbedder(voyage: VoyageSettings | null): Promise<Embedder | null> {
  if (voyage !== null) return createVoyageEmbedder(voyage);
  try {
    return await createMiniLM();
  } catch (error) {
    if (error instanceof WeightsError) return null;
    throw error;
  }
}
