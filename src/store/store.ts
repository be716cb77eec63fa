/** The Store port over any database that Kysely speaks to in one of the two dialects. */
import { type Kysely, sql } from "kysely";
import type { Now } from "../ports/now.ts";
import type { RateLedger } from "../ports/rate-ledger.ts";
import type { Store } from "../ports/store.ts";
import { LEASE_MS } from "./claim.ts";
import { createCursors } from "./cursors.ts";
import { createDecisions } from "./decisions.ts";
import { createExamples } from "./examples.ts";
import { createFindings } from "./findings.ts";
import { createJobs } from "./jobs.ts";
import { createLabelledOutcomes } from "./labelled-outcomes.ts";
import { claimAccount, heartbeat } from "./meta.ts";
import { migrate } from "./migrations.ts";
import { createRouting } from "./routing.ts";
import type { Engine, Schema } from "./schema.ts";
import { createSessions } from "./sessions.ts";
import { createSpending } from "./spending.ts";
import { translated, translating } from "./store-error.ts";

interface Options {
  readonly engine: Engine;
  readonly now: Now;
  /** Milliseconds; LEASE_MS unless told. */
  readonly leaseMs?: number;
  readonly rateLedger: RateLedger & { close?(): void };
  /** Throws when what is written would be lost although the database takes it. */
  readonly checkFile?: () => void;
}

/** Migrates the database and hands out the store, which owns the connection from here on: `close` ends it. */
export async function storeOver(
  db: Kysely<Schema>,
  { engine, now, leaseMs = LEASE_MS, rateLedger, checkFile }: Options,
): Promise<Store> {
  try {
    await translated(migrate(db, engine));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const jobs = createJobs(db, { engine, now, leaseMs, checkFile });
  const close = async () => {
    await jobs.idle();
    rateLedger.close?.();
    await db.destroy();
  };
  const decisions = createDecisions(db);
  let closed: Promise<void> | null = null;
  return translating<Store>({
    engine,
    jobs: translating(jobs),
    decisions: translating({
      ...decisions,
      eraseTicket: (id) => erased(decisions.eraseTicket(id), db, engine),
    }),
    routing: translating(createRouting(db, now)),
    sessions: translating(createSessions(db, now)),
    cursors: translating(createCursors(db, now)),
    findings: translating(createFindings(db)),
    examples: translating(createExamples(db)),
    spending: translating(createSpending(db)),
    outcomes: translating(createLabelledOutcomes(db)),
    rateLedger: translating(rateLedger),
    claimAccount: (account) => claimAccount(db, account),
    check: async () => {
      checkFile?.();
      await heartbeat(db, now);
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  });
}

/** What was erased still stands in SQLite's log of writes until that is taken over. */
async function erased(work: Promise<void>, db: Kysely<Schema>, engine: Engine): Promise<void> {
  await work;
  if (engine === "sqlite") await sql`pragma wal_checkpoint(truncate)`.execute(db);
}
