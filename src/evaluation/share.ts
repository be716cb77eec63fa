/** A share of a count, and the interval that the true share lies in. */

export interface Share {
  readonly count: number;
  readonly total: number;
  /** 0 to 1; null of nothing. */
  readonly share: number | null;
  /** 95 % Wilson interval: honest for small counts and shares near 0 or 1. */
  readonly low: number;
  readonly high: number;
}

/** Standard deviations that hold 95 % of a normal distribution. */
const Z = 1.959964;

export function shareOf(count: number, total: number): Share {
  if (total === 0) return { count, total, share: null, low: 0, high: 1 };
  const share = count / total;
  const middle = share + Z ** 2 / (2 * total);
  const half = Z * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  const scale = 1 + Z ** 2 / total;
  return {
    count,
    total,
    share,
    low: Math.max(0, (middle - half) / scale),
    high: Math.min(1, (middle + half) / scale),
  };
}

/** How many of these are so. */
export const shareWhere = <T>(all: readonly T[], isSo: (each: T) => boolean): Share =>
  shareOf(all.filter(isSo).length, all.length);
