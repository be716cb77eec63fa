/**
 * The Messages API over a real socket: it refuses what the real one refuses, answers in the shape that the request's
 * own schema asks for, and fails on demand.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as bodyText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@anthropic-ai/sdk/resources/messages";
import { type AnswerRule, answerText, type Fault, ticketOf } from "./fake-answer.ts";
import { createMeter, type FakeLimits } from "./fake-limits.ts";
import { createModels, type FakeModels, isModel } from "./fake-models.ts";
import { checkRequest, type MessagesRequest } from "./messages-request.ts";
import { createPromptCache } from "./prompt-cache.ts";

export interface FakeMessagesApi {
  /** For ANTHROPIC_BASE_URL, without a trailing slash. */
  readonly url: string;
  /** Every question about a ticket that arrived, the refused ones included, in order. */
  readonly requests: readonly { headers: IncomingHttpHeaders; body: unknown }[];
  /** The most requests that were under way at the same time. */
  mostAtOnce(): number;
  /** How many requests were answered with 429 because of the limits. */
  limited(): number;
  /** The next valid request ends so; several calls line up. */
  next(fault: Fault): void;
  readonly models: Pick<FakeModels, "asked" | "retire">;
  close(): Promise<void>;
}

export interface FakeOptions {
  /** Answers a ticket; absent: the abstention `other` with high confidence. */
  readonly answer?: AnswerRule;
  /** The only key that is accepted; absent: any. */
  readonly apiKey?: string;
  /** False: asked about models it answers as a proxy does that passes questions alone. */
  readonly knowsModels?: boolean;
  /** How every request ends for which `next` has nothing in line; null: well. */
  readonly always?: () => Fault | null;
  /** Rate limits, told in the headers and kept; absent: none. */
  readonly limits?: FakeLimits;
  /** How long an answer takes. */
  readonly latencyMs?: number;
  /** For the cache and the limits; the real clock when absent. */
  readonly now?: () => number;
}

const VERSION = "2026-10-21";
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const OUTPUT_TOKENS = 120;

