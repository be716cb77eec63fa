/** A Zendesk that misbehaves as it is told, over a real socket, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { ZendeskAuth, ZendeskSettings } from "../../src/settings.ts";

interface Asked {
  readonly method: string;
  /** Without the `.json` that some clients write. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

export type Step = (response: ServerResponse, asked: Asked) => unknown;

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Step =>
  (response) =>
    response
      .writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
      .end(JSON.stringify(body));

export const text =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Step =>
  (response) =>
    response.writeHead(status, { "content-type": "text/html", ...headers }).end(body);

const HALF = '{"ticket":{"id":1';

/** Each leaves the caller without a whole answer, in a way of its own. */
export const breaks = {
  "reset before an answer": (response) => response.socket?.resetAndDestroy(),
  "closed before an answer": (response) => response.socket?.destroy(),
  "reset inside of the body": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write(HALF, () => response.socket?.resetAndDestroy());
  },
  "ended before the promised length": (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write(HALF, () => response.socket?.end());
  },
  "cut off between chunks": (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(HALF, () => response.socket?.end());
  },
  "not HTTP": (response) => response.socket?.end("220 mail.example ESMTP\r\n"),
} satisfies Record<string, Step>;

export const stalls = {
  "never answers": () => undefined,
  "stops inside of the body": (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(HALF);
  },
  "drips for ever": (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const drip = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(drip));
  },
} satisfies Record<string, Step>;

export interface FaultServer {
  readonly url: string;
  readonly asked: Asked[];
  /** `GET /api/v2/tickets/1` → what to do with each request in turn; the last step repeats. */
  on(route: string, ...steps: [Step, ...Step[]]): void;
  to(method: string): Asked[];
}

/** Closed, with every connection, when the test ends. */
export async function startFaultServer(): Promise<FaultServer> {
  const asked: Asked[] = [];
  const routes = new Map<string, Step[]>();
  const server = createServer(async (request, response) => {
    const one = await read(request);
    asked.push(one);
    const steps = routes.get(`${one.method} ${one.path}`);
    const step = steps && steps.length > 1 ? steps.shift() : steps?.[0];
    (step ?? json({ error: "NotScripted" }, 418))(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    on: (route, ...steps) => void routes.set(route, [...steps]),
    to: (method) => asked.filter((one) => one.method === method),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const raw = Buffer.concat(chunks).toString("utf8");
  return {
    method: request.method ?? "",
    path: url.pathname.replace(/\.json$/, ""),
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: raw === "" ? null : JSON.parse(raw),
  };
}

export const settingsFor = (
  baseUrl: string,
  auth: ZendeskAuth = { kind: "oauth_token", token: "fixed-token" },
): ZendeskSettings => ({
  baseUrl,
  auth,
  webhookSecrets: ["secret"],
  account: "test",
  fields: { intentId: null, confidenceId: null },
});

/** What went wrong, as the caller of the port sees it. */
export async function failureOf(promise: Promise<unknown>): Promise<{
  name: string;
  code: unknown;
  message: string;
  retryAfterMs: unknown;
}> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      name: error.name,
      code: "code" in error ? error.code : undefined,
      message: error.message,
      retryAfterMs: "retryAfterMs" in error ? error.retryAfterMs : undefined,
    };
  }
  throw new Error("It was expected to fail, but it did not.");
}
