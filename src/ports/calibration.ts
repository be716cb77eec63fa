/** Where confidence is learned from, and where what was learned is kept. */
import { type Calibration, parseCalibration } from "../triage/calibration.ts";
import type { EndedDecision } from "../triage/calibration-label.ts";
import type { Now } from "./now.ts";
import type { Cursors } from "./store.ts";

/** The decisions that the intent alone made: routed since it was sure enough, or reviewed since it was not; live and shadow. */
export interface LabelledOutcomes {
  /** The newest of those made since then (epoch milliseconds) whose end is known, or about which somebody has spoken. */
  ended(query: { readonly since: number; readonly limit: number }): Promise<EndedDecision[]>;
  /** How many there are in all, whether or not their end is known. */
  decided(since: number): Promise<{ readonly routed: number; readonly reviewed: number }>;
}

const LATEST = "calibration:latest";
const keyOf = (version: number): string => `calibration:${version}`;

/** One text for each version of the routing table, and beside them the number of the newest. */
export async function keepCalibration(
  cursors: Pick<Cursors, "put">,
  calibration: Calibration,
): Promise<void> {
  await cursors.put(keyOf(calibration.version), JSON.stringify(calibration));
  await cursors.put(LATEST, String(calibration.version));
}

/**
 * Of this version of the table, else the newest there is: its rows that have not changed still count. Null: nothing
 * was learned yet, or by a release that counted otherwise.
 */
export async function storedCalibration(
  cursors: Pick<Cursors, "get">,
  version: number,
): Promise<Calibration | null> {
  const text = (await cursors.get(keyOf(version))) ?? (await latest(cursors));
  return text === null ? null : parseCalibration(text);
}

async function latest(cursors: Pick<Cursors, "get">): Promise<string | null> {
  const version = await cursors.get(LATEST);
  return version === null ? null : cursors.get(keyOf(Number(version)));
}

/** Read anew this often: a calibration is made every hour or so. */
const FRESH_MS = 60_000;

/** The same for everybody who asks within a minute, so that tickets do not each parse it again. */
export function createCalibrations(
  cursors: Pick<Cursors, "get">,
  now: Now,
): (version: number) => Promise<Calibration | null> {
  let known: { version: number; at: number; read: Promise<Calibration | null> } | null = null;
  return (version) => {
    if (known?.version === version && now() - known.at < FRESH_MS) return known.read;
    const read = storedCalibration(cursors, version);
    known = { version, at: now(), read };
    // A store that was down for a moment is asked again by the next ticket.
    read.catch(() => {
      known = null;
    });
    return read;
  };
}
