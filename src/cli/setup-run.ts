/** Setup in two steps that `setup` and `init` share: what would change, and the change itself. */
import { PermanentError } from "../errors.ts";
import { parseSettings, type Settings, type ZendeskSettings } from "../settings.ts";
import { rowsOf } from "../triage/routing-table.ts";
import {
  type Change,
  type Found,
  type Made,
  planSetup,
  planUndo,
  settled,
  type Way,
} from "../zendesk/setup.ts";
import { createSetupAccount, type SetupAccount } from "../zendesk/setup-account.ts";
import { currentTable } from "./routing-source.ts";
import { openBook, type SetupBook, secretsOf } from "./setup-book.ts";
import { FIELD_NAMES, RECORD_NAME, recordOf, SECRET_NAME, SWEEP_NAME, secretsWith } from "./setup-record.ts";
import { EXIT, type Shell, Stop } from "./shell.ts";

export interface SetupWishes {
  /** Where Zendesk reaches this server, before any path; absent: the setting PUBLIC_URL. */
  readonly publicUrl?: string | undefined;
  readonly way: Way;
  readonly fields: boolean;
  readonly undo: boolean;
}

/** One line that `.env` will get; the value itself is nobody's to see. */
interface EnvLine {
  readonly name: string;
  readonly why: string;
}

export interface PreparedSetup {
  readonly zendesk: ZendeskSettings;
  readonly account: SetupAccount;
  /** What earlier runs made in this account. */
  readonly made: readonly Made[];
  readonly changes: readonly Change[];
  readonly env: readonly EnvLine[];
  readonly warnings: readonly string[];
  readonly undo: boolean;
}

const PENDING: ReadonlySet<Change["action"]> = new Set(["create", "update", "delete", "forget"]);
export const isPending = ({ action }: Change): boolean => PENDING.has(action);

/**
 * Asks the account and changes nothing.
 * @param tell one line for whoever waits
 * @throws Stop or SettingsError when a setting is missing
 */
export async function prepareSetup(
  wishes: SetupWishes,
  shell: Shell,
  tell: (line: string) => void,
): Promise<PreparedSetup> {
  const settings = settingsForSetup(wishes, shell);
  const { zendesk } = settings;
  if (zendesk === null)
    throw new Stop(
      EXIT.configuration,
      'No account is set, and the sandbox needs no setup. Run "switchyard init" first.',
    );
  const account = createSetupAccount(zendesk, { now: shell.now, onWait: tell });
  const recorded = recordOf(shell.environment[RECORD_NAME] ?? "", zendesk.account);
  const found = await account.find({
    triggers: wishes.way === "trigger" || recorded.some(({ thing }) => thing === "trigger"),
    fields: wishes.fields || recorded.some(({ thing }) => thing.endsWith("_field")),
  });
  const made = settled(recorded, found);
  const base = { zendesk, account, made, undo: wishes.undo };
  if (wishes.undo) {
    const changes = planUndo(found, made);
    return { ...base, changes, env: linesThatGo(changes, shell), warnings: [] };
  }
  const endpoint = endpointOf(settings);
  const changes = await plan({ wishes, settings, found, made, endpoint }, shell);
  const env = await envLines(changes, account, shell);
  return { ...base, changes, env, warnings: warningsOf(endpoint, zendesk) };
}

function linesThatGo(changes: readonly Change[], shell: Shell): EnvLine[] {
  const gone = changes.filter(isGone);
  const isSet = (name: string): boolean => Boolean(shell.environment[name]?.trim());
  const names = [
    ...(gone.some(({ thing }) => thing === "webhook") && secretsOf(shell).length > 0 ? [SECRET_NAME] : []),
    ...gone.flatMap(({ thing, id }) => {
      const name = FIELD_NAMES[thing];
      return name !== undefined && shell.environment[name] === id ? [name] : [];
    }),
    ...(gone.some(({ thing }) => thing === "trigger") && isSet(SWEEP_NAME) ? [SWEEP_NAME] : []),
    ...(isSet(RECORD_NAME) ? [RECORD_NAME] : []),
  ];
  return names.map((name) => ({ name, why: "taken out" }));
}

const isGone = ({ action }: Change): boolean => action === "delete" || action === "forget";
const isWebhookGone = (change: Change): boolean => change.thing === "webhook" && isGone(change);

/** The signing secret is what setup fetches: its absence, or a wrong one, is no fault here. */
function settingsForSetup({ publicUrl }: SetupWishes, { environment }: Shell): Settings {
  const named = publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl };
  const anySecret = isAccountSet(environment) ? { [SECRET_NAME]: "to-be-fetched" } : {};
  return parseSettings({ ...environment, ...named, ...anySecret });
}

const isAccountSet = (environment: Shell["environment"]): boolean =>
  Object.entries(environment).some(([name, value]) => name.startsWith("ZENDESK_") && value?.trim());

