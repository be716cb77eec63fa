/** Settings in, ports out: the wiring that the server and the CLI share. Only they import it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createKeptAnswers } from "./claude/batch-answers.ts";
import { createClaudeClassifier } from "./claude/classifier.ts";
import { type Prices, parsePrices } from "./claude/cost.ts";
import type { Tell } from "./claude/gate.ts";
import { isForLarger } from "./claude/second-opinion.ts";
import { errorFields, type Log } from "./log.ts";
import { createCalibrations } from "./ports/calibration.ts";
import type { Classifier } from "./ports/classifier.ts";
import type { Retrieve } from "./ports/examples.ts";
import type { Now } from "./ports/now.ts";
import type { Store } from "./ports/store.ts";
import type { Zendesk } from "./ports/zendesk.ts";
import { createCalibratedClassifier } from "./retrieval/calibrated-classifier.ts";
import { languageOf } from "./retrieval/language.ts";
import { createLocalClassifier } from "./retrieval/local-classifier.ts";
import { openEmbedder } from "./retrieval/open-embedder.ts";
import { createRetrieval, type Retrieval } from "./retrieval/retrieval.ts";
import type { Settings, ZendeskSettings } from "./settings.ts";
import { openStore } from "./store/open.ts";
import { ticketText } from "./text/ticket-text.ts";
import type { Calibration } from "./triage/calibration.ts";
import type { Receipt } from "./triage/classification.ts";
import type { RoutingVersion } from "./triage/routing-table.ts";
import type { Ticket } from "./triage/ticket.ts";
import { createZendesk } from "./zendesk/client.ts";
import { type Connection, connect } from "./zendesk/connection.ts";

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

/** The one connection to an account; with a store, its rate limits are shared with all who use that store. */
export const connectionTo = (account: ZendeskSettings, now: Now, store: Store | null): Connection =>
  connect(account, { now, ...(store === null ? {} : { ledger: store.rateLedger }) });

/** For a question or two to an account that has no store yet. */
export const zendeskFor = (account: ZendeskSettings, now: Now): Zendesk =>
  createZendesk(connectionTo(account, now, null));

/** What is kept of a ticket's text, and how its language is told. */
export const READING = { textOf: redactedText, languageOf };

/** What the text went through on its way to whoever reads it. */
export async function receiptOf(ticket: Ticket): Promise<Receipt> {
  const { receipt: redacted, left, subject, description } = ticketText(ticket);
  return { redacted: { ...redacted }, ...left, language: await languageOf(`${subject}\n${description}`) };
}

export interface Readers {
  /** Claude whenever there is a key, in the sandbox too; the local classifier otherwise. */
  readonly classifier: Classifier;
  /** Answers when Claude cannot; null when the classifier is the local one already. */
  readonly fallback: Classifier | null;
  readonly calibrationOf: (version: number) => Promise<Calibration | null>;
  /** What Claude is shown beside a ticket. */
  readonly retrieve: Retrieve;
  /** Resolves when the local classifier has learned the table; the server does not wait for that. */
  readonly prepare: (routing: Pick<RoutingVersion, "version" | "table">) => Promise<void>;
  close(): void;
}

interface ReadersOptions {
  readonly log?: Log;
  /** Without the ledger, what is spent counts for nobody but the process itself. */
  readonly store?: Omit<Store, "spending"> & Partial<Pick<Store, "spending">>;
  /** Whether what is learned is kept on the disk in place of what was; as a rule where there is a store. */
  readonly keep?: boolean;
}

/** Whoever reads tickets, and what they have learned: from the store when there is one, else from the table alone. */
export function readersFor(
  settings: Settings,
  now: Now,
  { log, store, keep = store !== undefined }: ReadersOptions = {},
): Readers {
  const retrieval = createRetrieval({
    examples: store?.examples ?? null,
    embedder: () => openEmbedder(settings.voyage),
    folder: keep ? dataDirOf(settings) : null,
    now,
    textOf: redactedText,
    trouble: (error) => log?.warn("retrieval.trouble", errorFields(error)),
  });
  const calibrationOf = store === undefined ? async () => null : createCalibrations(store.cursors, now);
  const near = settings.learning ? retrieval : NO_RETRIEVAL;
  const calibrated = (classifier: Classifier): Classifier =>
    createCalibratedClassifier({
      ...{ classifier, retrieval: near, calibrationOf },
      flagsOf: (ticket, { language, model }, table) => ({
        truncated: ticketText(ticket).left.cut > 0,
        // The larger model reads these as well as any other.
        language_weak: model === settings.claude?.model && isForLarger(table, language),
      }),
    });
  const { noteLanguage } = settings;
  const local = createLocalClassifier({ now, noteLanguage, ...(settings.learning ? { retrieval } : {}) });
  const rest = {
    calibrationOf,
    retrieve: near.retrieve,
    prepare: settings.learning ? retrieval.prepare : async () => {},
    close: retrieval.close,
  };
  if (settings.claude === null) return { classifier: calibrated(local), fallback: null, ...rest };
  const claude = createClaudeClassifier(settings.claude, {
    now,
    prices: readPrices(),
    local,
    languageOf,
    retrieve: near.retrieve,
    ...(store?.spending === undefined ? {} : { spending: store.spending }),
    // A run over existing tickets may have had them answered already, at half the price.
    ...(store === undefined ? {} : { kept: createKeptAnswers(store.cursors, settings.claude) }),
    ...(log === undefined ? {} : { tell: tellingTo(log) }),
  });
  return { classifier: calibrated(claude), fallback: calibrated(local), ...rest };
}

/** What stops all routing until a person acts is an error; whatever passes by itself is a warning. */
const tellingTo =
  (log: Log): Tell =>
  ({ event, fields }) =>
    log[fields["code"] === "claude.configuration" ? "error" : "warn"](event, fields);

const NO_RETRIEVAL: Pick<Retrieval, "vote" | "localLabels" | "retrieve"> = {
  vote: async () => ({ shares: [], margin: 0 }),
  localLabels: async () => [],
  retrieve: async () => ({ examples: [], localLabels: [], agreement: 0 }),
};

/** For whoever reads a few tickets and ends: it goes by the table's words, without the seconds that learning takes. */
export function classifierFor({ claude, noteLanguage }: Settings, now: Now): Classifier {
  const local = createLocalClassifier({ now, noteLanguage });
  if (claude === null) return local;
  return createClaudeClassifier(claude, { now, prices: readPrices(), local, languageOf });
}

function redactedText(ticket: Pick<Ticket, "subject" | "description">): string {
  const { subject, description } = ticketText(ticket);
  return `${subject}\n${description}`;
}

export const readPrices = (): Prices =>
  parsePrices(JSON.parse(readFileSync(join(CONFIG_DIR, "prices.json"), "utf8")));
