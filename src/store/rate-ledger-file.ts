/**
 * The account's rate budget in a small file beside the SQLite store. Its own, because each request looks at it: it needs
 * no sync to disk, is over in one turn of the event loop, and waits for none of the store's commits.
 */
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { makeFolderOf } from "../data-folder.ts";
import type { RateLedger } from "../ports/rate-ledger.ts";

/** For another process to finish its turn, which takes far below a millisecond. */
const BUSY_TIMEOUT_MS = 2_000;

/** https://www.sqlite.org/rescode.html: corrupt, no database at all. */
const BROKEN: ReadonlySet<number> = new Set([11, 26]);

export interface RateLedgerFile extends RateLedger {
  close(): void;
}

/** Nothing is lost with the file but what the next answers tell again: one that a power cut has broken is begun anew. */
export function openRateLedgerFile(file: string): RateLedgerFile {
  makeFolderOf(file);
  try {
    return ledgerIn(openDatabase(file));
  } catch (error) {
    if (!isBroken(error)) throw error;
    rmSync(file);
    return ledgerIn(openDatabase(file));
  }
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    // No write-ahead log: a file beside the file would only be more to look after.
    database.exec("pragma synchronous = off");
    database.exec(
      "create table if not exists ledger (id integer primary key check (id = 1), text text not null)",
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const isBroken = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && BROKEN.has(Number(error.errcode));

function ledgerIn(database: DatabaseSync): RateLedgerFile {
  const read = database.prepare("select text from ledger where id = 1");
  const write = database.prepare(
    "insert into ledger (id, text) values (1, ?) on conflict do update set text = excluded.text",
  );
  return {
    async change(turn) {
      database.exec("begin immediate");
      try {
        const kept = read.get()?.["text"];
        const next = turn(typeof kept === "string" && kept !== "" ? kept : null);
        write.run(next.kept);
        database.exec("commit");
        return next.result;
      } catch (error) {
        database.exec("rollback");
        throw error;
      }
    },
    close: () => database.close(),
  };
}
