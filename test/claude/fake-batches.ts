/** Message Batches over a real socket: refuses what the real ones refuse, answers late and in another order. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as bodyText } from "node:stream/consumers";
import { z } from "zod";
import { costOf } from "../../src/claude/cost.ts";
import { prices } from "./desk.ts";
import { type AnswerRule, answerText, type FakeTicket, labelsOf, ticketOf } from "./fake-answer.ts";
import { checkRequest, type MessagesRequest } from "./messages-request.ts";

export interface FakeBatches {
  readonly url: string;
  /** Requests in all batches. */
  requests(): number;
  batches(): number;
  models(): readonly string[];
  /** The names of the requests, in the order of their coming. */
  names(): readonly string[];
  /** Questions that were asked one by one. */
  live(): number;
  /** List price of everything that batches answered, halved. */
  billedUsd(): number;
  /** List price of what was answered one by one. */
  liveUsd(): number;
  /** The next batch is taken, and its id never arrives. */
  loseNextAnswer(): void;
  /** Batches end now, not after some looks. */
  finish(): void;
  close(): Promise<void>;
}

type Ending = "succeeded" | "errored" | "canceled" | "expired" | "truncated" | "refusal";

interface Options {
  readonly answer?: AnswerRule;
  /** How a request ends, alone or in a batch; absent: well. Whatever cannot befall it alone ends well there. */
  readonly ending?: (ticket: FakeTicket, labels: readonly string[], model: string) => Ending;
  /** Looks until a batch is over. */
  readonly looks?: number;
}

interface Batch {
  readonly id: string;
  readonly createdAt: string;
  readonly entries: readonly { id: string; request: MessagesRequest }[];
  looks: number;
}

const Body = z.strictObject({
  requests: z
    .array(z.strictObject({ custom_id: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/), params: z.unknown() }))
    .min(1)
    .max(100_000),
});
const MAX_BYTES = 256 * 1024 * 1024;
const VERSION = "2026-10-21";
const PAGE = { usual: 20, most: 1_000 } as const;
const USAGE = { input_tokens: 400, output_tokens: 120, cache_creation_input_tokens: 0 };

