/** Kysely's SQLite dialect over node:sqlite, which Node brings along. */
import { statSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from "kysely";
import { makeFolderOf } from "../data-folder.ts";
import { RetryableError } from "../errors.ts";

/** How long a statement waits for another process to finish its write. */
const BUSY_TIMEOUT_MS = 5_000;
const WAL_PAUSE_MS = 20;
/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

export interface Sqlite {
  readonly dialect: Dialect;
  /** Throws when the file has been deleted or replaced under us: what we write then would be gone with the process. */
  checkFile(): void;
}

/** Opens or creates the database file, and its folder. @throws PermanentError `store.bad_folder` */
export function openSqlite(file: string): Sqlite {
  makeFolderOf(file);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  switchToWal(database);
  // FULL: a commit returns when it is synced. With NORMAL a power cut takes acknowledged events with it.
  database.exec("pragma synchronous = full");
  // What is erased is gone from the file, too, and not only from sight.
  database.exec("pragma secure_delete = on");
  const { ino } = statSync(file);
  return {
    dialect: dialectOver({ database: kyselyDatabase(database) }),
    checkFile: () => {
      if (statSync(file, { throwIfNoEntry: false })?.ino !== ino)
        throw new RetryableError(
          "store.file_gone",
          `The database file ${file} was deleted or replaced. Put it back and restart Switchyard.`,
        );
    },
  };
}

/**
 * The one statement for which SQLite itself does not wait: of processes that open a new file at the same moment, all
 * but one are told at once that it is locked.
 */
function switchToWal(database: DatabaseSync): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; ; waitedMs += WAL_PAUSE_MS) {
    try {
      database.exec("pragma journal_mode = wal");
      return;
    } catch (error) {
      const busy = error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
      if (!busy || waitedMs >= BUSY_TIMEOUT_MS) throw error;
      Atomics.wait(sleeper, 0, 0, WAL_PAUSE_MS);
    }
  }
}

/** node:sqlite takes parameters one by one where Kysely hands over a list. */
const kyselyDatabase = (database: DatabaseSync): SqliteDatabase => ({
  close: () => database.close(),
  prepare: (text) => {
    const statement = database.prepare(text);
    const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...values(parameters)),
      run: (parameters) => statement.run(...values(parameters)),
      iterate: (parameters) => statement.iterate(...values(parameters)),
    };
  },
});

/** Takes the write lock at once: a transaction that read first could not be told to wait for another writer. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** SQLite can roll back DDL; told so, Kysely runs all migrations in one transaction, which then is also their lock. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const dialectOver = (config: { database: SqliteDatabase }): Dialect => {
  const sqlite = new SqliteDialect(config);
  return {
    createAdapter: () => new TransactionalDdlAdapter(),
    createDriver: () => new ImmediateDriver(config),
    createIntrospector: (db) => sqlite.createIntrospector(db),
    createQueryCompiler: () => sqlite.createQueryCompiler(),
  };
};
