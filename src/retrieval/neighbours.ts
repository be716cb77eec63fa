/** Which of the near examples are handed to Claude, and what all of them say together. */
import type { Neighbour } from "../ports/examples.ts";
import { type Abstention, isAbstention } from "../triage/routing-table.ts";
import type { Near } from "./shelf.ts";

export interface Wanted {
  /** The most examples to return. */
  readonly k: number;
  readonly perLabel: number;
  /** A ticket is no example of itself. */
  readonly excludeTicketId: number | null;
  /** The local classifier's likeliest labels: each is shown by its nearest example when one is near at all. */
  readonly topLabels: readonly string[];
}

/** So many labels are shown before any label is shown twice: the right one among them matters most. */
const DISTINCT_LABELS = 7;

/** @param near nearest first */
export function chosen(
  near: readonly Near[],
  { k, perLabel, excludeTicketId, topLabels }: Wanted,
): Neighbour[] {
  const others = near.filter(
    ({ example }) => example.ticketId === null || example.ticketId !== excludeTicketId,
  );
  const byLabel = new Map<string, Near[]>();
  const seen = new Set<string>();
  for (const each of others) {
    const same = byLabel.get(each.example.label) ?? [];
    // The same words twice teach nothing the second time.
    if (same.length >= perLabel || seen.has(each.example.text)) continue;
    seen.add(each.example.text);
    byLabel.set(each.example.label, [...same, each]);
  }
  const labels = [...byLabel.keys()];
  const order = [...topLabels.slice(0, 1), ...labels.slice(0, DISTINCT_LABELS), ...topLabels].flatMap(
    (label) => byLabel.get(label)?.slice(0, 1) ?? [],
  );
  const repeats = [...byLabel.values()].flatMap((same) => same.slice(1));
  const best = [...new Set([...order, ...repeats])].slice(0, k);
  return best
    .sort((a, b) => b.similarity - a.similarity)
    .map(({ example: { id, text, label, language }, similarity }) => ({
      id,
      text,
      label,
      language,
      similarity,
    }));
}

export interface Vote {
  /** Share of the votes for each label, 0 to 1, the largest first. */
  readonly shares: readonly { label: string; share: number }[];
  /** Between the first and the second. */
  readonly margin: number;
}

const VOTERS = 10;
/** How fast a vote loses weight with distance; cosine. */
const SHARPNESS = 0.05;

/** @param near nearest first */
export function voteOf(near: readonly Near[], excludeTicketId: number | null): Vote {
  const voters = near
    .filter(({ example }) => example.ticketId === null || example.ticketId !== excludeTicketId)
    .slice(0, VOTERS);
  const highest = voters[0]?.similarity ?? 0;
  const votes = new Map<string, number>();
  let sum = 0;
  for (const { example, similarity } of voters) {
    const vote = Math.exp((similarity - highest) / SHARPNESS);
    votes.set(example.label, (votes.get(example.label) ?? 0) + vote);
    sum += vote;
  }
  const shares = [...votes]
    .map(([label, vote]) => ({ label, share: vote / sum }))
    .sort((a, b) => b.share - a.share);
  return { shares, margin: (shares[0]?.share ?? 0) - (shares[1]?.share ?? 0) };
}

const MOSTLY = 0.6;

/** Whether the near examples say that such tickets belong to no intent. @param near nearest first @param alike how near the nearest must be */
export function abstentionAmong(near: readonly Near[], alike: number): Abstention | null {
  const [nearest] = near;
  if (nearest === undefined || nearest.similarity < alike) return null;
  const [first] = voteOf(near, null).shares;
  return first !== undefined && first.share >= MOSTLY && isAbstention(first.label) ? first.label : null;
}
