/**
 * A text as a sparse vector: its words, pairs of words and runs of two to five letters, hashed into a fixed number of
 * columns and weighed by how rare they are. It needs no language and no vocabulary, so typing errors, endings and scripts
 * without blanks still match.
 */

const BITS = 16;
export const COLUMNS = 1 << BITS;
/** What a customer wants stands at the beginning; more text costs time and blurs it. */
const READ_CHARS = 4_000;
const GRAMS = { from: 2, to: 5 } as const;
/** Beyond this a "word" is a token or a file, and its runs of letters say nothing. */
const LONGEST_WORD = 60;

const WORD = /[\p{L}\p{M}\p{N}_']+|[^\s\p{L}\p{N}]/gu;
const ADDRESS = /https?:\S+/g;

/** Columns and their values, side by side; of length 1. */
export interface Sparse {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

type Counts = ReadonlyMap<number, number>;

export function countsOf(text: string): Counts {
  const counts = new Map<number, number>();
  const add = (feature: string): void => {
    const column = hash(feature) & (COLUMNS - 1);
    counts.set(column, (counts.get(column) ?? 0) + 1);
  };
  const plain = text.slice(0, READ_CHARS).toLowerCase().normalize("NFKC");
  let previous: string | null = null;
  for (const [word] of plain.replace(ADDRESS, " url ").replace(/\d+/g, "0").matchAll(WORD)) {
    add(`w${word}`);
    if (previous !== null) add(`b${previous} ${word}`);
    previous = word;
    const padded = ` ${word.slice(0, LONGEST_WORD)} `;
    for (let length = GRAMS.from; length <= Math.min(GRAMS.to, padded.length); length++)
      for (let at = 0; at + length <= padded.length; at++) add(`c${padded.slice(at, at + length)}`);
  }
  return counts;
}

/** How rare each column is among the texts; 0: none of them has it. */
export function rarityOf(texts: readonly Counts[]): Float32Array {
  const frequency = new Float32Array(COLUMNS);
  for (const text of texts)
    for (const column of text.keys()) frequency[column] = (frequency[column] ?? 0) + 1;
  return frequency.map((count) => (count === 0 ? 0 : Math.log((1 + texts.length) / (1 + count)) + 1));
}

/** Columns that nothing is known of are left out. */
export function sparse(counts: Counts, rarity: Float32Array): Sparse {
  const columns: number[] = [];
  const values: number[] = [];
  let squares = 0;
  for (const [column, count] of counts) {
    const rare = rarity[column] ?? 0;
    if (rare === 0) continue;
    const value = (1 + Math.log(count)) * rare;
    columns.push(column);
    values.push(value);
    squares += value * value;
  }
  const norm = Math.sqrt(squares) || 1;
  return { columns: Int32Array.from(columns), values: Float32Array.from(values, (value) => value / norm) };
}

/** FNV-1a with a final stir; the low bits are what is used. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
