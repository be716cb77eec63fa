/** Kysely's PostgreSQL dialect over a pool of `pg` connections. */
import { type Dialect, PostgresDialect } from "kysely";
import pg from "pg";

const MAX_CONNECTIONS = 10;
/** To get a connection, new or free. */
const CONNECT_TIMEOUT_MS = 5_000;
/** For any one statement, the answer included. */
const QUERY_TIMEOUT_MS = 10_000;
/** A connection that leads nowhere after a failover is replaced after this long at the latest. */
const MAX_LIFETIME_S = 60;

/** A commit answers when it is synced, even where the server's default is to answer before. */
const SYNC_COMMITS =
  "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";

export function postgresDialect(databaseUrl: string): Dialect {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    maxLifetimeSeconds: MAX_LIFETIME_S,
    keepAlive: true,
    fallback_application_name: "switchyard",
    // The pool waits for the promise, and drops the connection when it rejects.
    onConnect: (client) => client.query(SYNC_COMMITS),
    // bigint as number: ids and epoch milliseconds stay below 2^53. For this pool only, not for the whole process.
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === pg.types.builtins.INT8 && format !== "binary"
          ? Number
          : pg.types.getTypeParser(oid, format === "binary" ? "binary" : "text"),
    },
  });
  // A broken connection must not end the process: whoever uses it learns it from the query, and the pool drops it.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return new PostgresDialect({ pool });
}
