/** Learns confidence anew: by the hour, and soon after a new version of the table or other models. One process at a time. */
import { setTimeout } from "node:timers/promises";
import { errorFields } from "../log.ts";
import { storedCalibration } from "../ports/calibration.ts";
import type { Cursors } from "../ports/store.ts";
import { type CalibratePorts, calibrate } from "./calibrate.ts";

const LOOK_EVERY_MS = 60_000;
const FRESH_MS = 60 * 60_000;
/** Longer than a calibration takes; a process that died in the middle is replaced after this. */
const LEASE_MS = 5 * 60_000;
const LEASE = "calibrate";

export interface CalibrateLoopOptions extends Omit<CalibratePorts, "cursors"> {
  readonly cursors: Cursors;
  /** Names this process among those that share the store. */
  readonly holder: string;
}

export interface CalibrateLoop {
  /** Resolves when the calibration under way has ended. */
  stop(): Promise<void>;
}

export function startCalibrating(options: CalibrateLoopOptions): CalibrateLoop {
  const ending = new AbortController();
  const { signal } = ending;
  const loop = (async () => {
    while (!signal.aborted) {
      await calibrateWhenDue(options).catch((error: unknown) =>
        options.log.warn("confidence.failed", errorFields(error)),
      );
      await setTimeout(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  })();
  return {
    async stop() {
      ending.abort();
      await loop;
    },
  };
}

/** True when it was due. */
export async function calibrateWhenDue(options: CalibrateLoopOptions): Promise<boolean> {
  const { cursors, routing, models, now, holder } = options;
  const { version } = await routing.current();
  const known = await storedCalibration(cursors, version);
  const isToday = known !== null && known.version === version && known.models.join() === models.join();
  if (isToday && now() - known.fitted_at < FRESH_MS) return false;
  if (!(await cursors.lease(LEASE, holder, LEASE_MS))) return false;
  try {
    await calibrate(options);
    return true;
  } finally {
    await cursors.release(LEASE, holder);
  }
}
