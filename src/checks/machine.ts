/** What is checked on this machine: Node, settings, store, disk, routing table. */
import { access, constants, open, rm, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Check } from "../ports/checks.ts";
import type { Store } from "../ports/store.ts";
import type { Settings } from "../settings.ts";
import { groupsOf, rowsOf } from "../triage/routing-table.ts";
import type { Examination, TableAtHand } from "./examination.ts";
import { topic } from "./topic.ts";

export const NODE = topic("node", "Node.js");
export const SETTINGS = topic("settings", "Settings");
export const STORE = topic("store", "Store");
export const DISK = topic("disk", "Free disk space");
export const TABLE = topic("routing_table", "Routing table");

const MIN_NODE_MAJOR = 24;
const GIB = 1024 ** 3;
/** A decision takes a few kB; below this the write-ahead log alone could fill the disk in a busy week. */
const ROOMY_DISK_BYTES = 1 * GIB;
const FULL_DISK_BYTES = 0.1 * GIB;
/** Each event waits for one synced write: slower than this, and a burst is answered late. */
const SLOW_SYNC_MS = 250;
const PROBE_BYTES = 4_096;
/** statfs(2): file systems in memory, and on other machines. */
const IN_MEMORY = new Set([0x01021994, 0x858458f6]);
const ELSEWHERE = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x517b]);

export function checkNode(version = process.versions.node): Check {
  return Number.parseInt(version, 10) >= MIN_NODE_MAJOR
    ? NODE.ok(`Version ${version}.`)
    : NODE.error(
        `Version ${version} is too old.`,
        `Use Node ${MIN_NODE_MAJOR} or newer: "npm install" brings one along, and "npx switchyard" uses it.`,
      );
}

export function checkSettings({ zendesk, claude, mode }: Settings): Check {
  return SETTINGS.ok(
    zendesk === null
      ? `Nothing about Zendesk is set: the account is simulated (sandbox), ${claude === null ? "and the built-in classifier stands in for Claude" : "and Claude classifies"}.`
      : `Account ${zendesk.account}, mode ${mode}${mode === "shadow" ? " (decisions are recorded, tickets stay untouched)" : ""}.`,
  );
}

export async function checkStore(
  store: Store | null,
  { settings, dataDir, now }: Pick<Examination, "settings" | "dataDir" | "now">,
): Promise<Check> {
  if (store === null) {
    await access(await nearestFolder(dataDir), constants.W_OK);
    return STORE.ok(`SQLite in ${dataDir}; it will be created at the first start.`);
  }
  const startedAt = now();
  await store.check();
  const { dead, ready } = await store.jobs.counts();
  const place = store.engine === "sqlite" ? `SQLite in ${dataDir}` : "PostgreSQL";
  if (dead > 0)
    return STORE.warning(
      `${place} takes writes, but ${dead} jobs have failed for good.`,
      "Look at them under /api/v1/jobs?state=dead or in the console, mend the cause, and retry them.",
    );
  const trouble = store.engine === "sqlite" ? await troubleOfFolder(dataDir, settings, now) : null;
  if (trouble !== null) return STORE.warning(...trouble);
  return STORE.ok(
    `${place} takes writes and syncs them to disk (${now() - startedAt} ms for one); ${ready} jobs are waiting.`,
  );
}

/** Whether what SQLite syncs there is really kept, and soon. */
async function troubleOfFolder(
  dataDir: string,
  settings: Settings,
  now: Examination["now"],
): Promise<[message: string, remedy: string] | null> {
  const { type } = await statfs(dataDir);
  if (IN_MEMORY.has(type) && settings.zendesk !== null)
    return [
      `${dataDir} lies in memory: a restart of this machine loses every event and decision.`,
      "Set DATA_DIR to a folder on a disk.",
    ];
  if (ELSEWHERE.has(type))
    return [
      `${dataDir} lies on another machine, and SQLite's locks cannot be relied on there.`,
      "Set DATA_DIR to a local disk, or DATABASE_URL to a PostgreSQL server.",
    ];
  const startedAt = now();
  await writeSynced(join(dataDir, `.switchyard-probe-${process.pid}`));
  const ms = now() - startedAt;
  return ms <= SLOW_SYNC_MS
    ? null
    : [
        `The disk takes ${ms} ms to sync one write, and every event waits for one.`,
        "Use a faster disk: Zendesk gives up on a delivery after about ten seconds.",
      ];
}

async function writeSynced(file: string): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.write(Buffer.alloc(PROBE_BYTES));
    await handle.sync();
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
}

export async function checkDisk({
  settings,
  dataDir,
}: Pick<Examination, "settings" | "dataDir">): Promise<Check> {
  if (settings.databaseUrl !== null) return DISK.skipped("The database is elsewhere.");
  const { bavail, bsize } = await statfs(await nearestFolder(dataDir));
  const free = bavail * bsize;
  const message = `${(free / GIB).toFixed(1)} GiB beside the store.`;
  if (free >= ROOMY_DISK_BYTES) return DISK.ok(message);
  const remedy = "Make room, or set DATA_DIR to a larger disk: without space no event can be accepted.";
  return free < FULL_DISK_BYTES ? DISK.error(message, remedy) : DISK.warning(message, remedy);
}

export function checkTable({ table, version }: TableAtHand): Check {
  const size = `${rowsOf(table).length} intents, ${groupsOf(table).length} groups`;
  return TABLE.ok(
    version === 0
      ? `config/routing.yaml is valid (${size}); the first start publishes it as version 1.`
      : `Version ${version} is published (${size}).`,
  );
}

/** The folder itself, or the first one above it that exists. */
async function nearestFolder(path: string): Promise<string> {
  const folder = resolve(path);
  try {
    await access(folder);
    return folder;
  } catch (error) {
    const parent = dirname(folder);
    if (parent === folder) throw error;
    return nearestFolder(parent);
  }
}
