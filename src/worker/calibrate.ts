/** Learns confidence anew from what became of tickets. Run now and then; it changes no ticket. */
import type { Log } from "../log.ts";
import { keepCalibration, type LabelledOutcomes } from "../ports/calibration.ts";
import type { Now } from "../ports/now.ts";
import type { Cursors, Routing } from "../ports/store.ts";
import { type Calibration, calibrated, type LabelledOutcome } from "../triage/calibration.ts";
import type { RoutingTable } from "../triage/routing-table.ts";

const DAY_MS = 24 * 60 * 60_000;
/** What customers write about changes with the seasons; older outcomes tell of other tickets. */
const OUTCOMES_MS = 180 * DAY_MS;
/** More make no probability better by a tenth of a percent, and cost seconds of thought. */
const MAX_OUTCOMES = 10_000;

export interface CalibratePorts {
  readonly outcomes: LabelledOutcomes;
  readonly routing: Pick<Routing, "current" | "version">;
  readonly cursors: Pick<Cursors, "put">;
  readonly now: Now;
  readonly log: Log;
}

export async function calibrate({
  outcomes,
  routing,
  cursors,
  now,
  log,
}: CalibratePorts): Promise<Calibration> {
  const at = now();
  const [current, labelled] = await Promise.all([
    routing.current(),
    outcomes.labelled({ since: at - OUTCOMES_MS, limit: MAX_OUTCOMES }),
  ]);
  const earlier = await tablesOf(labelled, current.version, routing);
  const calibration = calibrated({ outcomes: labelled, current, earlier, now: at });
  await keepCalibration(cursors, calibration);
  log.info("confidence.calibrated", {
    routing_version: current.version,
    kind: calibration.kind,
    outcomes: labelled.length,
  });
  return calibration;
}

/** The earlier tables that outcomes were decided by; those that are gone count for nothing. */
async function tablesOf(
  outcomes: readonly LabelledOutcome[],
  current: number,
  routing: Pick<Routing, "version">,
): Promise<Map<number, RoutingTable>> {
  const wanted = new Set(outcomes.map(({ version }) => version));
  wanted.delete(current);
  const found = await Promise.all([...wanted].map((version) => routing.version(version)));
  return new Map(found.flatMap((each) => (each === null ? [] : [[each.version, each.table]])));
}
