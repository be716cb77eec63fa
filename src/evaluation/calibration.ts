/** Whether the confidence means what it says. */
import type { Scored } from "./score.ts";
import { type Share, shareWhere } from "./share.ts";

export interface CalibrationBin {
  /** Confidence, from (including) and to (excluding, but for 1). */
  readonly from: number;
  readonly to: number;
  /** The mean of what was stated. */
  readonly stated: number;
  readonly right: Share;
}

export interface Calibration {
  /** Expected calibration error: how far stated and right lie apart, weighted by tickets. Null of no tickets. */
  readonly ece: number | null;
  /** Only those that hold tickets. */
  readonly bins: readonly CalibrationBin[];
}

const BINS = 10;

/** Over the tickets whose intent is known and that got an answer: a refusal states nothing. */
export function calibrationOf(scored: readonly Scored[]): Calibration {
  const stated = scored.filter(({ intentRight, answer }) => intentRight !== null && answer.refused === null);
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const within = stated.filter(({ answer }) => binOf(answer.confidence) === bin);
    const sum = within.reduce((total, { answer }) => total + answer.confidence, 0);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      stated: sum / within.length,
      right: shareWhere(within, ({ intentRight }) => intentRight === true),
    };
  }).filter(({ right }) => right.total > 0);
  const gap = bins.reduce(
    (sum, bin) => sum + Math.abs(bin.stated - (bin.right.share ?? 0)) * bin.right.total,
    0,
  );
  return { ece: stated.length === 0 ? null : gap / stated.length, bins };
}

const binOf = (confidence: number): number => Math.min(BINS - 1, Math.floor(confidence * BINS));
