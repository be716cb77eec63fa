/** The real app over a real SQLite store on a real port, with a clock that the test owns. */
import { createHmac, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Fields, Log } from "../../src/log.ts";
import type { Store } from "../../src/ports/store.ts";
import { createApp } from "../../src/server/app.ts";
import type { AppDeps } from "../../src/server/deps.ts";
import { type Listening, listen } from "../../src/server/listen.ts";
import { createMetrics } from "../../src/server/metrics.ts";
import { openStore } from "../../src/store/open.ts";
import { GROUPS, table } from "../triage/builders.ts";

export const ADMIN_TOKEN = "correct-horse-battery";
export const SECRET = "c2lnbmluZy1zZWNyZXQ=";
export const OUR_USER = 777;
const START = Date.parse("2026-11-22T08:00:00Z");

interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Fields;
}

export interface Running extends Listening {
  readonly store: Store;
  readonly log: readonly LogLine[];
  readonly clock: { now: number };
  /** As the admin, or as whoever `token` says; null sends no token. */
  call(method: string, path: string, body?: unknown, token?: string | null): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test looks at what it expects
  readonly body: any;
  readonly headers: Headers;
}

/** @param change gets the deps that would be used, and answers with those to use instead */
export async function startServer(
  change: (deps: AppDeps) => Partial<AppDeps> = () => ({}),
): Promise<Running> {
  const clock = { now: START };
  const now = () => clock.now;
  const dir = await mkdtemp(join(tmpdir(), "switchyard-server-"));
  const store = await openStore({ databaseUrl: null, file: join(dir, "store.db"), now });
  await store.routing.seed(table());
  const lines: LogLine[] = [];
  const usual: AppDeps = {
    store,
    log: recordingLog(lines),
    now,
    random: randomBytes,
    metrics: createMetrics(store, Date.now),
    webhook: { secrets: () => [SECRET] },
    serviceUserId: () => 1,
    groups: async () => GROUPS,
    status: async () => ({
      account: "acme",
      sandbox: false,
      mode: "shadow",
      classifier: { kind: "local", model: null },
      warnings: [],
      routing_version: (await store.routing.current()).version,
      jobs: await store.jobs.counts(),
    }),
    checks: { latest: () => null, run: async () => ({ ranAt: clock.now, checks: [] }) },
    replay: async () => null,
    learn: async () => ({ refused: "no_decision" }),
    adminToken: ADMIN_TOKEN,
    draining: () => false,
    pages: { dir: join(dir, "pages") },
    publicUrl: "http://127.0.0.1:3000",
  };
  const listening = await listen(createApp({ ...usual, ...change(usual) }), { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await listening.close();
    await store.close();
    await rm(dir, { recursive: true });
  });
  const call: Running["call"] = async (method, path, body, token = ADMIN_TOKEN) =>
    answerOf(
      await fetch(listening.url + path, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return { ...listening, store, log: lines, clock, call };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    body: json && text !== "" ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

const recordingLog = (lines: LogLine[]): Log => {
  const at =
    (level: string) =>
    (event: string, fields: Fields = {}) =>
      void lines.push({ level, event, fields });
  return { info: at("info"), warn: at("warn"), error: at("error"), debug: at("debug") };
};

export interface Delivery {
  readonly body: string;
  /** Epoch milliseconds at which it was signed. */
  readonly at: number;
  readonly secret?: string;
  readonly headers?: Record<string, string>;
}

/** What Zendesk would send. */
export function signed({ body, at, secret = SECRET, headers = {} }: Delivery): RequestInit {
  const timestamp = new Date(at).toISOString();
  return {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "x-zendesk-webhook-signature": createHmac("sha256", secret)
        .update(timestamp + body)
        .digest("base64"),
      "x-zendesk-webhook-signature-timestamp": timestamp,
      "x-zendesk-webhook-invocation-id": "8350205582",
      ...headers,
    },
  };
}

export const ticketCreated = (overrides: { id?: string; ticketId?: number; actorId?: number } = {}): string =>
  JSON.stringify({
    account_id: 22129848,
    detail: {
      id: String(overrides.ticketId ?? 5158),
      actor_id: String(overrides.actorId ?? 900),
      subject: "Hello",
    },
    event: {},
    id: overrides.id ?? "cbe4028c-7239-495d-b020-f22348516046",
    subject: `zen:ticket:${overrides.ticketId ?? 5158}`,
    time: "2026-11-22T08:00:00.672717030Z",
    type: "zen:event-type:ticket.created",
    zendesk_event_version: "2022-11-06",
  });
