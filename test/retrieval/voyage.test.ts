import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import { createVoyageEmbedder } from "../../src/retrieval/voyage.ts";

let reply: { status: number; headers?: Record<string, string>; body?: unknown } | null = null;
let asked: { headers: IncomingHttpHeaders; body: { input: string[]; input_type: string } }[] = [];

const server = createServer(async (request, response) => {
  const body = (await json(request)) as { input: string[]; input_type: string; output_dimension: number };
  asked.push({ headers: request.headers, body });
  const vectors = body.input.map((text, index) => ({
    index,
    embedding: Array.from({ length: body.output_dimension }, (_, at) => (at === text.length ? 3 : 0)),
  }));
  response.writeHead(reply?.status ?? 200, { "content-type": "application/json", ...reply?.headers });
  response.end(JSON.stringify(reply?.body ?? { data: vectors.toReversed() }));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

function embedderHere(then: typeof reply = null) {
  reply = then;
  asked = [];
  const { port } = server.address() as AddressInfo;
  return createVoyageEmbedder({ apiKey: "pa-secret", baseUrl: `http://127.0.0.1:${port}` });
}

test("each text gets its own vector of length 1, however many there are and in whatever order they come back", async () => {
  const embedder = embedderHere();
  const texts = Array.from({ length: 150 }, (_, at) => "x".repeat(at + 1));
  const vectors = await embedder.embed(texts, "example");
  expect(vectors.map((vector) => vector.indexOf(1))).toEqual(texts.map(({ length }) => length));
  expect(asked.length).toBeGreaterThan(1);
  expect(asked[0]?.headers.authorization).toBe("Bearer pa-secret");
  expect(asked[0]?.body.input_type).toBe("document");
  await embedder.embed(["x"], "ticket");
  expect(asked.at(-1)?.body.input_type).toBe("query");
});

test("what may pass is retryable, with the wait that Voyage asks for; a wrong key is not", async () => {
  const failure = (then: typeof reply): Promise<unknown> =>
    embedderHere(then)
      .embed(["x"], "ticket")
      .catch((error: unknown) => error);
  const busy = await failure({ status: 429, headers: { "retry-after": "7" } });
  expect(busy).toBeInstanceOf(RetryableError);
  expect(busy).toMatchObject({ code: "voyage.busy", retryAfterMs: 7_000 });
  expect(await failure({ status: 503 })).toMatchObject({ code: "voyage.busy", retryAfterMs: null });
  const refused = await failure({ status: 401 });
  expect(refused).toBeInstanceOf(PermanentError);
  expect(String(refused)).not.toContain("pa-secret");
  expect(await failure({ status: 200, body: { data: [] } })).toMatchObject({ code: "voyage.bad_reply" });
});

test("nobody there is retryable, and a call that was called off says so", async () => {
  const nobody = createVoyageEmbedder({ apiKey: "k", baseUrl: "http://127.0.0.1:1" });
  await expect(nobody.embed(["x"], "ticket")).rejects.toMatchObject({ code: "voyage.unreachable" });
  const aborted = nobody.embed(["x"], "ticket", AbortSignal.abort());
  await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
});
