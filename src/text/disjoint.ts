/** What several patterns of one finder have found, as parts of the text that do not reach into each other. */
import type { Span } from "./redact.ts";

/** In order. Where two overlap they become one, of the first one's kind: nothing that either has found may stay. */
export function disjoint(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const next of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || next.start >= last.end) kept.push(next);
    else if (next.end > last.end) kept[kept.length - 1] = { ...last, end: next.end };
  }
  return kept;
}
