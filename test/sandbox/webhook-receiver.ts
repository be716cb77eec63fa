/** A server that takes webhooks and answers as it was told: one answer for each request, then 200. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** The raw bytes as text. */
  readonly raw: string;
}

export type Reply = { readonly status: number; readonly headers?: Record<string, string> } | "silence";

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  readonly replies: Reply[];
}

const servers: Server[] = [];

export async function startReceiver(...replies: Reply[]): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, raw: Buffer.concat(chunks).toString("utf8") });
      const reply = replies.shift() ?? { status: 200 };
      if (reply !== "silence") response.writeHead(reply.status, reply.headers).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received, replies };
}

/** For `afterEach`. */
export async function closeReceivers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
