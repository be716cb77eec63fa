/** The examples of one routing table that may be shown and learned from, each with its vector, and the nearest of them. */
import { createHash } from "node:crypto";
import type { Example, Examples } from "../ports/examples.ts";
import { ABSTENTIONS, isAbstention, type RoutingTable, type Row, rowsOf } from "../triage/routing-table.ts";
import type { Embedder } from "./embedder.ts";
import { COLUMNS, countsOf, rarityOf, type Sparse, sparse } from "./hashed-text.ts";
import { languageOf } from "./language.ts";
import { cosines, nearChances, type Packed, packed } from "./near-view.ts";

export interface Shelved {
  readonly id: string;
  readonly text: string;
  readonly label: string;
  readonly language: string;
  readonly ticketId: number | null;
  readonly isSeed: boolean;
}
export interface Near {
  readonly example: Shelved;
  readonly similarity: number;
}

export interface Shelf {
  readonly rows: readonly Row[];
  readonly examples: readonly Shelved[];
  /** Null where the embedder does not understand the language, or there is none. */
  vectorOf(example: Shelved): Float32Array | null;
  /** Nearest first; all that reach the floor. */
  nearestByVector(vector: Float32Array, floor: number): Near[];
  /** Cosine to the nearest of those that have an intent; null when none has a vector. */
  closest(vector: Float32Array): number | null;
  /** Log probability of each label by how near its examples are. */
  nearness(vector: Float32Array, labels: readonly string[]): Float32Array;
  /** By shared words and runs of letters, among the examples in this language. */
  nearestByText(text: string, language: string, floor: number): Near[];
  /** How many examples of the label are in the language. */
  count(label: string, language: string): number;
}

export const liveRows = (table: RoutingTable): Row[] => rowsOf(table).filter((row) => row.mode !== "off");

/** Whether the embedder is worth asking; what is too short to tell is English as often as not. */
export const understands = (embedder: Embedder | null, language: string): boolean =>
  embedder !== null &&
  (embedder.languages === null || language === "und" || embedder.languages.includes(language));

export async function examplesFor(rows: readonly Row[], examples: Examples | null): Promise<Example[]> {
  const labels = new Set<string>([...rows.map((row) => row.id), ...ABSTENTIONS]);
  const stored = (await examples?.list()) ?? [];
  const confirmed = stored.filter(
    ({ label, source, confirmedBy }) => labels.has(label) && (confirmedBy !== null || source === "seed"),
  );
  return [...(await seedsOf(rows)), ...confirmed];
}

async function seedsOf(rows: readonly Row[]): Promise<Example[]> {
  const seeds: Example[] = [];
  for (const row of rows)
    for (const text of row.examples)
      seeds.push({
        id: `seed:${row.id}:${createHash("sha256").update(text).digest("hex").slice(0, 12)}`,
        text,
        label: row.id,
        language: await languageOf(text),
        source: "seed",
        confirmedBy: null,
        ticketId: null,
        embedding: null,
        embeddedBy: null,
        createdAt: 0,
      });
  return seeds;
}

/** @param vectors by text; @param compared how many of their numbers, the first, say how near two texts are */
export function shelve(
  rows: readonly Row[],
  given: readonly Example[],
  vectors: ReadonlyMap<string, Float32Array>,
  compared: number,
): Shelf {
  const examples = given.map(({ id, text, label, language, ticketId, source }) => ({
    id,
    text,
    label,
    language,
    ticketId,
    isSeed: source === "seed",
  }));
  const counts = new Map<string, number>();
  for (const { label, language } of examples) {
    const key = `${label} ${language}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const vectorOf = ({ text }: Shelved): Float32Array | null => vectors.get(text) ?? null;
  const encoded = examples.flatMap((example) => {
    const vector = vectorOf(example);
    return vector === null ? [] : [{ example, vector }];
  });
  const seen = encoded.map(({ example }) => example);
  const placed = seen.map(({ label }) => !isAbstention(label));
  const similaritiesTo = remembered(
    packed(
      encoded.map(({ vector }) => vector),
      compared,
    ),
  );
  let numbered: { labels: readonly string[]; numbers: number[] } | null = null;
  const byLanguage = new Map<string, ReturnType<typeof textIndex>>();
  return {
    rows,
    examples,
    vectorOf,
    count: (label, language) => counts.get(`${label} ${language}`) ?? 0,
    nearestByVector: (vector, floor) => nearest(seen, similaritiesTo(vector), floor),
    closest: (vector) =>
      placed.includes(true)
        ? similaritiesTo(vector).reduce((most, each, at) => (placed[at] ? Math.max(most, each) : most), -1)
        : null,
    nearness(vector, labels) {
      if (numbered?.labels !== labels)
        numbered = { labels, numbers: seen.map(({ label }) => labels.indexOf(label)) };
      return nearChances(similaritiesTo(vector), numbered.numbers, labels.length);
    },
    nearestByText(text, language, floor) {
      const index =
        byLanguage.get(language) ?? textIndex(examples.filter((example) => example.language === language));
      byLanguage.set(language, index);
      return index(text, floor);
    },
  };
}

/** One ticket is asked about several times in a row: its labels, its neighbours, their vote. */
function remembered(matrix: Packed): (vector: Float32Array) => Float32Array {
  let last: { readonly vector: Float32Array; readonly similarities: Float32Array } | null = null;
  return (vector) => {
    if (last?.vector !== vector) last = { vector, similarities: cosines(matrix, vector) };
    return last.similarities;
  };
}

function nearest(examples: readonly Shelved[], similarities: Float32Array, floor: number): Near[] {
  const found: Near[] = [];
  for (const [at, example] of examples.entries()) {
    const similarity = similarities[at] ?? -1;
    if (similarity >= floor) found.push({ example, similarity });
  }
  return found.sort((a, b) => b.similarity - a.similarity);
}

function textIndex(examples: readonly Shelved[]) {
  const counts = examples.map(({ text }) => countsOf(text));
  const rarity = rarityOf(counts);
  const texts = counts.map((each) => sparse(each, rarity));
  return (text: string, floor: number): Near[] => {
    const sought = new Float32Array(COLUMNS);
    const { columns, values } = sparse(countsOf(text), rarity);
    for (const [at, column] of columns.entries()) sought[column] = values[at] ?? 0;
    const similarities = Float32Array.from(texts, (each) => overlap(each, sought));
    return nearest(examples, similarities, floor);
  };
}

function overlap({ columns, values }: Sparse, sought: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < columns.length; at++) sum += (values[at] ?? 0) * (sought[columns[at] ?? 0] ?? 0);
  return sum;
}
