import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { listen } from "../../src/server/listen.ts";
import { startServer } from "./running-server.ts";

const HERE = { host: "127.0.0.1", port: 0 };

test("clients that never finish their request hold nobody else up", async () => {
  const server = await startServer();
  const { port } = new URL(server.url);
  const slow = Array.from({ length: 50 }, (_none, index) => {
    const socket = connect(Number(port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => {});
    socket.write(
      index % 2 === 0
        ? "POST /webhooks/zendesk HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
        : "GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    );
    return once(socket, "connect");
  });
  await Promise.all(slow);
  const before = performance.now();
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("headers over 16 KB are refused", async () => {
  const server = await startServer();
  const answer = await fetch(`${server.url}/livez`, { headers: { "x-large": "x".repeat(17 * 1024) } });
  expect(answer.status).toBe(431);
});

test("a request has 10 seconds for its headers and 15 for all of it", async () => {
  const { server, close } = await listen((_req, res) => res.end(), HERE);
  onTestFinished(close);
  expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 15_000]);
});

test("a taken port says what to do", async () => {
  const { close, url } = await listen((_req, res) => res.end(), HERE);
  onTestFinished(close);
  const port = Number(new URL(url).port);
  await expect(listen(createServer().listeners("request")[0] as never, { ...HERE, port })).rejects.toThrow(
    `Port ${port} is taken, perhaps by another Switchyard. Stop that program, or choose another port: PORT=${port + 1} npm start.`,
  );
});

test("closing lets the request in flight finish, and takes less than a second", async () => {
  const arrived = Promise.withResolvers<void>();
  const mayAnswer = Promise.withResolvers<void>();
  const { close, url } = await listen(async (_req, res) => {
    arrived.resolve();
    await mayAnswer.promise;
    res.end("done");
  }, HERE);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent }, resolve).on("error", reject);
  });
  await arrived.promise;
  const before = performance.now();
  const closed = close();
  mayAnswer.resolve();
  const answer = await answered;
  expect(answer.headers.connection).toBe("close");
  expect(Buffer.concat(await answer.toArray()).toString()).toBe("done");
  await closed;
  expect(performance.now() - before).toBeLessThan(1_000);
});
