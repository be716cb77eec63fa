/** Settings in, ports out: the wiring that the server and the CLI share. Only they import it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClaudeClassifier } from "./claude/classifier.ts";
import { type Prices, parsePrices } from "./claude/cost.ts";
import type { Log } from "./log.ts";
import type { Classifier } from "./ports/classifier.ts";
import type { Now } from "./ports/now.ts";
import type { Store } from "./ports/store.ts";
import type { Zendesk } from "./ports/zendesk.ts";
import { languageOf } from "./retrieval/language.ts";
import { createLocalClassifier } from "./retrieval/local-classifier.ts";
import type { Settings, ZendeskSettings } from "./settings.ts";
import { openStore } from "./store/open.ts";
import { createZendesk } from "./zendesk/client.ts";

/** The folder that ships with the program: the seed of the routing table, prices, evaluation tickets. */
export const CONFIG_DIR = join(import.meta.dirname, "../config");
/** Where the build puts the pages. */
export const PAGES_DIR = join(import.meta.dirname, "../dist/pages");

/** The sandbox keeps a folder of its own: its ticket ids must never meet those of a real account. */
export const dataDirOf = (settings: Settings): string =>
  settings.zendesk === null ? join(settings.dataDir, "sandbox") : settings.dataDir;

export const storeFileOf = (settings: Settings): string => join(dataDirOf(settings), "switchyard.db");

export const openStoreFor = (settings: Settings, now: Now): Promise<Store> =>
  openStore({
    databaseUrl: settings.databaseUrl,
    file: storeFileOf(settings),
    now,
    leaseMs: settings.jobLeaseMs,
  });

export const zendeskFor = (settings: ZendeskSettings, now: Now, log?: Log): Zendesk =>
  createZendesk(settings, { now, ...(log === undefined ? {} : { log }) });

/** Claude whenever there is a key, in the sandbox too; the local classifier otherwise. */
export const classifierFor = (settings: Settings, now: Now, log?: Log): Classifier =>
  settings.claude === null
    ? createLocalClassifier({ now })
    : createClaudeClassifier(settings.claude, {
        now,
        prices: readPrices(),
        local: createLocalClassifier({ now }),
        languageOf,
        ...(log === undefined ? {} : { tell: ({ event, fields }) => log.warn(event, fields) }),
      });

export const readPrices = (): Prices =>
  parsePrices(JSON.parse(readFileSync(join(CONFIG_DIR, "prices.json"), "utf8")));
