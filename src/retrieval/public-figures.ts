/** How good the local classifier and retrieval are on labelled texts that anybody can have: the figures of the README. */
import type { Example } from "../ports/examples.ts";
import type { Row } from "../triage/routing-table.ts";
import { randomFrom, shuffled } from "./chances.ts";
import type { Embedder } from "./embedder.ts";
import { handed, type Known } from "./handed.ts";
import { learnIntents } from "./intent-model.ts";
import { chancesOf } from "./judgement.ts";
import { learn, saidBy } from "./learn.ts";
import { shelve } from "./shelf.ts";

export interface Labelled {
  readonly text: string;
  readonly label: string;
}

/** Shares of 1. */
export interface Figures {
  readonly accuracy: number;
  /** Expected calibration error over fifteen bins. */
  readonly calibrationError: number;
  /** The right label was among the local labels or the examples. */
  readonly handed: number;
}

/** By text; empty without an encoder. */
export type Vectors = ReadonlyMap<string, Float32Array>;

/** A table that knows its intents only by name. */
export const rowsFor = (labels: readonly string[]): Row[] =>
  labels.map((label) => ({
    id: label,
    name: label.replaceAll("_", " "),
    description: label.replaceAll("_", " "),
    examples: [],
    group: "All",
    tags: [],
    mode: "live",
    category: { id: "all", name: "All", intents: [] },
  }));

/** What is known after these texts were confirmed. @param compared how many of the vectors' numbers say how near two texts are */
export function knownFrom(train: readonly Labelled[], vectors: Vectors, compared: number): Known {
  const rows = rowsFor([...new Set(train.map(({ label }) => label))].sort());
  const vectorOf = (text: string): Float32Array | null => vectors.get(text) ?? null;
  const examples = train.map(
    ({ text, label }, at): Example => ({
      id: String(at),
      text,
      label,
      language: "en",
      source: "correction",
      confirmedBy: "the data set",
      ticketId: null,
      embedding: null,
      embeddedBy: null,
      createdAt: 0,
    }),
  );
  const texts = [
    ...rows.flatMap((row) =>
      saidBy(row).map((text) => ({ text, label: row.id, vector: vectorOf(text), kind: "said" as const })),
    ),
    ...train.map(({ text, label }) => ({ text, label, vector: vectorOf(text), kind: "ticket" as const })),
  ];
  return {
    learned: learn(rows, texts, compared),
    words: learnIntents(rows),
    shelf: shelve(rows, examples, vectors, compared),
  };
}

const BINS = 15;

export function figuresOf(
  known: Known,
  test: readonly Labelled[],
  vectors: Vectors,
  embedder: Embedder | null,
): Figures {
  const bins = Array.from({ length: BINS }, () => ({ stated: 0, right: 0 }));
  let right = 0;
  let found = 0;
  for (const { text, label } of test) {
    const sketch = { text, language: "en", vector: vectors.get(text) ?? null };
    const [best] = chancesOf(sketch, { ...known, embedder });
    const { localLabels, examples } = handed(sketch, known, embedder, null);
    const hit = best?.intent === label ? 1 : 0;
    right += hit;
    found += localLabels.includes(label) || examples.some((example) => example.label === label) ? 1 : 0;
    const bin = bins[Math.min(BINS - 1, Math.floor((best?.probability ?? 0) * BINS))];
    if (bin === undefined) continue;
    bin.stated += best?.probability ?? 0;
    bin.right += hit;
  }
  return {
    accuracy: right / test.length,
    calibrationError: bins.reduce((sum, bin) => sum + Math.abs(bin.stated - bin.right), 0) / test.length,
    handed: found / test.length,
  };
}

/** @param each so many texts of each label, drawn by the seed */
export function drawn(texts: readonly Labelled[], each: number, seed: number): Labelled[] {
  const taken = new Map<string, number>();
  return shuffled(texts, randomFrom(seed)).filter(({ label }) => {
    const count = taken.get(label) ?? 0;
    taken.set(label, count + 1);
    return count < each;
  });
}

/** Accuracy on `fresh` intents with few examples, beside others that have up to a hundred. */
export function newIntents(
  train: readonly Labelled[],
  test: readonly Labelled[],
  vectors: Vectors,
  { examples, seed, embedder }: { examples: number; seed: number; embedder: Embedder | null },
): { fresh: number; others: number } {
  const FRESH = 5;
  const USUAL = 100;
  const labels = shuffled([...new Set(train.map(({ label }) => label))].sort(), randomFrom(seed));
  const fresh = new Set(labels.slice(0, FRESH));
  const isFresh = ({ label }: Labelled): boolean => fresh.has(label);
  const known = knownFrom(
    [
      ...drawn(train.filter(isFresh), examples, seed),
      ...drawn(
        train.filter((text) => !isFresh(text)),
        USUAL,
        seed,
      ),
    ],
    vectors,
    embedder?.compared ?? 0,
  );
  const of = (texts: readonly Labelled[]): number => figuresOf(known, texts, vectors, embedder).accuracy;
  return { fresh: of(test.filter(isFresh)), others: of(test.filter((text) => !isFresh(text))) };
}
