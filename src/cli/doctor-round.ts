/** One round of doctor: every check, in the order in which people read them. */
import { type Settings, SettingsError } from "../settings.ts";
import { type Check, failed, failedBy, guarded, ok, SETTINGS, skipped } from "./doctor-check.ts";
import { checkClaude } from "./doctor-claude.ts";
import { checkDisk, checkNode, checkSecrets, checkStore, checkTable } from "./doctor-local.ts";
import { checkZendesk } from "./doctor-zendesk.ts";
import { currentTable } from "./routing-source.ts";
import { type Shell, settingsOf } from "./shell.ts";

export async function examine(shell: Shell): Promise<Check[]> {
  const settings = readSettings(shell);
  if (Array.isArray(settings))
    return [checkNode(), ...settings, skipped("Everything else", "Needs complete settings.")];
  const store = guarded("Store", () => checkStore(settings, shell));
  // One after the other: two connections to one SQLite file in one process would wait for each other.
  const source = store.then(() => currentTable(settings, shell.now));
  // A broken table is told once: the checks that need one are skipped.
  const tableOrNull = source.catch(() => null);
  // Side by side: a slow network must not make a slow doctor; the order of the answers stays.
  const parts = await Promise.all([
    [checkNode(), settingsCheck(settings)],
    store,
    guarded("Free disk space", () => checkDisk(settings)),
    source.then(checkTable).catch((error) => failedBy("Routing table", error)),
    checkZendesk(settings, tableOrNull, shell),
    [checkSecrets(settings)],
    checkClaude(settings, tableOrNull, shell),
  ]);
  return parts.flat();
}

function readSettings(shell: Shell): Settings | Check[] {
  try {
    return settingsOf(shell);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.faults.map((fault) => failed(SETTINGS, ...splitAdvice(fault)));
  }
}

/** "X is missing. Set it to …": the first sentence is the finding, the others are what to do. */
function splitAdvice(fault: string): [string, string] {
  const end = fault.indexOf(". ");
  return end === -1
    ? [fault, "Correct it and run doctor again."]
    : [fault.slice(0, end + 1), fault.slice(end + 2)];
}

const settingsCheck = ({ zendesk, claude, mode }: Settings): Check =>
  ok(
    SETTINGS,
    zendesk === null
      ? `Nothing about Zendesk is set: the account is simulated (sandbox), ${claude === null ? "and the built-in classifier stands in for Claude" : "and Claude classifies"}.`
      : `Account ${zendesk.account}, mode ${mode}${mode === "shadow" ? " (decisions are recorded, tickets stay untouched)" : ""}.`,
  );
