/** The app on a port, hardened against slow and greedy clients, and quick to stop. */
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PermanentError } from "../errors.ts";

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
/** How often Node looks for requests that are over their time. */
const CHECK_INTERVAL_MS = 2_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 4_000;
/** How long requests in flight may take to end once the server closes. */
const CLOSE_GRACE_MS = 10_000;

export interface Listening {
  readonly server: Server;
  /** Where to reach it from this machine, without a trailing slash. */
  readonly url: string;
  /** No new connections; resolves when the requests in flight have ended, after 10 s at the latest. */
  close(): Promise<void>;
}

/** @throws PermanentError `server.cannot_listen` with what to do about it */
export async function listen(
  app: RequestListener,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    app,
  );
  server.maxConnections = MAX_CONNECTIONS;
  const close = closer(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return { server, url: `http://${reachable(host)}:${address.port}`, close };
}

/**
 * Node's own close waits for kept-alive connections to grow tired, 5 s and more. So every answer that is still to come
 * ends its connection.
 */
function closer(server: Server): () => Promise<void> {
  const inFlight = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;
  server.prependListener("request", (_req, res: ServerResponse) => {
    inFlight.add(res);
    res.once("close", () => inFlight.delete(res));
    if (closing !== undefined) res.setHeader("Connection", "close");
  });
  const end = (): Promise<void> =>
    new Promise((resolve, reject) => {
      for (const res of inFlight) if (!res.headersSent) res.setHeader("Connection", "close");
      const grace = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
      server.close((error) => {
        clearTimeout(grace);
        if (error === undefined) resolve();
        else reject(error);
      });
    });
  return () => {
    closing ??= end();
    return closing;
  };
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): PermanentError {
  const advice: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken, perhaps by another Switchyard. Stop that program, or choose another port: PORT=${port + 1} npm start.`,
    EACCES: `This user may not listen on port ${port}. Choose one above 1023, for example PORT=3000.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to 127.0.0.1, or to 0.0.0.0 for all of its addresses.`,
  };
  const message = advice[error.code ?? ""] ?? `Cannot listen on ${host}:${port}: ${error.message}`;
  return new PermanentError("server.cannot_listen", message, { cause: error });
}

function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