export async function startFakeMessagesApi(options: FakeOptions = {}): Promise<FakeMessagesApi> {
  const requests: { headers: IncomingHttpHeaders; body: unknown }[] = [];
  const faults: Fault[] = [];
  const { now = Date.now } = options;
  const cache = createPromptCache(now);
  const meter = createMeter(options.limits ?? {}, now);
  const models = createModels();
  const count = { underWay: 0, most: 0, limited: 0 };
  const server = createServer((request, response) => {
    count.most = Math.max(count.most, ++count.underWay);
    response.on("close", () => void count.underWay--);
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = `req_fake_${requests.length + 1}`;
    response.setHeader("request-id", id);
    const raw = await bodyText(request);
    const body = parseJson(raw);
    if (request.method === "GET") return sendModel(request, response, models, options);
    requests.push({ headers: request.headers, body });
    const refusal = refusalOf(request, raw, body, options.apiKey);
    if (refusal !== null) return sendError(response, ...refusal);
    const checked = checkRequest(body);
    if ("problem" in checked) return sendError(response, 400, "invalid_request_error", checked.problem);
    if (!isModel(checked.request.model))
      return sendError(response, 404, "not_found_error", `model: ${checked.request.model}`);
    const room = meter.admit();
    meter.tell(response);
    if (!room.ok) {
      count.limited++;
      const headers = { "retry-after": String(room.retryAfter) };
      return sendError(response, 429, "rate_limit_error", "Too many requests", { headers });
    }
    const answer = (): Message => messageFor(checked.request, id, options.answer, cache);
    if (options.latencyMs) await sleep(options.latencyMs);
    await end(response, faults.shift() ?? options.always?.() ?? null, () => {
      const message = answer();
      const { input_tokens, output_tokens, cache_creation_input_tokens } = message.usage;
      meter.use(input_tokens + (cache_creation_input_tokens ?? 0), output_tokens);
      meter.tell(response);
      return message;
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    models,
    mostAtOnce: () => count.most,
    limited: () => count.limited,
    next: (fault) => void faults.push(fault),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type ApiError = [status: number, type: string, message: string];

function refusalOf(
  { method, url, headers }: IncomingMessage,
  raw: string,
  body: unknown,
  apiKey: string | undefined,
): ApiError | null {
  if (method !== "POST" || url !== "/v1/messages") return [404, "not_found_error", "Not found"];
  const caller = refusalOfCaller(headers, apiKey);
  if (caller !== null) return caller;
  if (Buffer.byteLength(raw) > MAX_BODY_BYTES)
    return [413, "request_too_large", "Request exceeds the maximum size"];
  return body === undefined ? [400, "invalid_request_error", "The request body is not valid JSON"] : null;
}

function refusalOfCaller(headers: IncomingHttpHeaders, apiKey: string | undefined): ApiError | null {
  const bearer = headers.authorization?.match(/^Bearer (.+)$/)?.[1];
  const key = bearer ?? headers["x-api-key"];
  if (!key || (apiKey !== undefined && key !== apiKey))
    return [401, "authentication_error", "invalid authentication credentials"];
  if (headers["anthropic-version"] !== VERSION)
    return [400, "invalid_request_error", "anthropic-version: this fake speaks 2026-10-21 only"];
  return null;
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function messageFor(
  request: MessagesRequest,
  id: string,
  rule: AnswerRule | undefined,
  cache: ReturnType<typeof createPromptCache>,
): Message {
  const { input, read, written, written1h } = cache(request);
  return {
    id: id.replace("req", "msg"),
    type: "message",
    role: "assistant",
    model: request.model,
    container: null,
    diagnostics: null,
    content: [{ type: "text", text: answerText(request, ticketOf(request), rule), citations: null }],
    stop_reason: "end_turn",
    stop_sequence: null,
    stop_details: null,
    usage: {
      input_tokens: input,
      output_tokens: OUTPUT_TOKENS,
      cache_creation_input_tokens: written,
      cache_read_input_tokens: read,
      cache_creation: {
        ephemeral_5m_input_tokens: written - written1h,
        ephemeral_1h_input_tokens: written1h,
      },
      output_tokens_details: { thinking_tokens: 0 },
      inference_geo: null,
      server_tool_use: null,
      service_tier: "standard",
      speed: "standard",
    },
  };
}

function sendModel(
  { url = "", headers }: IncomingMessage,
  response: ServerResponse,
  models: FakeModels,
  { apiKey, knowsModels = true }: FakeOptions,
): void {
  if (!knowsModels) {
    send(response, 404, "<h1>Not Found</h1>", "text/html");
    return;
  }
  const refusal = refusalOfCaller(headers, apiKey);
  const model = /^\/v1\/models\/([\w.-]+)$/.exec(url)?.[1] ?? "";
  const lifecycle = refusal === null ? models.lifecycle(model) : null;
  if (lifecycle !== null) send(response, 200, JSON.stringify(lifecycle));
  else sendError(response, ...(refusal ?? [404, "not_found_error", `model: ${model}`]));
}

async function end(response: ServerResponse, fault: Fault | null, answer: () => Message): Promise<void> {
  if (fault === null) return send(response, 200, JSON.stringify(answer()));
  switch (fault.kind) {
    case "error":
      return sendError(response, fault.status, fault.type, fault.message, fault);
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "hang":
      return;
    case "stall":
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"type":"mess');
      return;
    case "body":
      return send(response, 200, fault.body, fault.contentType);
    case "message":
      return send(response, 200, JSON.stringify(fault.change(answer())));
  }
}

function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  { headers = {}, code }: { headers?: Record<string, string>; code?: string } = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const details = code === undefined ? {} : { details: { error_code: code } };
  const request_id = response.getHeader("request-id");
  send(response, status, JSON.stringify({ type: "error", error: { type, message, ...details }, request_id }));
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  contentType = "application/json",
): void {
  response.writeHead(status, { "content-type": contentType });
  response.end(body);
}