export async function startFakeBatches({ answer, ending, looks = 1 }: Options = {}): Promise<FakeBatches> {
  const all: Batch[] = [];
  const seen = { live: 0, liveUsd: 0, loseNext: false, finished: false };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  const usageOf = ({ system }: MessagesRequest) => ({
    ...USAGE,
    cache_read_input_tokens: Math.ceil(JSON.stringify(system).length / 3),
  });
  const messageFor = (request: MessagesRequest, tier: "batch" | "standard", how: Ending) => ({
    id: "msg_fake",
    type: "message",
    role: "assistant",
    model: request.model,
    content:
      how === "refusal" ? [] : [{ type: "text", text: answerText(request, ticketOf(request), answer) }],
    stop_reason: how === "truncated" ? "max_tokens" : how === "refusal" ? "refusal" : "end_turn",
    stop_sequence: null,
    usage: { ...usageOf(request), service_tier: tier },
  });
  const endingOf = (request: MessagesRequest): Ending =>
    ending?.(ticketOf(request), labelsOf(request), request.model) ?? "succeeded";
  const resultOf = (request: MessagesRequest) => {
    const how = endingOf(request);
    if (how === "canceled" || how === "expired") return { type: how } as const;
    if (how === "errored")
      return {
        type: how,
        error: { type: "error", error: { type: "api_error", message: "broken" } },
      } as const;
    return { type: "succeeded" as const, message: messageFor(request, "batch", how) };
  };
  const isOver = (batch: Batch): boolean => seen.finished || batch.looks >= looks;
  const shown = (batch: Batch, url: string) => ({
    id: batch.id,
    type: "message_batch",
    processing_status: isOver(batch) ? "ended" : "in_progress",
    created_at: batch.createdAt,
    results_url: isOver(batch) ? `${url}/v1/messages/batches/${batch.id}/results` : null,
    request_counts: countsOf(batch),
  });
  const countsOf = (batch: Batch) => {
    const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    // Until all of them have ended, all are told to be under way.
    for (const { request } of batch.entries) {
      const how = resultOf(request).type;
      counts[isOver(batch) ? how : "processing"]++;
    }
    return counts;
  };

  function take(raw: string, response: ServerResponse): Batch | null {
    const refuse = (why: string): null => {
      sendError(response, 400, "invalid_request_error", why);
      return null;
    };
    if (Buffer.byteLength(raw) > MAX_BYTES) return refuse("too large");
    const parsed = Body.safeParse(JSON.parse(raw));
    if (!parsed.success) return refuse(z.prettifyError(parsed.error));
    const entries = parsed.data.requests.map(({ custom_id, params }) => ({
      id: custom_id,
      ...checkRequest(params),
    }));
    const wrong = entries.find((entry) => "problem" in entry);
    if (wrong !== undefined && "problem" in wrong) return refuse(wrong.problem);
    if (new Set(entries.map(({ id }) => id)).size < entries.length)
      return refuse("requests: custom_id must be unique");
    const valid = entries.flatMap((entry) => ("request" in entry ? [entry] : []));
    return {
      id: `msgbatch_${all.length + 1}`,
      createdAt: new Date().toISOString(),
      entries: valid,
      looks: 0,
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyText(request);
    const { pathname, searchParams } = new URL(request.url ?? "", url);
    if (!request.headers.authorization?.startsWith("Bearer sk-"))
      return sendError(response, 401, "authentication_error", "no key");
    if (request.headers["anthropic-version"] !== VERSION)
      return sendError(response, 400, "invalid_request_error", "anthropic-version: only 2026-10-21 here");
    const [, batches, id, results] =
      /^\/v1\/messages(\/batches)?(?:\/(\w+)(\/results)?)?$/.exec(pathname) ?? [];
    if (batches === undefined) return answerOne(raw, response);
    if (id !== undefined)
      return tell(
        all.find((each) => each.id === id),
        results !== undefined,
        response,
      );
    if (request.method === "POST") return create(raw, request, response);
    list(Number(searchParams.get("limit") ?? PAGE.usual), response);
  }

  /** The newest first. */
  function list(limit: number, response: ServerResponse): void {
    if (!(limit >= 1 && limit <= PAGE.most)) {
      sendError(response, 400, "invalid_request_error", "limit: must be between 1 and 1000");
      return;
    }
    const page = all.toReversed().slice(0, limit);
    send(response, 200, { data: page.map((batch) => shown(batch, url)), has_more: all.length > limit });
  }

  function answerOne(raw: string, response: ServerResponse): void {
    seen.live++;
    const checked = checkRequest(JSON.parse(raw));
    if ("problem" in checked) sendError(response, 400, "invalid_request_error", checked.problem);
    else {
      seen.liveUsd += costOf(usageOf(checked.request), checked.request.model, prices) ?? 0;
      send(response, 200, messageFor(checked.request, "standard", endingOf(checked.request)));
    }
  }

  function create(raw: string, request: IncomingMessage, response: ServerResponse): void {
    const batch = take(raw, response);
    if (batch === null) return;
    all.push(batch);
    const lose = seen.loseNext;
    seen.loseNext = false;
    if (lose) request.socket.resetAndDestroy();
    else send(response, 200, shown(batch, url));
  }

  function tell(batch: Batch | undefined, results: boolean, response: ServerResponse): void {
    if (batch === undefined) {
      sendError(response, 404, "not_found_error", "no such batch");
      return;
    }
    if (!results) {
      batch.looks++;
      send(response, 200, shown(batch, url));
      return;
    }
    if (!isOver(batch)) {
      sendError(response, 400, "invalid_request_error", "the results are there when the batch has ended");
      return;
    }
    response.writeHead(200, { "content-type": "application/x-jsonl" });
    // In no order that anybody asked for.
    for (const { id: custom_id, request: params } of batch.entries.toReversed())
      response.write(`${JSON.stringify({ custom_id, result: resultOf(params) })}\n`);
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const entries = () => all.flatMap((batch) => batch.entries);
  return {
    url,
    requests: () => entries().length,
    batches: () => all.length,
    models: () => entries().map(({ request }) => request.model),
    names: () => entries().map(({ id }) => id),
    live: () => seen.live,
    liveUsd: () => seen.liveUsd,
    billedUsd: () =>
      entries()
        .filter(({ request }) => !["errored", "canceled", "expired"].includes(endingOf(request)))
        .reduce((sum, { request }) => sum + (costOf(usageOf(request), request.model, prices) ?? 0) / 2, 0),
    loseNextAnswer: () => {
      seen.loseNext = true;
    },
    finish: () => {
      seen.finished = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, type: string, message: string): void {
  send(response, status, { type: "error", error: { type, message } });
}
