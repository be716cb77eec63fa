/** One look at an account: read, count, tell, and keep the numbers. */
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connectionTo, dataDirOf, openStoreFor } from "../adapters.ts";
import { makeFolderOf } from "../data-folder.ts";
import { RetryableError } from "../errors.ts";
import {
  type Collected,
  collectTickets,
  isRefusal,
  type Patiently,
  readSetup,
} from "../inspection/collect.ts";
import { newestTickets } from "../inspection/find.ts";
import { type Inspection, inspectionOf } from "../inspection/inspection.ts";
import { createPace } from "../inspection/pace.ts";
import { openStateFile, type StateFile } from "../inspection/state-file.ts";
import type { InspectionReads, Visitor } from "../ports/inspection.ts";
import type { Store } from "../ports/store.ts";
import type { Settings, ZendeskSettings } from "../settings.ts";
import { patiently } from "../worker/backfill-patience.ts";
import { createInspectionReads } from "../zendesk/inspect-account.ts";
import { hashOfRun, runningSandbox } from "./backfill-place.ts";
import { startProgress } from "./eval-progress.ts";
import { interruptible } from "./eval-run.ts";
import type { InspectRequest } from "./inspect.ts";
import { groundOf, readersOf } from "./inspect-guess.ts";
import { keepResults, tellResults } from "./inspect-results.ts";
import type { Screen } from "./output.ts";
import { hasStore, SHIPPED_TABLE, tableFromFile } from "./routing-source.ts";
import { EXIT, type ExitCode, type Shell, Stop, settingsOf } from "./shell.ts";

interface Place {
  readonly settings: Settings;
  readonly account: ZendeskSettings;
  readonly reads: InspectionReads;
  readonly screen: Screen;
  readonly shell: Shell;
  readonly signal: AbortSignal;
  readonly patiently: Patiently;
}

export const runInspect = (request: InspectRequest, screen: Screen, shell: Shell): Promise<ExitCode> =>
  interruptible(async (signal) => {
    const settings = settingsOf({ ...shell, environment: { ...shell.environment, ...NO_WEBHOOK } });
    // Where routing is at work already, both share the account's rate limits.
    const store = (await hasStore(settings)) ? await openStoreFor(settings, shell.now) : null;
    try {
      return await run(request, placeOf({ settings, store, screen, shell, signal }));
    } catch (error) {
      // What was under way when Ctrl-C came may end in any error.
      if (signal.aborted) return interrupted(screen);
      throw error;
    } finally {
      await store?.close();
    }
  });

/** A look at an account comes before its webhook, whose secret would be asked for. */
const NO_WEBHOOK = { ZENDESK_WEBHOOK: "off", SWEEP_SECONDS: "" };

function placeOf({
  settings,
  store,
  screen,
  shell,
  signal,
}: Pick<Place, "settings" | "screen" | "shell" | "signal"> & { readonly store: Store | null }): Place {
  const account = settings.zendesk ?? runningSandbox(settings);
  const told = new Set<string>();
  return {
    ...{ settings, account, screen, shell, signal },
    reads: createInspectionReads(connectionTo(account, shell.now, store)),
    patiently: (work) =>
      patiently(work, {
        signal,
        sleep,
        onWait: ({ code, message }) => {
          if (!told.has(code)) screen.note(`Waiting: ${message}`);
          told.add(code);
        },
      }),
  };
}

/** Being stopped is no error here. */
const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => {});

async function run(request: InspectRequest, place: Place): Promise<ExitCode> {
  const { screen, reads, signal, account, settings, shell } = place;
  const visitor = await reads.visitor().catch((error: unknown) => {
    throw whyNobodyAnswers(error, settings);
  });
  const { setup, unread } = await readSetup(reads, place.patiently);
  const folder = dataDirOf(settings);
  const state = stateFor(request, folder, place);
  const ids = await idsFor(request, state, place);
  const collected =
    ids === null ? null : await collect(ids, state, { ...place, visitor, quiet: request.quiet });
  if (signal.aborted) return interrupted(screen);
  const complete = collected !== null && collected.failed === 0;
  const inspection = inspectionOf({
    account: account.account,
    at: shell.now(),
    complete,
    timeZone: visitor.timeZone ?? "UTC",
    setup,
    unread: [...unread, ...unseen(visitor, collected)],
    records: [...state.records.values()],
    ground: groundOf(await tableFromFile(SHIPPED_TABLE), setup.groups ?? []),
  });
  warnOf(inspection, visitor, screen);
  await tellResults(inspection, request.html, screen);
  await keepResults(inspection, folder, screen);
  state.remove();
  return complete ? EXIT.ok : EXIT.partly;
}

