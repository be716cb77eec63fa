/** What only the whole way in can show: files, processes, servers. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import type { Store } from "../../src/ports/store.ts";
import { openStore } from "../../src/store/open.ts";
import { postgresDialect } from "../../src/store/postgres.ts";
import { openRateLedgerFile } from "../../src/store/rate-ledger-file.ts";
import type { Schema } from "../../src/store/schema.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { storeOver } from "../../src/store/store.ts";
import { newFolder, newSchema, TEST_DATABASE_URL } from "./ground.ts";
import { eventOf } from "./jobs-contract.ts";
import { tableFor } from "./routing-table.ts";

let folder: ReturnType<typeof newFolder>;
let file: string;
beforeEach(() => {
  folder = newFolder();
  file = join(folder.path, "data/deep/store.db");
});
afterEach(() => folder.remove());

const open = (): Promise<Store> => openStore({ databaseUrl: null, file, now: Date.now });
const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

test("the store makes its file, in a folder that is nobody else's business", async () => {
  const store = await open();
  expect(store.engine).toBe("sqlite");
  await store.check();
  expect(statSync(join(folder.path, "data/deep")).mode & 0o077).toBe(0);
  await store.close();
});

test.each(["a-file/store.db", "a-file/deep/store.db"])(
  "a folder that cannot be made is told: %s",
  async (path) => {
    writeFileSync(join(folder.path, "a-file"), "");
    file = join(folder.path, path);
    const error = await failure(open());
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({
      code: "store.bad_folder",
      message: expect.stringMatching(/a-file.* cannot be used: .*a file.*\. Set DATA_DIR to a folder/),
    });
  },
);

test("a commit on SQLite is synced before it answers", async () => {
  const db = new Kysely<Schema>({ dialect: openSqlite(join(folder.path, "store.db")).dialect });
  const { rows: synchronous } = await sql`pragma synchronous`.execute(db);
  const { rows: journal } = await sql`pragma journal_mode`.execute(db);
  const { rows: patience } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(db);
  await db.destroy();
  expect(synchronous).toEqual([{ synchronous: 2 }]); // 2 is FULL
  expect(journal).toEqual([{ journal_mode: "wal" }]);
  expect(patience[0]?.timeout).toBeGreaterThanOrEqual(1_000);
});

test("closing waits for what was asked before, and closing twice is closing once", async () => {
  const store = await open();
  const enqueued = store.jobs.enqueue(eventOf(1));
  await Promise.all([store.close(), store.close()]);
  expect(await enqueued).toBe(true);
  expect(await failure(store.jobs.enqueue(eventOf(2)))).toMatchObject({ code: "store.unavailable" });
  expect(await failure(store.check())).toBeInstanceOf(RetryableError);
  const again = await open();
  expect(await again.jobs.counts()).toMatchObject({ ready: 1 });
  await again.close();
});

test("a process that is killed loses nothing that it was told is stored", async () => {
  const child = fork(new URL("./enqueuer.ts", import.meta.url), [file], { silent: true });
  let said = "";
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaints += chunk;
  });
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk;
    if (said.length > 4_000) child.kill("SIGKILL");
  });
  const [, signal] = await once(child, "close");
  expect([complaints, signal]).toEqual(["", "SIGKILL"]);
  const stored = said.split("\n").slice(0, -1);
  expect(stored.length).toBeGreaterThan(300);

  const store = await open();
  const kept = new Set((await store.jobs.list({ limit: 100_000 })).map((job) => job.dedupeKey));
  expect(stored.filter((key) => !kept.has(key))).toEqual([]);
  await store.close();
});

interface Ends {
  seeded: boolean;
  enqueued: boolean;
  published: boolean;
  claimed: boolean;
}

test("processes that start at the same moment on a new file agree on everything", async () => {
  const rivals = ["A", "B", "C"].map((name) => fork(new URL("./rival.ts", import.meta.url), [file, name]));
  const word = async (rival: ChildProcess): Promise<unknown> => (await once(rival, "message"))[0];
  expect(await Promise.all(rivals.map(word))).toEqual(["ready", "ready", "ready"]);
  const words = Promise.all(rivals.map(word)) as Promise<Ends[]>;
  const exits = Promise.all(rivals.map((rival) => once(rival, "exit")));
  for (const rival of rivals) rival.send("go");
  expect((await exits).map(([code]) => code)).toEqual([0, 0, 0]);
  const ends = await words;
  for (const prize of ["seeded", "enqueued", "published", "claimed"] as const)
    expect([prize, ends.filter((end) => end[prize]).length]).toEqual([prize, 1]);
  const store = await open();
  expect((await store.routing.versions()).map(({ version }) => version)).toEqual([2, 1]);
  await store.close();
});

test("check rejects when the file was deleted under the store, although SQLite still takes writes", async () => {
  const store = await open();
  await store.check();
  rmSync(file);
  const error = await failure(store.check());
  expect(error).toBeInstanceOf(RetryableError);
  expect(String(error)).toContain(file);
  await store.close();
});

test("an event is not acknowledged into a file that was deleted", async () => {
  const store = await open();
  expect(await store.jobs.enqueue(eventOf(1))).toBe(true);
  rmSync(file);
  expect(await failure(store.jobs.enqueue(eventOf(2)))).toMatchObject({ code: "store.file_gone" });
  await store.close();
});

test("a file that is no database is refused", async () => {
  file = join(folder.path, "notes.txt");
  writeFileSync(file, "not a database, ".repeat(100));
  expect(await failure(open())).toMatchObject({
    code: "store.unavailable",
    message: expect.stringContaining("not a database"),
  });
});

test("a store that a newer version has changed is refused with advice, and left as it is", async () => {
  await (await open()).close();
  const db = new Kysely<{ switchyard_migration: { name: string; timestamp: string } }>({
    dialect: openSqlite(file).dialect,
  });
  const newer = { name: "9999_from_the_future", timestamp: new Date().toISOString() };
  await db.insertInto("switchyard_migration").values(newer).execute();
  const error = await failure(open());
  expect(error).toBeInstanceOf(PermanentError);
  expect(error).toMatchObject({
    code: "store.newer",
    message: expect.stringContaining("9999_from_the_future"),
  });
  await db.deleteFrom("switchyard_migration").where("name", "=", newer.name).execute();
  await db.destroy();
  await (await open()).close();
});

test("a claim looks at unfinished jobs alone, however many have been done", async () => {
  const queries: { sql: string; parameters: readonly unknown[] }[] = [];
  const { dialect } = openSqlite(join(folder.path, "plan.db"));
  const db = new Kysely<Schema>({
    dialect,
    log: ({ query }) => {
      queries.push(query);
    },
  });
  const rateLedger = openRateLedgerFile(join(folder.path, "rates.db"));
  const store = await storeOver(db, { engine: "sqlite", rateLedger, now: Date.now });
  await store.jobs.claim(10);
  const claim = queries.at(-1);
  const explained = await db.executeQuery<{ detail: string }>({
    ...sql`select 1`.compile(db),
    sql: `explain query plan ${claim?.sql}`,
    parameters: claim?.parameters ?? [],
  });
  const plan = explained.rows.map((row) => row.detail).join("\n");
  expect(plan).toMatch(/candidate USING (COVERING )?INDEX job_ready/);
  expect(plan).toMatch(/older USING (COVERING )?INDEX job_unfinished/);
  expect(plan).toMatch(/running USING (COVERING )?INDEX job_active/);
  expect(plan).not.toMatch(/SCAN job\b/);
  await store.close();
});

test("a PostgreSQL that nobody answers for is a failure that may pass", async () => {
  // Port 1 is never listened on.
  const error = await failure(
    openStore({ databaseUrl: "postgres://user:hush@127.0.0.1:1/x", file, now: Date.now }),
  );
  expect(error).toBeInstanceOf(RetryableError);
  expect(String(error)).toContain("ECONNREFUSED");
  expect(String(error)).not.toContain("hush");
});

describe.skipIf(TEST_DATABASE_URL === null)("on a real PostgreSQL", () => {
  let schema: Awaited<ReturnType<typeof newSchema>>;
  beforeEach(async () => {
    schema = await newSchema(TEST_DATABASE_URL ?? "");
  });
  afterEach(() => schema.drop());

  test("processes that start at the same moment on an empty database agree on everything", async () => {
    const opened = await Promise.all(
      ["A", "B", "C"].map(() => openStore({ databaseUrl: schema.url, file, now: Date.now })),
    );
    const seeded = await Promise.all(opened.map((store, index) => store.routing.seed(tableFor(`${index}`))));
    expect(seeded.filter(Boolean)).toHaveLength(1);
    const published = await Promise.all(
      opened.map(({ routing }) =>
        routing.publish({ table: tableFor("next"), baseVersion: 1, note: "", author: "" }),
      ),
    );
    expect(published.filter((end) => "published" in end)).toHaveLength(1);
    for (const store of opened) await store.close();
  });

  test("a commit is synced before it answers, even where the server's default is not to", async () => {
    const url = new URL(schema.url);
    url.searchParams.set("options", `${url.searchParams.get("options")} -c synchronous_commit=off`);
    const db = new Kysely<Schema>({ dialect: postgresDialect(url.href) });
    const { rows } = await sql`show synchronous_commit`.execute(db);
    await db.destroy();
    expect(rows).toEqual([{ synchronous_commit: "on" }]);
  });

  test("a server that drops every connection is forgiven", async () => {
    const url = new URL(schema.url);
    url.searchParams.set("application_name", "switchyard_dropped");
    const store = await openStore({ databaseUrl: url.href, file, now: Date.now });
    const admin = new Kysely<unknown>({ dialect: postgresDialect(schema.url) });
    const drop = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'switchyard_dropped'`;
    // In the middle of work, and while idle.
    const during = Promise.allSettled(Array.from({ length: 20 }, () => store.check()));
    await drop.execute(admin);
    await during;
    await drop.execute(admin);
    await vi.waitFor(() => store.check(), { timeout: 5_000 });
    await admin.destroy();
    await store.close();
  });
});
