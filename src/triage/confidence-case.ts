/**
 * Which tickets are alike to whoever judges an answer. What was learned from some kinds of tickets says nothing of
 * another kind: the outcomes of sure ones alone would lift them all, and nobody would have looked at a doubtful one.
 */
import type { Signals } from "./confidence.ts";

/** Neighbours that stand behind the answer, nearly all of them. */
const MOSTLY = 0.75;
/** Between these, the local classifier's tickets are alike. */
const LOCAL_CUTS = [0.6, 0.8, 0.9, 0.97] as const;

const neighbours = ({ agrees, agreement }: Signals): string => {
  if (agrees === null) return "alone";
  if (!agrees) return "opposed";
  return (agreement ?? 0) >= MOSTLY ? "supported" : "half_supported";
};

/** A short name, the same for tickets that are alike. */
export function caseOf(signals: Signals): string {
  const { classifier, level, probability, injection_suspected, language_weak, truncated } = signals;
  const stated =
    classifier === "claude"
      ? (level ?? "low")
      : String(LOCAL_CUTS.filter((cut) => (probability ?? 0) >= cut).length);
  const flagged = injection_suspected || language_weak || truncated ? "flagged" : "plain";
  return `${classifier} ${stated} ${neighbours(signals)} ${flagged}`;
}
