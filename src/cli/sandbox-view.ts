/** The figures of a simulated month for people. */
import type { Share } from "../evaluation/share.ts";
import { type Labelled, labelled, type Screen } from "./output.ts";
import type { Figures } from "./sandbox-figures.ts";

export interface Pace {
  readonly days: number;
  /** Simulated seconds in a real one: asked for, and reached. */
  readonly wanted: number;
  readonly reached: number;
  readonly seconds: number;
}

/** Below this share of the speed that was asked for, the machine was the limit. */
const SLOWER = 0.9;

export function monthLines(figures: Figures, pace: Pace, screen: Screen): string {
  const { actions, csat, fights, outcomes, seconds_to_assignment: waited, undecided } = figures;
  const erased: Labelled[] = figures.erased === 0 ? [] : [["Erased for good", String(figures.erased)]];
  const rows: Labelled[] = [
    ["Tickets", `${figures.tickets}: ${counted(figures.by_channel)}`, "bold"],
    ["Languages", counted(figures.by_language)],
    ["Routed alone", String(actions.assign)],
    ["Right team", percent(figures.right_group)],
    ["Right intent", percent(figures.right_intent)],
    ["Reviews", String(actions.review)],
    ["Left alone", String(actions.skip)],
    ["Reasons", counted(figures.reasons)],
    ...erased,
    ["Undecided", undecided.length === 0 ? "none" : undecided.map((id) => `#${id}`).join(", ")],
    ["To its team in", `${inSeconds(waited.p50)} (half of them), ${inSeconds(waited.p95)} (95 %)`],
    ["Found by sweep", String(figures.found_by_sweep)],
    ["Became of these", counted(outcomes)],
    ["Of the reviews", counted(figures.review_outcomes)],
    ["Moves by people", String(figures.reroutes)],
    ["Satisfied", percent(csat)],
    [
      "Trigger fights",
      fights.length === 0
        ? "none"
        : fights
            .map(({ rule, tickets }) => `“${rule}” on ${tickets} ticket${tickets === 1 ? "" : "s"}`)
            .join(", "),
    ],
    ["Pace", paceLine(pace)],
  ];
  return labelled(rows, screen);
}

function paceLine({ days, wanted, reached, seconds }: Pace): string {
  const took = `${days} days in ${Math.round(seconds)} s, ${Math.round(reached)} times real time`;
  if (reached >= wanted * SLOWER) return took;
  return `${took}; the ${wanted} asked for were more than this machine's router keeps up with, so time waited for it`;
}

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name.replaceAll("_", " ")}`)
    .join(", ") || "none";

/** As `switchyard eval` writes them, with the 95 % interval. */
function percent({ count, total, share, low, high }: Share): string {
  if (share === null) return "none to tell by";
  const points = (value: number): string => (value * 100).toFixed(1);
  return `${points(share)} % (${points(low)}–${points(high)}), ${count} of ${total}`;
}

const inSeconds = (seconds: number | null): string => (seconds === null ? "–" : `${seconds.toFixed(1)} s`);
