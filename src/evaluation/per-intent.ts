/** Precision, recall and F1 of every intent. */
import type { Scored } from "./score.ts";
import { type Share, shareOf } from "./share.ts";

export interface IntentScore {
  readonly intent: string;
  /** Tickets that have it. */
  readonly expected: number;
  /** Tickets that were said to have it. */
  readonly answered: number;
  readonly right: number;
  /** Of those said to have it; of those that have it. */
  readonly precision: Share;
  readonly recall: Share;
  /** Null when nobody has it and nobody was said to. */
  readonly f1: number | null;
}

/** The weakest first. */
export function perIntent(scored: readonly Scored[]): IntentScore[] {
  const known = scored.filter(({ ticket }) => ticket.intent !== null);
  const intents = new Set(known.flatMap(({ ticket, answer }) => [ticket.intent ?? "", ...said(answer)]));
  return [...intents]
    .map((intent) => scoreOf(intent, known))
    .toSorted((a, b) => (a.f1 ?? 0) - (b.f1 ?? 0) || b.expected - a.expected || compare(a.intent, b.intent));
}

function scoreOf(intent: string, known: readonly Scored[]): IntentScore {
  const expected = known.filter(({ ticket }) => ticket.intent === intent).length;
  const answered = known.filter(({ answer }) => said(answer).includes(intent)).length;
  const right = known.filter(({ ticket, intentRight }) => ticket.intent === intent && intentRight).length;
  const f1 = expected + answered === 0 ? null : (2 * right) / (expected + answered);
  const precision = shareOf(right, answered);
  return { intent, expected, answered, right, precision, recall: shareOf(right, expected), f1 };
}

const said = ({ refused, intent }: Scored["answer"]): string[] => (refused === null ? [intent] : []);
const compare = (a: string, b: string): number => (a < b ? -1 : 1);

/** The mean of the intents' F1: a rare intent weighs as much as a common one. Only those that some ticket has. */
export function macroF1(scores: readonly IntentScore[]): number | null {
  const some = scores.filter(({ expected }) => expected > 0);
  return some.length === 0 ? null : some.reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / some.length;
}
