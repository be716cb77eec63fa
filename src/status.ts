/** How the whole is doing, for the console's banners and the log at start. */

import { classifierWarnings } from "./classifier-warnings.ts";
import type { ModelCheck } from "./claude/model-check.ts";
import type { ModelWatch } from "./claude/model-watch.ts";
import { storedCalibration } from "./ports/calibration.ts";
import type { Classifier, ClassifierState } from "./ports/classifier.ts";
import type { JobRecord } from "./ports/jobs.ts";
import type { Now } from "./ports/now.ts";
import type { FindingRecord, Store } from "./ports/store.ts";
import type { Zendesk } from "./ports/zendesk.ts";
import type { Settings } from "./settings.ts";
import type { Calibration } from "./triage/calibration.ts";
import { groupsByName } from "./triage/decide.ts";
import { type RoutingTable, rowOf } from "./triage/routing-table.ts";
import { remedyAgainst, ruleName } from "./triage/rule-remedy.ts";
import { tableWarnings, type Warning } from "./triage/table-warnings.ts";
import type { AccountWatch } from "./worker/account-watch.ts";
import type { Sweep } from "./worker/sweep.ts";

/** A fight that nobody has seen for a week is over. */
const FIGHTS_MS = 7 * 24 * 60 * 60_000;
/** More of them at once hide the page below. */
const MAX_FIGHTS = 5;
/** So long it is news that tickets are more often wrong than they were. */
const WORSE_MS = 14 * 24 * 60 * 60_000;

export interface StatusSources {
  readonly settings: Settings;
  readonly store: Store;
  readonly zendesk: Zendesk;
  readonly classifier: Classifier;
  /** Null, or none: nobody looks after models. */
  readonly models?: ModelWatch | null;
  readonly watch: AccountWatch;
  readonly now: Now;
  /** Null: it is off. */
  readonly sweep: Sweep | null;
}

export async function statusOf({
  settings,
  store,
  zendesk,
  classifier,
  models,
  watch,
  sweep,
  now,
}: StatusSources) {
  const [routing, jobs, waiting, fights] = await Promise.all([
    store.routing.current(),
    store.jobs.counts(),
    store.jobs.list({ state: "ready", limit: 50 }),
    store.findings.list(now() - FIGHTS_MS),
  ]);
  const claudeProblem = claudeProblemIn(waiting);
  const state = (await classifier.state?.()) ?? null;
  const told = state === null ? [] : classifierWarnings(state);
  const calibration = await storedCalibration(store.cursors, routing.version);
  const groups = await zendesk.groups().catch(() => null);
  const problem = watch.problem();
  const sweepProblem = (await sweep?.problem()) ?? null;
  const warnings: Warning[] = [
    ...(problem === null ? [] : [{ code: "zendesk_problem", message: problem }]),
    ...(claudeProblem === undefined ? [] : [{ code: "claude_problem", message: claudeProblem }]),
    ...told.filter(({ message }) => message !== claudeProblem),
    ...modelWarnings(models?.troubles() ?? [], state),
    ...(sweepProblem === null ? [] : [{ code: "sweep_failing", message: sweepProblem }]),
    ...(groups === null ? [] : tableWarnings(routing.table, groupsByName(groups))),
    ...(calibration === null ? [] : worseWarnings(calibration, routing.table, now())),
    ...fights.slice(0, MAX_FIGHTS).map(fightWarning),
  ];
  return {
    account: settings.zendesk?.account ?? "sandbox",
    sandbox: settings.zendesk === null,
    mode: settings.mode,
    classifier: {
      kind: classifier.kind,
      model: classifier.kind === "claude" ? (settings.claude?.model ?? null) : null,
    },
    routing_version: routing.version,
    jobs,
    warnings,
  };
}

/** What a look at the models has found, except of those that tickets have found to be out themselves. */
const modelWarnings = (troubles: readonly ModelCheck[], state: ClassifierState | null): Warning[] =>
  troubles
    .filter(({ model }) => !state?.trouble.some((trouble) => trouble.model === model))
    .map(({ message, remedy }) => ({ code: "claude_model", message: `${message} ${remedy ?? ""}`.trim() }));

function worseWarnings(
  { era_since, intents_since }: Pick<Calibration, "era_since" | "intents_since">,
  table: RoutingTable,
  now: number,
): Warning[] {
  const warn = (since: number, tickets: string, told: string): Warning[] => {
    const day = new Date(since).toISOString().slice(0, 10);
    const message = `Since ${day} tickets ${tickets}are clearly more often wrong than before, so ${told}`;
    return now - since > WORSE_MS ? [] : [{ code: "confidence_worse", message }];
  };
  return [
    ...(era_since === null
      ? []
      : warn(
          era_since,
          "",
          "earlier outcomes prove nothing any more. See Confidence, and look for what has changed.",
        )),
    ...Object.entries(intents_since).flatMap(([intent, since]) => {
      const name = rowOf(table, intent)?.name ?? intent;
      return warn(
        since,
        `about “${name}” `,
        "its earlier outcomes prove nothing any more. See Confidence, and whether its row still names the right group.",
      );
    }),
  ];
}

/** For each rule, what it did and the condition that keeps it off the tickets that we have placed. */
const fightWarning = ({ rule, count, ticketId }: FindingRecord): Warning => ({
  code: "trigger_fight",
  message: `${ruleName(rule)} moved ${count === 1 ? "a ticket" : `${count} tickets`} out of the group that Switchyard had chosen, the last was #${ticketId}. ${remedyAgainst(rule)}`,
});

/** Tickets wait while Claude cannot be asked at all, with a wrong key for example: what their last attempt said of it. */
function claudeProblemIn(waiting: readonly JobRecord[]): string | undefined {
  const CONFIGURATION = "claude.configuration: ";
  const error = waiting.find((job) => job.error?.startsWith(CONFIGURATION))?.error;
  return error?.slice(CONFIGURATION.length);
}
