/** Learns confidence anew from what became of tickets. Run now and then; it changes no ticket. */
import type { Log } from "../log.ts";
import { keepCalibration, type LabelledOutcomes, storedCalibration } from "../ports/calibration.ts";
import type { Now } from "../ports/now.ts";
import type { Cursors, Routing } from "../ports/store.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import { type Calibration, calibrated, type LabelledOutcome } from "../triage/calibration.ts";
import { type EndedDecision, labelOf } from "../triage/calibration-label.ts";
import { groupsByName } from "../triage/decide.ts";
import type { RoutingTable } from "../triage/routing-table.ts";

const DAY_MS = 24 * 60 * 60_000;
/** What customers write about changes with the seasons; older outcomes tell of other tickets. */
const OUTCOMES_MS = 180 * DAY_MS;
/** An era's beginning moves a little with each outcome; it is news when it is another one. */
const SAME_ERA_MS = 7 * DAY_MS;
/** More make no probability better by a tenth of a percent, and cost seconds of thought. */
const MAX_OUTCOMES = 10_000;

export interface CalibratePorts {
  readonly outcomes: LabelledOutcomes;
  readonly routing: Pick<Routing, "current" | "version">;
  readonly cursors: Pick<Cursors, "get" | "put">;
  /** The account's groups: where people have put reviews is known by number, where they belong by name. */
  readonly groups: Zendesk["groups"];
  /** Those of Claude that are set. */
  readonly models: readonly string[];
  readonly now: Now;
  readonly log: Log;
}

export async function calibrate({
  outcomes,
  routing,
  cursors,
  groups,
  models,
  now,
  log,
}: CalibratePorts): Promise<Calibration> {
  const at = now();
  const since = at - OUTCOMES_MS;
  const [current, ended, known] = await Promise.all([
    routing.current(),
    outcomes.ended({ since, limit: MAX_OUTCOMES }),
    groups(),
  ]);
  const earlier = await tablesOf(ended, current.version, routing);
  const tables = new Map([...earlier, [current.version, current.table]]);
  const existing = groupsByName(known);
  const labelled = ended.flatMap((each): LabelledOutcome[] => {
    const table = tables.get(each.decision.routingVersion);
    const label = table === undefined ? null : labelOf(each, table, existing);
    return label === null ? [] : [label];
  });
  // Of more than the limit only the newest were read, and only those can be compared with all.
  const from = ended.length < MAX_OUTCOMES ? since : (ended.at(-1)?.decision.createdAt ?? since);
  const reviewsKnown = shareOfReviews(labelled, await outcomes.decided(from));
  const calibration = calibrated({ outcomes: labelled, current, earlier, reviewsKnown, models, now: at });
  const before = await storedCalibration(cursors, current.version);
  await keepCalibration(cursors, calibration);
  tellWhatIsWorse(calibration, before, log);
  log.info("confidence.calibrated", {
    routing_version: current.version,
    kind: calibration.kind,
    outcomes: labelled.length,
    reviews: labelled.filter(({ reviewed }) => reviewed).length,
  });
  return calibration;
}

function tellWhatIsWorse(calibration: Calibration, before: Calibration | null, log: Log): void {
  const { era_since: since, intents_since } = calibration;
  const isNews = (now: number, then: number | null | undefined): boolean => now > (then ?? 0) + SAME_ERA_MS;
  if (since !== null && isNews(since, before?.era_since))
    log.warn("confidence.worse", {
      since: new Date(since).toISOString(),
      advice:
        "Newer tickets are clearly more often wrong than older ones were, so the older ones prove nothing any more. Look at the Confidence page, and at what has changed since then.",
    });
  for (const [intent, at] of Object.entries(intents_since))
    if (isNews(at, before?.intents_since[intent]))
      log.warn("confidence.worse", {
        since: new Date(at).toISOString(),
        intent,
        advice:
          "Newer tickets of this intent are clearly more often wrong than older ones were, so its older ones prove nothing any more. Look whether its row still names the right group.",
      });
}

/** How often the end of a review is known, for how often that of a routed ticket is; at most 1. */
function shareOfReviews(
  labelled: readonly LabelledOutcome[],
  decided: { readonly routed: number; readonly reviewed: number },
): number {
  const proving = labelled.filter(({ proves = true }) => proves);
  const reviews = proving.filter(({ reviewed = false }) => reviewed).length;
  const ofReviews = reviews / Math.max(1, decided.reviewed);
  const ofRouted = (proving.length - reviews) / Math.max(1, decided.routed);
  return ofRouted === 0 ? 1 : Math.min(1, ofReviews / ofRouted);
}

/** The earlier tables that outcomes were decided by; those that are gone count for nothing. */
async function tablesOf(
  ended: readonly EndedDecision[],
  current: number,
  routing: Pick<Routing, "version">,
): Promise<Map<number, RoutingTable>> {
  const wanted = new Set(ended.map(({ decision }) => decision.routingVersion));
  wanted.delete(current);
  const found = await Promise.all([...wanted].map((version) => routing.version(version)));
  return new Map(found.flatMap((each) => (each === null ? [] : [[each.version, each.table]])));
}
