/** One round of doctor: the settings first, for without them there is nothing else to check. */
import { connectionTo, dataDirOf, openStoreFor } from "../adapters.ts";
import { checkRound } from "../checking.ts";
import { checkNode, SETTINGS } from "../checks/machine.ts";
import { topic } from "../checks/topic.ts";
import type { Check } from "../ports/checks.ts";
import type { Store } from "../ports/store.ts";
import { parseSettings, type Settings, SettingsError } from "../settings.ts";
import { hasStore } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";

export async function examine(shell: Shell): Promise<Check[]> {
  const { settings, faults } = readSettings(shell);
  if (settings === null)
    return [
      checkNode(),
      ...faults,
      topic("everything_else", "Everything else").skipped("Needs complete settings."),
    ];
  const checks = await round(settings, shell);
  return faults.length === 0
    ? checks
    : checks.flatMap((check) => (check.id === SETTINGS.id ? faults : [check]));
}

async function round(settings: Settings, shell: Shell): Promise<Check[]> {
  const { zendesk: account } = settings;
  const { now } = shell;
  // A look must leave no trace: SQLite's file is opened only when it is there.
  const opening = hasStore(settings).then((there) => (there ? openStoreFor(settings, now) : null));
  const store: Store | null = await opening.catch(() => null);
  const connection = account === null ? null : connectionTo(account, now, store);
  try {
    return await checkRound({
      settings,
      connection,
      now,
      dataDir: dataDirOf(settings),
      openStore: () => opening,
    });
  } finally {
    await store?.close();
  }
}

interface Read {
  /** Null: too little to look at anything else with. */
  readonly settings: Settings | null;
  readonly faults: readonly Check[];
}

/** Without the webhook's secret, which setup may have yet to fetch, all the rest can be looked at, the webhook too. */
function readSettings(shell: Shell): Read {
  const { environment } = shell;
  try {
    return { settings: settingsOf(shell), faults: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const faults = error.faults.map((fault) => SETTINGS.error(...splitAdvice(fault)));
    return { settings: settingsWithout(environment), faults };
  }
}

/** No secret is a fault only where webhooks are on, so they are off for as long as it takes to read the others. */
const WITHOUT_SECRET = {
  ZENDESK_WEBHOOK: "off",
  ZENDESK_WEBHOOK_SECRET: "",
  ZENDESK_WEBHOOK_SECRET_FILE: "",
  // Without webhooks there is always a sweep: setup's 0 for a trigger would be one more fault.
  SWEEP_SECONDS: "",
};

function settingsWithout(environment: Shell["environment"]): Settings | null {
  try {
    const settings = parseSettings({ ...environment, ...WITHOUT_SECRET });
    return { ...settings, webhooks: environment["ZENDESK_WEBHOOK"]?.trim() !== "off" };
  } catch {
    return null;
  }
}

/** "X is missing. Set it to …": the first sentence is the finding, the others are what to do. */
function splitAdvice(fault: string): [string, string] {
  const end = fault.indexOf(". ");
  return end === -1
    ? [fault, "Correct it and run doctor again."]
    : [fault.slice(0, end + 1), fault.slice(end + 2)];
}