function interrupted(screen: Screen): ExitCode {
  screen.warn("Stopped. What was read is kept: run the same command again to go on.");
  return EXIT.interrupted;
}

const whyNobodyAnswers = (error: unknown, { zendesk, sandboxPort }: Settings): unknown =>
  zendesk === null && error instanceof RetryableError && error.code === "zendesk.unavailable"
    ? new Stop(
        EXIT.failed,
        `No Zendesk account is set up, and no sandbox answers on port ${sandboxPort}. Run "switchyard init" for an account, or "npm start" for the sandbox.`,
      )
    : error;

function stateFor({ tickets, since, fresh }: InspectRequest, folder: string, { account }: Place): StateFile {
  const path = join(folder, `inspect-${hashOfRun([account.account, tickets, since])}.jsonl`);
  makeFolderOf(path);
  return openStateFile(path, { account: account.account, fresh });
}

/** Those of the run that was stopped, or the newest; null when this user may not search. */
async function idsFor(
  { tickets, since }: InspectRequest,
  state: StateFile,
  { screen, shell, reads, account, patiently: patient }: Place,
): Promise<readonly number[] | null> {
  if (state.header !== null) {
    const { ids, at } = state.header;
    screen.note(
      `Going on with the run of ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC: ${state.records.size} of ${ids.length} tickets are read. (--fresh begins anew.)`,
    );
    return ids;
  }
  const now = shell.now();
  const search = {
    countSince: (from: number) => patient(() => reads.countSince(from)),
    ticketsSince: (from: number, cursor: string | null) => patient(() => reads.ticketsSince(from, cursor)),
  };
  try {
    const ids = await newestTickets(search, { tickets, since, now });
    state.begin({ account: account.account, at: now, ids });
    return ids;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

async function collect(
  ids: readonly number[],
  state: StateFile,
  place: Place & { visitor: Visitor; quiet: boolean },
): Promise<Collected> {
  const { reads, screen, shell, signal, visitor, quiet } = place;
  const total = ids.filter((id) => !state.records.has(id)).length;
  const progress = startProgress({ name: "Tickets", total, quiet }, screen, shell);
  try {
    return await collectTickets(ids, {
      ...{ reads, state, signal, patiently: place.patiently },
      serviceUserId: visitor.id,
      readers: readersOf(await tableFromFile(SHIPPED_TABLE), shell.now),
      pace: createPace(reads.requestsPerMinute, { now: shell.now, sleep: (ms) => sleep(ms, signal) }),
      onRecord: () => progress.done(null),
    });
  } finally {
    progress.stop();
  }
}

/** What is missing beside whole parts of the account. */
function unseen(visitor: Visitor, collected: Collected | null): Inspection["unread"] {
  return [
    ...(collected === null ? [{ what: "tickets", why: "This user may not search for tickets." }] : []),
    ...(collected !== null && collected.failed > 0
      ? [
          {
            what: `${collected.failed} ${collected.failed === 1 ? "ticket" : "tickets"}`,
            why: collected.why ?? "",
          },
        ]
      : []),
    ...(visitor.restricted
      ? [{ what: "tickets of other groups", why: "This user does not see all tickets of the account." }]
      : []),
  ];
}

function warnOf({ unread }: Inspection, { name, role }: Visitor, screen: Screen): void {
  if (unread.length === 0) return;
  const parts = unread.map(({ what }) => what).join(", ");
  const advice = role === "admin" ? "" : ` It acts as ${name} (${role}); an admin sees all of it.`;
  screen.warn(`Switchyard could not read: ${parts}.${advice}`);
}
