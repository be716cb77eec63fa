/** One round: every check, in the order in which people read them. */
import type { Check } from "../ports/checks.ts";
import type { Store } from "../ports/store.ts";
import {
  ACTOR,
  CLOCK,
  CREDENTIALS,
  checkActor,
  checkClock,
  checkCredentials,
  checkLockedOut,
  checkRoom,
  checkScopes,
  RATE_LIMITS,
  SCOPES,
} from "./access.ts";
import {
  AUTO_ROUTING,
  checkAutoRouting,
  checkMessaging,
  checkQueues,
  MESSAGING,
  QUEUES,
} from "./channels.ts";
import { checkAnswer, checkModels, checkNoKey, MODEL, TEST } from "./claude.ts";
import type { Account, Examination, TableAtHand } from "./examination.ts";
import {
  checkDisk,
  checkNode,
  checkSettings,
  checkStore,
  checkTable,
  DISK,
  STORE,
  TABLE,
} from "./machine.ts";
import {
  checkOrganizationGroups,
  checkTagTriggers,
  checkTriggers,
  checkUndone,
  ORGANIZATION_GROUPS,
  TAG_TRIGGERS,
  TRIGGERS,
  UNDONE,
} from "./rules.ts";
import { checkSelfTest, SELF_TEST } from "./self-test.ts";
import { checkFields, checkGroups, FIELDS, GROUPS } from "./table-fit.ts";
import { brokenBy, guarded, hindrance, once, type Topic } from "./topic.ts";
import { checkEmbeddings, EMBEDDINGS } from "./voyage.ts";
import { checkDeliveries, checkSecret, checkWebhook, DELIVERIES, SECRET, WEBHOOK } from "./webhook.ts";

/** Never rejects for what it finds. Writes nothing to the account. */
export async function runChecks(examination: Examination): Promise<Check[]> {
  const opened = examination.openStore();
  const store = await guarded(STORE, async () => checkStore(await opened, examination));
  const usable = await opened.catch(() => null);
  const table = opened.then((found) => tableOf(found, examination));
  // Told once: the checks that need a table are skipped without one.
  const tableOrNull = table.catch(() => null);
  // Side by side: a slow network must not make a slow round; the order of the answers stays.
  const parts = await Promise.all([
    [checkNode(), checkSettings(examination.settings), store],
    guarded(DISK, () => checkDisk(examination)),
    table.then(checkTable, (error: unknown) =>
      store.state === "error" ? TABLE.skipped("Needs the store.") : brokenBy(TABLE, error),
    ),
    checkAccount(examination, usable, tableOrNull),
    checkClaude(examination, tableOrNull),
    guarded(EMBEDDINGS, () => checkEmbeddings(examination)),
  ]);
  return parts.flat();
}

/** The published table; the one that ships as long as nothing was published. */
async function tableOf(store: Store | null, { shippedTable }: Examination): Promise<TableAtHand> {
  if (store === null || (await store.routing.versions()).length === 0)
    return { table: await shippedTable(), version: 0 };
  return store.routing.current();
}

type Tables = Promise<TableAtHand | null>;

async function checkClaude(examination: Examination, table: Tables): Promise<Check[]> {
  const { settings, models } = examination;
  if (settings.claude === null) return checkNoKey(settings);
  const answer = guarded(TEST, () => needing(TEST, table, (found) => checkAnswer(examination, found)));
  return [...(await checkModels(models).catch((error: unknown) => [brokenBy(MODEL, error)])), await answer];
}

const needing = async (
  about: Topic,
  table: Tables,
  check: (found: TableAtHand) => Promise<Check>,
): Promise<Check> => {
  const found = await table;
  return found === null ? about.skipped("Needs a valid routing table.") : check(found);
};

/** Those that are of no use while the credentials are refused, or nobody answers. */
const BEHIND_CREDENTIALS = [
  SCOPES,
  ACTOR,
  RATE_LIMITS,
  GROUPS,
  FIELDS,
  WEBHOOK,
  DELIVERIES,
  SECRET,
  TRIGGERS,
  TAG_TRIGGERS,
  ORGANIZATION_GROUPS,
  QUEUES,
  AUTO_ROUTING,
  MESSAGING,
];

async function checkAccount(examination: Examination, store: Store | null, table: Tables): Promise<Check[]> {
  const { account, now } = examination;
  const undone = guarded(UNDONE, () => checkUndone(store?.findings ?? null, now));
  if (account === null)
    return [
      CREDENTIALS.skipped("Simulated account: none needed."),
      GROUPS.skipped("The simulated account has every group that the table names."),
      await undone,
    ];
  const clock = guarded(CLOCK, () => checkClock(account, now));
  const selfTest = guarded(SELF_TEST, () => checkSelfTest(webhookCheck(examination, account)));
  try {
    const actor = await account.reads.actor();
    const rest = await checkInside(examination, account, table, actor.role);
    const room = await guarded(RATE_LIMITS, () => checkRoom(account), { role: actor.role });
    const checks = [checkCredentials(account.settings.account, actor), checkActor(actor), ...rest, room];
    return [...checks, await clock, await selfTest, await undone];
  } catch (error) {
    return [
      checkLockedOut(error),
      await clock,
      await selfTest,
      await undone,
      ...BEHIND_CREDENTIALS.map((about) =>
        about.skipped(
          hindrance(error) === null ? "Needs credentials that work." : "Needs an account that answers.",
        ),
      ),
    ];
  }
}

const webhookCheck = ({ settings }: Examination, account: Account) => ({
  settings,
  account,
  webhooks: once(() => account.reads.webhooks()),
  triggers: once(() => account.reads.triggers()),
});

function checkInside(
  examination: Examination,
  account: Account,
  table: Tables,
  role: string,
): Promise<Check[]> {
  const { now } = examination;
  const road = webhookCheck(examination, account);
  const on = (about: Topic, check: () => Promise<Check>) => guarded(about, check, { role });
  return Promise.all([
    on(SCOPES, () => checkScopes(account)),
    on(GROUPS, () => needing(GROUPS, table, (found) => checkGroups(account, found))),
    on(FIELDS, () => needing(FIELDS, table, (found) => checkFields(account, found))),
    on(WEBHOOK, () => checkWebhook(road)),
    on(SECRET, () => checkSecret(road)),
    on(DELIVERIES, () => checkDeliveries(road, now)),
    on(TRIGGERS, () => checkTriggers(road.triggers)),
    on(TAG_TRIGGERS, () => checkTagTriggers(road.triggers, account)),
    on(ORGANIZATION_GROUPS, () =>
      needing(ORGANIZATION_GROUPS, table, (found) => checkOrganizationGroups(account, found)),
    ),
    on(QUEUES, () => checkQueues(account)),
    on(AUTO_ROUTING, () =>
      needing(AUTO_ROUTING, table, (found) => checkAutoRouting(account, found, road.triggers)),
    ),
    on(MESSAGING, () => checkMessaging(road, now)),
  ]);
}
