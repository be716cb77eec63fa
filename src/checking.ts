/** The round of checks with everything that it asks: for doctor on the command line, and for the console. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CONFIG_DIR, classifierFor, dataDirOf } from "./adapters.ts";
import type { Examination } from "./checks/examination.ts";
import { createChecks } from "./checks/last-round.ts";
import { runChecks } from "./checks/round.ts";
import { checkModels } from "./claude/model-check.ts";
import { PermanentError } from "./errors.ts";
import type { Check, Checks } from "./ports/checks.ts";
import type { Classifier } from "./ports/classifier.ts";
import type { Now } from "./ports/now.ts";
import type { Store } from "./ports/store.ts";
import type { Zendesk } from "./ports/zendesk.ts";
import type { Embedder } from "./retrieval/embedder.ts";
import { createVoyageEmbedder } from "./retrieval/voyage.ts";
import { parseRoutingFile, problemLine } from "./routing-file.ts";
import type { Settings } from "./settings.ts";
import type { RoutingTable } from "./triage/routing-table.ts";
import { createAccountChecks } from "./zendesk/check-account.ts";
import { createZendesk } from "./zendesk/client.ts";
import type { Connection } from "./zendesk/connection.ts";

interface CheckWiring {
  /** A server in front of its own sandbox gives the sandbox's account here. */
  readonly settings: Settings;
  /** Null: the settings name no account. */
  readonly connection: Connection | null;
  readonly now: Now;
  readonly dataDir: string;
  /** Null: there is none yet. */
  readonly openStore: () => Promise<Store | null>;
  /** Those that are at work already; absent: new ones. */
  readonly zendesk?: Zendesk;
  readonly classifier?: Classifier;
}

export function checkRound(wiring: CheckWiring): Promise<Check[]> {
  const { settings, connection, now, openStore } = wiring;
  const { claude, voyage } = settings;
  const examination: Examination = {
    settings,
    now,
    openStore,
    account:
      connection === null
        ? null
        : {
            settings: connection.settings,
            reads: createAccountChecks(connection),
            zendesk: wiring.zendesk ?? createZendesk(connection),
          },
    dataDir: wiring.dataDir,
    shippedTable,
    classifier: () => wiring.classifier ?? classifierFor(settings, now),
    embedding: voyage === null ? null : () => tryEmbedder(createVoyageEmbedder(voyage)),
    models: async () => (claude === null ? [] : checkModels(claude, now())),
  };
  return runChecks(examination);
}

async function tryEmbedder(embedder: Embedder): Promise<Embedder> {
  await embedder.embed(["Where is my order?"], "example");
  return embedder;
}

interface AtWork {
  readonly settings: Settings;
  /** The sandbox is an account like any other. */
  readonly connection: Connection;
  readonly store: Store;
  readonly zendesk: Zendesk;
  readonly classifier: Classifier;
  readonly now: Now;
}

/** @param servedAt where the sandbox reaches this server; null: only PUBLIC_URL says where the account does */
export function checksOf({ settings, store, ...rest }: AtWork, servedAt: () => string | null): Checks {
  const round = () =>
    checkRound({
      ...rest,
      dataDir: dataDirOf(settings),
      settings: {
        ...settings,
        zendesk: rest.connection.settings,
        publicUrl: servedAt() ?? settings.publicUrl,
      },
      openStore: async () => store,
    });
  return createChecks(round, rest.now);
}

async function shippedTable(): Promise<RoutingTable> {
  const parsed = parseRoutingFile(await readFile(join(CONFIG_DIR, "routing.yaml"), "utf8"));
  if ("table" in parsed) return parsed.table;
  throw new PermanentError("table.invalid", parsed.problems.map(problemLine).join("; "));
}
