/** Typed tables in memory, each change written through to a SQLite file, so that the account survives a SIGKILL. */
import { DatabaseSync } from "node:sqlite";
import { makeFolderOf } from "../data-folder.ts";

export interface Table<T> {
  get(id: string | number): T | undefined;
  /** In the order of their first insertion. */
  all(): T[];
  put(id: string | number, value: T): void;
  delete(id: string | number): void;
}

export interface Records {
  table<T>(kind: string): Table<T>;
  /** All changes that `work` makes reach the file together or not at all. Synchronous; may be nested. */
  transaction<R>(work: () => R): R;
  close(): void;
}

/** A second process may still be letting go of the file. */
const BUSY_TIMEOUT_MS = 5000;

/** @param file null keeps everything in memory alone. @throws PermanentError `store.bad_folder` */
export function openRecords(file: string | null): Records {
  const database = file === null ? null : open(file);
  const put = database?.prepare(
    "INSERT INTO record (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
  );
  const remove = database?.prepare("DELETE FROM record WHERE kind = ? AND id = ?");
  const select = database?.prepare("SELECT id, body FROM record WHERE kind = ? ORDER BY rowid");
  let depth = 0;
  /** How to take back, in memory, what the current transaction did; the file does so by itself. */
  let undo: (() => void)[] = [];

  const table = <T>(kind: string): Table<T> => {
    const rows = new Map<string, T>();
    const remember = (id: string): void => {
      if (depth === 0) return;
      const [known, before] = [rows.has(id), rows.get(id)];
      undo.push(() => void (known ? rows.set(id, before as T) : rows.delete(id)));
    };
    for (const { id, body } of select?.all(kind) ?? []) rows.set(String(id), JSON.parse(String(body)));
    return {
      get: (id) => rows.get(String(id)),
      all: () => [...rows.values()],
      put: (id, value) => {
        put?.run(kind, String(id), JSON.stringify(value));
        remember(String(id));
        rows.set(String(id), value);
      },
      delete: (id) => {
        remove?.run(kind, String(id));
        remember(String(id));
        rows.delete(String(id));
      },
    };
  };

  const transaction = <R>(work: () => R): R => {
    if (depth > 0) return work();
    depth++;
    database?.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      database?.exec("COMMIT");
      return result;
    } catch (error) {
      for (const step of undo.toReversed()) step();
      if (database?.isTransaction) database.exec("ROLLBACK");
      throw error;
    } finally {
      undo = [];
      depth--;
    }
  };

  return { table, transaction, close: () => database?.close() };
}

function open(file: string): DatabaseSync {
  makeFolderOf(file);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  database.exec(
    `PRAGMA journal_mode = WAL;
     PRAGMA synchronous = NORMAL;
     CREATE TABLE IF NOT EXISTS record (
       kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id)
     ) STRICT;`,
  );
  return database;
}
