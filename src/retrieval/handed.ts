/** What retrieval hands to Claude about one ticket. */
import type { Retrieved } from "../ports/examples.ts";
import type { Embedder } from "./embedder.ts";
import { chancesOf, type Sketch } from "./judgement.ts";
import type { Knowledge } from "./knowledge.ts";
import { chosen, voteOf } from "./neighbours.ts";
import type { Near } from "./shelf.ts";

export const WANTED = { k: 8, perLabel: 2 } as const;
const LOCAL_LABELS = 5;
/** Below these similarities an example has nothing to do with the ticket. */
const FLOOR = { vector: 0.25, text: 0.08 } as const;

/** From these on a text and an example ask for the same: by words, and by an encoder of which it was not measured. */
const ALIKE = { text: 0.5, unmeasured: 0.9 } as const;

export const alikeFrom = ({ vector }: Pick<Sketch, "vector">, embedder: Embedder | null): number =>
  vector === null ? ALIKE.text : (embedder?.familiarity?.alike ?? ALIKE.unmeasured);

export type Known = Pick<Knowledge, "learned" | "words" | "shelf">;

/** By meaning where the encoder understands the language; elsewhere by words, among examples in the same language. */
export function nearTo({ text, language, vector }: Sketch, { shelf }: Known, floor?: number): Near[] {
  if (vector !== null) return shelf.nearestByVector(vector, floor ?? FLOOR.vector);
  return shelf.nearestByText(text, language, floor ?? FLOOR.text);
}

/** @param ticketId a ticket is no example of itself; null: it is none of the account's */
export function handed(
  sketch: Sketch,
  known: Known,
  embedder: Embedder | null,
  ticketId: number | null,
): Retrieved {
  const localLabels = chancesOf(sketch, { ...known, embedder })
    .slice(0, LOCAL_LABELS)
    .map(({ intent }) => intent);
  const near = nearTo(sketch, known);
  const { shares } = voteOf(near, ticketId);
  return {
    examples: chosen(near, { ...WANTED, excludeTicketId: ticketId, topLabels: localLabels }),
    localLabels,
    agreement: shares.find(({ label }) => label === localLabels[0])?.share ?? 0,
  };
}
