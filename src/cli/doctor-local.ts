/** What doctor checks on this machine: Node, store, routing table, secrets, disk. */
import { access, constants, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { dataDirOf } from "../adapters.ts";
import type { Settings } from "../settings.ts";
import { groupsOf, rowsOf } from "../triage/routing-table.ts";
import { type Check, failed, ok, skipped, warned } from "./doctor-check.ts";
import { hasStore, type RoutingSource, withStore } from "./routing-source.ts";
import type { Shell } from "./shell.ts";

const MIN_NODE_MAJOR = 24;
const GIB = 1024 ** 3;
/** A decision takes a few kB; below this the write-ahead log alone could fill the disk in a busy week. */
const ROOMY_DISK_BYTES = 1 * GIB;
const FULL_DISK_BYTES = 0.1 * GIB;

export function checkNode(version = process.versions.node): Check {
  const name = "Node.js";
  return Number.parseInt(version, 10) >= MIN_NODE_MAJOR
    ? ok(name, `Version ${version}.`)
    : failed(
        name,
        `Version ${version} is too old.`,
        `Use Node ${MIN_NODE_MAJOR} or newer: "npm install" brings one along, and "npx switchyard" uses it.`,
      );
}

export async function checkStore(settings: Settings, { now }: Shell): Promise<Check> {
  const name = "Store";
  if (!(await hasStore(settings))) {
    const folder = await nearestFolder(dataDirOf(settings));
    await access(folder, constants.W_OK);
    return ok(name, `SQLite in ${dataDirOf(settings)}; it will be created at the first start.`);
  }
  return withStore(settings, now, async (store) => {
    await store.check();
    const place = store.engine === "sqlite" ? `SQLite in ${dataDirOf(settings)}` : "PostgreSQL";
    const { dead, ready } = await store.jobs.counts();
    return dead === 0
      ? ok(name, `${place} opens and takes writes; ${ready} jobs are waiting.`)
      : warned(
          name,
          `${place} opens and takes writes, but ${dead} jobs have failed for good.`,
          "Look at them under /api/v1/jobs?state=dead, mend the cause, and retry them.",
        );
  });
}

export function checkTable({ table, version }: RoutingSource): Check {
  const size = `${rowsOf(table).length} intents, ${groupsOf(table).length} groups`;
  return ok(
    "Routing table",
    version === 0
      ? `config/routing.yaml is valid (${size}); the first start publishes it as version 1.`
      : `Version ${version} is published (${size}).`,
  );
}

export function checkSecrets({ zendesk, webhooks }: Settings): Check {
  const name = "Webhook secret";
  if (zendesk === null) return skipped(name, "The sandbox signs its own deliveries.");
  if (!webhooks) return skipped(name, "ZENDESK_WEBHOOK is off: the sweep finds the tickets.");
  const count = zendesk.webhookSecrets.length;
  return ok(
    name,
    count === 1
      ? "One secret is set."
      : `${count} are set, as during a rotation. Remove the old one afterwards.`,
  );
}

export async function checkDisk(settings: Settings): Promise<Check> {
  const name = "Free disk space";
  if (settings.databaseUrl !== null) return skipped(name, "The database is elsewhere.");
  const folder = await nearestFolder(dataDirOf(settings));
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `${(free / GIB).toFixed(1)} GiB beside the store.`;
  if (free >= ROOMY_DISK_BYTES) return ok(name, message);
  const remedy = "Make room, or set DATA_DIR to a larger disk: without space no event can be accepted.";
  return free < FULL_DISK_BYTES ? failed(name, message, remedy) : warned(name, message, remedy);
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
