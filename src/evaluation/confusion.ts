/** Which intent was taken for which. */
import type { Scored } from "./score.ts";

export interface ConfusedPair {
  readonly expected: string;
  readonly answered: string;
  readonly count: number;
}

/** The most frequent first. */
export function confusedPairs(scored: readonly Scored[]): ConfusedPair[] {
  const pairs = new Map<string, ConfusedPair>();
  for (const { ticket, answered, intentRight } of scored) {
    if (intentRight !== false || ticket.intent === null) continue;
    const key = JSON.stringify([ticket.intent, answered]);
    const { count = 0 } = pairs.get(key) ?? {};
    pairs.set(key, { expected: ticket.intent, answered, count: count + 1 });
  }
  return [...pairs.values()].toSorted(
    (a, b) => b.count - a.count || `${a.expected} ${a.answered}`.localeCompare(`${b.expected} ${b.answered}`),
  );
}

export interface ConfusionMatrix {
  /** Rows (expected) and columns (answered) alike. */
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The labels that most mistakes are about, as many as can be looked at. */
export function confusionMatrix(scored: readonly Scored[], most: number): ConfusionMatrix {
  const mistakes = new Map<string, number>();
  for (const { expected, answered, count } of confusedPairs(scored))
    for (const label of [expected, answered]) mistakes.set(label, (mistakes.get(label) ?? 0) + count);
  const labels = [...mistakes]
    .toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b))
    .slice(0, most)
    .map(([label]) => label);
  const counts = labels.map((row) =>
    labels.map(
      (column) =>
        scored.filter(({ ticket, answered }) => ticket.intent === row && answered === column).length,
    ),
  );
  return { labels, counts };
}
