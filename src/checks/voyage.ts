/** Whether Voyage AI turns texts into vectors, when it shall. */
import type { Check } from "../ports/checks.ts";
import type { Examination } from "./examination.ts";
import { topic } from "./topic.ts";

export const EMBEDDINGS = topic("embeddings", "Embeddings");

export async function checkEmbeddings({ embedding }: Examination): Promise<Check> {
  if (embedding === null)
    return EMBEDDINGS.skipped(
      "No VOYAGE_API_KEY: similar tickets are found on this machine, in English by meaning and else by words.",
    );
  const { name, dimensions } = await embedding();
  return EMBEDDINGS.ok(`Voyage AI answers as ${name}, with ${dimensions} numbers a text.`);
}
