/**
 * What is known for one routing table at the moment: its examples on the shelf and the model learned from them. Brought up
 * to date in the background and swapped whole; until then the earlier one serves.
 */
import type { Example, Examples } from "../ports/examples.ts";
import type { Now } from "../ports/now.ts";
import type { Row } from "../triage/routing-table.ts";
import type { Embedder } from "./embedder.ts";
import { type IntentModel, learnIntentsGently } from "./intent-model.ts";
import { languageOf } from "./language.ts";
import { LEARNER, type Learned, saidBy, type TrainingText } from "./learn.ts";
import { digest, rowsKey } from "./rows-key.ts";
import { examplesFor, type Shelf, shelve, understands } from "./shelf.ts";
import { keep, learnInThread, readKept } from "./training.ts";

export interface Library {
  readonly examples: Examples | null;
  readonly embedder: () => Promise<Embedder | null>;
  /** Null: nothing is kept on the disk. */
  readonly folder: string | null;
  readonly now: Now;
  readonly signal: AbortSignal;
}

type Vectors = ReadonlyMap<string, Float32Array>;

export interface Knowledge {
  readonly rows: readonly Row[];
  readonly words: IntentModel;
  shelf: Shelf;
  learned: Learned | null;
  /** The revision that `learned` was learned from; null: not yet. */
  learnedFrom: string | null;
  /** Names the words and the model together: other answers, another version. */
  version: string;
  /** Of the examples on the shelf. */
  revision: string | null;
  vectors: Vectors;
  /** How many numbers of each vector say how near two texts are. */
  compared: number;
  /** Epoch milliseconds. */
  learnedAt: number;
  learningMs: number;
}

/** After learning, so many times its duration is for other work; and never sooner than the first. */
const REST = { atLeastMs: 60_000, durations: 5 } as const;

/** @param earlier serves until this one has learned, when it knows the same intents */
export async function beginKnowledge(rows: readonly Row[], earlier: Knowledge | null): Promise<Knowledge> {
  const vectors: Vectors = earlier?.vectors ?? new Map();
  const ids = rows.map((row) => row.id);
  const fits = JSON.stringify(earlier?.learned?.labels) === JSON.stringify(ids);
  return {
    rows,
    words: await learnIntentsGently(rows),
    shelf: shelve(rows, [], vectors, earlier?.compared ?? 0),
    learned: fits ? (earlier?.learned ?? null) : null,
    learnedFrom: null,
    version: fits && earlier !== null ? earlier.version : rowsKey(rows),
    revision: null,
    vectors,
    compared: earlier?.compared ?? 0,
    learnedAt: 0,
    learningMs: 0,
  };
}

/**
 * Brings the shelf up to date, then the model.
 * @param atOnce learn even if it has only just learned
 */
export async function bringUpToDate(known: Knowledge, library: Library, atOnce: boolean): Promise<void> {
  const revision = (await library.examples?.revision()) ?? "";
  const rested =
    known.learnedFrom === null ||
    library.now() - known.learnedAt >= Math.max(REST.atLeastMs, REST.durations * known.learningMs);
  if (revision === known.revision && !(known.revision !== known.learnedFrom && (rested || atOnce))) return;
  const embedder = await library.embedder();
  const given = await examplesFor(known.rows, library.examples);
  const key = keyOf(known.rows, given, embedder);
  const kept = library.folder === null ? null : await readKept(library.folder, key);
  const before = new Map([...(kept?.vectors ?? []), ...known.vectors, ...storedVectors(given, embedder)]);
  const vectors = new Map<string, Float32Array>();
  // What a provider gave before it failed is not asked for again.
  known.vectors = vectors;
  known.compared = embedder?.compared ?? 0;
  await embedMissing(textsOf(known.rows, given), { before, vectors, embedder, signal: library.signal });
  known.shelf = shelve(known.rows, given, vectors, known.compared);
  known.revision = revision;
  await keepNewVectors(given, vectors, embedder, library.examples);
  if (!(rested || atOnce)) return;
  const begin = library.now();
  const texts = await trainingTexts(known.rows, given, vectors);
  known.learned = kept?.learned ?? (await learnInThread(known.rows, texts, known.compared, library.signal));
  known.learnedFrom = revision;
  known.version = key;
  known.learnedAt = library.now();
  known.learningMs = known.learnedAt - begin;
  if (kept === null && library.folder !== null)
    await keep(library.folder, key, {
      learned: known.learned,
      vectors: unstored(known.rows, given, vectors),
    });
}

