/** One request and its whole answer, within one deadline. Redirects are answers, not orders. */
import { type Dispatcher, request } from "undici";
import { RetryableError } from "../errors.ts";
import type { Answer } from "./http-error.ts";

export interface Limits {
  /** For connecting, sending, and reading the answer to its end; in milliseconds. */
  readonly timeoutMs: number;
  /** Of the answer's body. A page of a hundred audits with long comments fits. */
  readonly maxBytes: number;
}

export const LIMITS: Limits = { timeoutMs: 10_000, maxBytes: 32 * 1024 * 1024 };

export interface Outgoing {
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * Resolves with any status.
 * @throws RetryableError `zendesk.unavailable` when no whole answer came: whether the request was carried out is open
 */
export async function exchange(url: string, outgoing: Outgoing, limits: Limits): Promise<Answer> {
  const { method, headers, body = null } = outgoing;
  try {
    const response = await request(url, {
      method,
      headers,
      body,
      signal: AbortSignal.timeout(limits.timeoutMs),
    });
    const text = await textOf(response.body, limits.maxBytes);
    return { status: response.statusCode, headers: single(response.headers), body: jsonOf(text) };
  } catch (cause) {
    throw new RetryableError("zendesk.unavailable", faultOf(cause, limits), { cause });
  }
}

class TooLarge extends Error {}

async function textOf(body: Dispatcher.ResponseData["body"], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the stream, and with it the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A header that came twice counts once: the first. */
const single = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? [] : [[name, first]];
    }),
  );

function faultOf(cause: unknown, { timeoutMs, maxBytes }: Limits): string {
  if (cause instanceof TooLarge) return `Zendesk's answer is larger than ${maxBytes} bytes.`;
  if (cause instanceof Error && cause.name === "TimeoutError")
    return `Zendesk did not answer to the end within ${timeoutMs} ms.`;
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return `Zendesk could not be reached${code}.`;
}
