/** One round of doctor: the settings first, for without them there is nothing else to check. */
import { connectionTo, dataDirOf, openStoreFor } from "../adapters.ts";
import { checkRound } from "../checking.ts";
import { checkNode, SETTINGS } from "../checks/machine.ts";
import { topic } from "../checks/topic.ts";
import type { Check } from "../ports/checks.ts";
import type { Store } from "../ports/store.ts";
import { type Settings, SettingsError } from "../settings.ts";
import { hasStore } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";

export async function examine(shell: Shell): Promise<Check[]> {
  const settings = readSettings(shell);
  if (Array.isArray(settings))
    return [
      checkNode(),
      ...settings,
      topic("everything_else", "Everything else").skipped("Needs complete settings."),
    ];
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

function readSettings(shell: Shell): Settings | Check[] {
  try {
    return settingsOf(shell);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.faults.map((fault) => SETTINGS.error(...splitAdvice(fault)));
  }
}

/** "X is missing. Set it to …": the first sentence is the finding, the others are what to do. */
function splitAdvice(fault: string): [string, string] {
  const end = fault.indexOf(". ");
  return end === -1
    ? [fault, "Correct it and run doctor again."]
    : [fault.slice(0, end + 1), fault.slice(end + 2)];
}
