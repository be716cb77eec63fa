/** Voyage AI's embeddings over a real socket: refuses what Voyage refuses, and fails when it is told to. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";

export const KEY = "pa-secret";

const Request = z.object({
  model: z.literal("voyage-4-lite"),
  input: z.array(z.string().min(1)).min(1).max(1_000),
  input_type: z.enum(["query", "document"]),
  output_dimension: z.literal([256, 512, 1024, 2048]),
});

type Asked = { readonly headers: IncomingHttpHeaders; readonly body: z.infer<typeof Request> };
type Failure = { status: number; headers?: Record<string, string>; body?: unknown };

export interface FakeVoyage {
  readonly url: string;
  readonly asked: Asked[];
  /** What comes instead of vectors for the request of that number, from 0; "silence" is no answer at all. */
  failing: (number: number) => Failure | "silence" | null;
  close(): Promise<unknown>;
}

export async function startFakeVoyage(): Promise<FakeVoyage> {
  const server = createServer(async (request, response) => {
    const body = Request.safeParse(await json(request).catch(() => null));
    const answer = (status: number, said: unknown, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(said));
    if (request.headers.authorization !== `Bearer ${KEY}`) return answer(401, { detail: "bad key" });
    if (!body.success || request.url !== "/v1/embeddings") return answer(400, { detail: "bad request" });
    const failure = fake.failing(fake.asked.length);
    fake.asked.push({ headers: request.headers, body: body.data });
    if (failure === "silence") return;
    if (failure !== null) return answer(failure.status, failure.body ?? {}, failure.headers);
    const { input, output_dimension: size } = body.data;
    const data = input.map((text, index) => ({ index, embedding: embeddingOf(text, size) }));
    return answer(200, { object: "list", data: data.toReversed(), model: body.data.model });
  });
  const fake: FakeVoyage = {
    url: "",
    asked: [],
    failing: () => null,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** Not of length 1, and the same only for texts of the same length. */
const embeddingOf = (text: string, size: number): number[] =>
  Array.from({ length: size }, (_, at) => (at === text.length % size ? 3 : 0));
