/** Setup's part of `.env`, written after each step, so that what a crash leaves behind is known to the next run. */
import { parseSettings } from "../settings.ts";
import { begunId, type Change, isBegun, type Made, type Thing } from "../zendesk/setup.ts";
import { changeDotenvFile, type DotenvChanges, readDotenvFile } from "./dotenv-file.ts";
import {
  FIELD_NAMES,
  hasWebhook,
  RECORD_NAME,
  recordOf,
  recordWith,
  SECRET_NAME,
  SWEEP_NAME,
  secretsWith,
} from "./setup-record.ts";
import type { Shell } from "./shell.ts";

export interface SetupBook {
  /** The whole record of this account. */
  keepRecord(made: readonly Made[]): Promise<void>;
  /** It is being made: whoever finds this note looks whether it is there. */
  begin(change: Change, at: number): Promise<void>;
  /** It was refused, so it is not there. */
  giveUp(thing: Thing): Promise<void>;
  /** @param id the thing's id, after the change */
  note(change: Change, id: string | null): Promise<void>;
  keepSecret(secret: string): Promise<void>;
  /** All others go, unless another account's webhook is on record here. */
  keepOnly(secrets: readonly string[]): Promise<void>;
}

/** Those in force. A missing or unusable secret is none. */
export function secretsOf({ environment }: Shell): readonly string[] {
  try {
    return parseSettings(environment).zendesk?.webhookSecrets ?? [];
  } catch {
    return [];
  }
}

export async function openBook(account: string, shell: Shell): Promise<SetupBook> {
  const before = (await readDotenvFile()).values;
  const values = new Map(Object.entries(shell.environment));
  let secrets = secretsOf(shell);
  const write = async (wanted: DotenvChanges): Promise<void> => {
    const changes = Object.entries(wanted).filter(([name, value]) => (values.get(name) || null) !== value);
    if (changes.length === 0) return;
    await changeDotenvFile(Object.fromEntries(changes));
    for (const [name, value] of changes) {
      values.set(name, value ?? undefined);
      warnIfOverruled(name, before, shell);
    }
  };
  const replaceSecrets = async (next: readonly string[]): Promise<void> => {
    secrets = next;
    await write({ [SECRET_NAME]: next.join(",") || null });
  };
  const record = (): Made[] => recordOf(values.get(RECORD_NAME) ?? "", account);
  const recorded = (made: readonly Made[]): DotenvChanges => ({
    [RECORD_NAME]: recordWith(values.get(RECORD_NAME) ?? "", account, made),
  });
  return {
    keepRecord: (made) => write(recorded(made)),
    begin: (change, at) =>
      write(
        recorded([...withoutBegun(record(), change.thing), { thing: change.thing, id: begunId(change, at) }]),
      ),
    giveUp: (thing) => write(recorded(withoutBegun(record(), thing))),
    async note(change, id) {
      const made = madeAfter(record(), change, id);
      const field = FIELD_NAMES[change.thing];
      await write({
        ...(made === null ? {} : recorded(made)),
        ...(field === undefined || (isGone(change) && values.get(field) !== change.id)
          ? {}
          : { [field]: isGone(change) ? null : id }),
        // A trigger chooses its tickets; the sweep would route those that it left out.
        ...(change.thing === "trigger" ? { [SWEEP_NAME]: isGone(change) ? null : "0" } : {}),
      });
    },
    async keepSecret(secret) {
      const next = secretsWith(secrets, secret);
      if (next !== null) await replaceSecrets(next);
    },
    async keepOnly(alive) {
      if (hasWebhook(values.get(RECORD_NAME) ?? "")) return;
      if (secrets.some((each) => !alive.includes(each)))
        await replaceSecrets(secrets.filter((each) => alive.includes(each)));
    },
  };
}

const isGone = ({ action }: Change): boolean => action === "delete" || action === "forget";

const withoutBegun = (made: readonly Made[], thing: Thing): Made[] =>
  made.filter((each) => each.thing !== thing || !isBegun(each.id));

/** Null when the change makes no difference to the record. */
function madeAfter(made: readonly Made[], change: Change, id: string | null): Made[] | null {
  const { thing } = change;
  if (change.action === "create" && id !== null) return [...withoutBegun(made, thing), { thing, id }];
  return isGone(change) ? made.filter((each) => each.thing !== thing || each.id !== change.id) : null;
}

/** What the real environment sets wins over the file. */
function warnIfOverruled(name: string, before: Readonly<Record<string, string>>, shell: Shell): void {
  const value = shell.environment[name]?.trim();
  if (value && value !== before[name]?.trim())
    shell.stderr.write(
      `warning: ${name} is also set in the environment, and that wins over .env: change it there, too.\n`,
    );
}