interface Worded {
  readonly text: string;
  readonly language: string | null;
}

const textsOf = (rows: readonly Row[], given: readonly Example[]): Worded[] => [
  ...rows.flatMap((row) => saidBy(row).map((text) => ({ text, language: null }))),
  ...given,
];

interface Embedding {
  readonly before: Vectors;
  /** Filled. Only texts still in use are carried over: those of erased tickets go. */
  readonly vectors: Map<string, Float32Array>;
  readonly embedder: Embedder | null;
  readonly signal: AbortSignal;
}

async function embedMissing(
  texts: readonly Worded[],
  { before, vectors, embedder, signal }: Embedding,
): Promise<void> {
  const missing = new Set<string>();
  for (const { text, language } of texts) {
    const vector = before.get(text);
    if (vector !== undefined && vector.length === embedder?.dimensions) vectors.set(text, vector);
    else if (understands(embedder, language ?? (await languageOf(text)))) missing.add(text);
  }
  const list = [...missing];
  for (let at = 0; embedder !== null && at < list.length; at += embedder.batch) {
    const batch = list.slice(at, at + embedder.batch);
    const made = await embedder.embed(batch, "example", signal);
    for (const [index, text] of batch.entries()) {
      const vector = made[index];
      if (vector !== undefined) vectors.set(text, vector);
    }
  }
}

const storedVectors = (given: readonly Example[], embedder: Embedder | null): [string, Float32Array][] =>
  given.flatMap(({ text, embedding, embeddedBy }): [string, Float32Array][] =>
    embedding !== null && embeddedBy === embedder?.name ? [[text, embedding]] : [],
  );

async function keepNewVectors(
  given: readonly Example[],
  vectors: Vectors,
  embedder: Embedder | null,
  examples: Examples | null,
): Promise<void> {
  if (embedder === null || examples === null) return;
  const fresh = given.flatMap(({ id, text, embeddedBy }) => {
    const embedding = vectors.get(text);
    return isSeed(id) || embeddedBy === embedder.name || embedding === undefined ? [] : [{ id, embedding }];
  });
  if (fresh.length > 0) await examples.keepEmbeddings(embedder.name, fresh);
}

const isSeed = (id: string): boolean => id.startsWith("seed:");

function unstored(rows: readonly Row[], given: readonly Example[], vectors: Vectors): Vectors {
  const texts = textsOf(
    rows,
    given.filter(({ id }) => isSeed(id)),
  );
  return new Map(
    texts.flatMap(({ text }): [string, Float32Array][] => {
      const vector = vectors.get(text);
      return vector === undefined ? [] : [[text, vector]];
    }),
  );
}

async function trainingTexts(
  rows: readonly Row[],
  given: readonly Example[],
  vectors: Vectors,
): Promise<TrainingText[]> {
  const vectorOf = (text: string): Float32Array | null => vectors.get(text) ?? null;
  return [
    ...rows.flatMap((row) =>
      saidBy(row).map((text) => ({ text, label: row.id, vector: vectorOf(text), kind: "said" as const })),
    ),
    ...given.map(({ text, label, source }) => ({
      text,
      label,
      vector: vectorOf(text),
      kind: source === "seed" ? ("seed" as const) : ("ticket" as const),
    })),
  ];
}

const keyOf = (rows: readonly Row[], given: readonly Example[], embedder: Embedder | null): string =>
  digest([
    LEARNER,
    embedder?.name ?? null,
    rowsKey(rows),
    given.map(({ text, label, language, source }) => [text, label, language, source]),
  ]);