function endpointOf({ publicUrl }: Settings): string {
  if (publicUrl === null)
    throw new Stop(
      EXIT.usage,
      "Where does Zendesk reach this server? Give --public-url https://router.example.com, or set PUBLIC_URL.",
    );
  return `${publicUrl}/webhooks/zendesk`;
}

interface Planning {
  readonly wishes: SetupWishes;
  readonly settings: Settings;
  readonly found: Found;
  readonly made: readonly Made[];
  readonly endpoint: string;
}

async function plan(
  { wishes, settings, found, made, endpoint }: Planning,
  { now }: Shell,
): Promise<Change[]> {
  const rows = wishes.fields ? rowsOf((await currentTable(settings, now)).table) : null;
  const intents = rows?.map(({ id, name, category }) => ({ id, name: `${category.name}::${name}` })) ?? null;
  return planSetup({ endpoint, way: wishes.way, intents }, found, made);
}

const LOCAL = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|0\.0\.0\.0)/;

function warningsOf(endpoint: string, { baseUrl }: ZendeskSettings): string[] {
  const { hostname, protocol } = new URL(endpoint);
  if (!LOCAL.test(hostname) && protocol === "https:") return [];
  // An account on this machine calls addresses on this machine.
  if (LOCAL.test(new URL(baseUrl).hostname)) return [];
  return [
    LOCAL.test(hostname)
      ? `Zendesk calls from the internet and cannot reach ${hostname}. Give the public address of this server.`
      : "The endpoint is not HTTPS: customers' events would cross the internet in the clear.",
  ];
}

const webhookOf = (changes: readonly Change[]): Change | undefined =>
  changes.find(({ thing, action }) => thing === "webhook" && ["create", "update", "keep"].includes(action));

/** What `.env` lacks of what the account has. */
async function envLines(changes: readonly Change[], account: SetupAccount, shell: Shell): Promise<EnvLine[]> {
  const webhook = webhookOf(changes);
  const secret =
    webhook?.id == null ? null : secretsWith(secretsOf(shell), await account.signingSecret(webhook.id));
  const lines: EnvLine[] =
    webhook?.action === "create" || secret !== null
      ? [{ name: SECRET_NAME, why: "the webhook's signing secret" }]
      : [];
  for (const { thing, id, action } of changes) {
    const name = FIELD_NAMES[thing];
    if (name === undefined || action === "refuse" || (id !== null && shell.environment[name] === id))
      continue;
    lines.push({ name, why: "the field's id" });
  }
  return lines;
}

/**
 * Carries the plan out, and notes each step in `.env` at once.
 * @param done called after each change
 * @throws Stop (partly) when some changes were made before one failed
 */
export async function carryOut(
  prepared: PreparedSetup,
  shell: Shell,
  done: (change: Change) => void,
): Promise<void> {
  const book = await openBook(prepared.zendesk.account, shell);
  const step = createStep(prepared, book, shell);
  let count = 0;
  try {
    await book.keepRecord(prepared.made);
    for (const change of prepared.changes) {
      await step(change);
      if (!isPending(change)) continue;
      count++;
      done(change);
    }
    if (prepared.undo && prepared.changes.some(isWebhookGone)) await dropDeadSecrets(prepared, book);
  } catch (error) {
    if (count === 0) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Stop(EXIT.partly, `${reason}\n${count} changes were made before that; run it again to finish.`);
  }
}

const OUR_PATH = "/webhooks/zendesk";

/** The secrets of webhooks that are gone, the one before a rotation too: whoever knew one could still sign with it. */
async function dropDeadSecrets({ account }: PreparedSetup, book: SetupBook): Promise<void> {
  const { webhooks } = await account.find({ triggers: false, fields: false });
  const others = webhooks.filter(
    ({ endpoint }) => URL.canParse(endpoint) && new URL(endpoint).pathname.endsWith(OUR_PATH),
  );
  const alive = await Promise.all(others.map(({ id }) => account.signingSecret(id).catch(unlessHidden)));
  // One that we may not see may be any of them.
  if (!alive.includes(null)) await book.keepOnly(alive.filter((secret) => secret !== null));
}

function unlessHidden(error: unknown): null {
  if (error instanceof PermanentError) return null;
  throw error;
}

function createStep({ account, changes }: PreparedSetup, book: SetupBook, { now }: Shell) {
  const webhook = webhookOf(changes);
  let webhookId = webhook?.id ?? null;
  return async (change: Change): Promise<void> => {
    if (change.action === "refuse" || change.action === "leave") return;
    if (change.action === "create") await book.begin(change, now());
    const id = await account.apply(change, webhookId).catch(async (error: unknown) => {
      if (error instanceof PermanentError) await book.giveUp(change.thing);
      throw error;
    });
    await book.note(change, id);
    if (change !== webhook || id === null) return;
    webhookId = id;
    await book.keepSecret(await account.signingSecret(id));
  };
}
