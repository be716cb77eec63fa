/** Figures as people read them, the same on the terminal and in the report. */
import type { Figures, Versus } from "./evaluation.ts";
import type { Share } from "./share.ts";

/** `87.3 %`, or a dash where there is nothing to measure. */
export const percentOf = (share: number | null): string =>
  share === null ? "–" : `${(share * 100).toFixed(1)} %`;

/** `87.3 % (83.0–90.7)`: the share and the interval it lies in, in percent. */
export const shareText = ({ share, low, high }: Share): string =>
  share === null ? "–" : `${percentOf(share)} (${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)})`;

export const dollars = (usd: number | null): string => {
  if (usd === null) return "unknown price";
  return usd === 0 ? "$0" : `$${usd.toFixed(usd < 0.1 ? 6 : 2)}`;
};

export const milliseconds = (ms: number | null): string => {
  if (ms === null) return "–";
  return ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
};

export const counted = (count: number): string => count.toLocaleString("en");

export interface Measure {
  readonly name: string;
  readonly of: (figures: Figures) => string;
}

/** The figures that are shown first, one line each. */
export const MEASURES: readonly Measure[] = [
  { name: "Right intent", of: ({ accuracy }) => shareText(accuracy.intent) },
  { name: "Right team, by intent", of: ({ accuracy }) => shareText(accuracy.groupMeant) },
  { name: "Placed right, of all", of: ({ accuracy }) => shareText(accuracy.group) },
  { name: "Right of the assigned", of: ({ accuracy }) => shareText(accuracy.assignedRight) },
  { name: "Assigned alone", of: ({ accuracy }) => shareText(accuracy.assigned) },
  { name: "Mean F1 of intents", of: ({ macroF1 }) => percentOf(macroF1) },
  { name: "Calibration error, ECE", of: ({ calibration }) => percentOf(calibration.ece) },
  { name: "Surest 50 %: right", of: atCoverageText(0.5) },
  { name: "Surest 80 %: right", of: atCoverageText(0.8) },
  { name: "Surest 90 %: right", of: atCoverageText(0.9) },
  { name: "Answer took, p50", of: ({ latencyMs }) => milliseconds(latencyMs.p50) },
  { name: "Answer took, p95", of: ({ latencyMs }) => milliseconds(latencyMs.p95) },
  {
    name: "Tokens sent",
    of: ({ bill: { tokens } }) => counted(tokens.input + tokens.cacheRead + tokens.cacheWrite),
  },
  { name: "  of them from the cache", of: ({ bill }) => percentOf(bill.cacheShare) },
  { name: "Tokens written", of: ({ bill }) => counted(bill.tokens.output) },
  { name: "Cost", of: ({ bill }) => dollars(bill.costUsd) },
  {
    name: "Cost of a ticket",
    of: ({ bill, tickets }) => (tickets === 0 ? "–" : dollars(bill.costPerTicketUsd)),
  },
];

function atCoverageText(coverage: number): Measure["of"] {
  return (figures) => {
    const point = figures.atCoverage.find((each) => each.coverage === coverage)?.point;
    return point ? shareText(point.right) : "–";
  };
}

/** Below this a split as uneven as this one would be a rare accident. */
const CLEAR_P = 0.05;

/** Two sentences: who was right where the other was not, and whether that says anything. */
export function versusText({ first, second, tickets, intent, group }: Versus): string {
  const { firstOnly, secondOnly, p } = intent ?? group;
  const better = firstOnly > secondOnly ? first : second;
  const verdict =
    p < CLEAR_P
      ? `${better} is better on these tickets, and hardly by luck`
      : "that may be luck: too small a difference for so few tickets";
  return (
    `Of ${counted(tickets)} tickets, ${counted(firstOnly)} had the right ${intent === null ? "team" : "intent"} only from ${first}, ` +
    `${counted(secondOnly)} only from ${second}; ${verdict} (exact McNemar test, p = ${p < 0.001 ? p.toExponential(1) : p.toFixed(3)}).`
  );
}
