/** An account that counts strictly, over a real socket, in a time that the test owns. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export const STAMP = "2026-01-31T12:00:00Z";
const MINUTE = 60_000;
const MAX_JOBS = 30;

interface Entry {
  readonly id: number;
  readonly comment?: { readonly public: boolean };
  readonly metadata?: { readonly switchyard?: { readonly decision_id: string } };
  readonly safe_update?: boolean;
  readonly updated_stamp?: string;
}

interface Job {
  readonly doneAt: number;
  readonly entries: readonly Entry[];
  results: object[] | null;
}

export interface BulkAccount {
  readonly url: string;
  /** Every write that happened: which ticket, by which decision, when (epoch milliseconds), and how. */
  readonly writes: { ticketId: number; decisionId: string; at: number; batch: boolean }[];
  readonly refusals: number[];
  readonly batches: number[];
  mostJobs: number;
  /** What the account answers for a ticket of a batch instead of updating it. */
  readonly refuse: Map<number, object>;
  /** Batches lose the metadata of their tickets. */
  forgetful: boolean;
  /** Jobs are done, and nobody can ask about them. */
  lostJobs: boolean;
  /** How often questions about a job are not answered. */
  lostPolls: number;
  jobMs: number;
  /** Jobs of others in the account. */
  foreignJobs: number;
}

export async function startBulkAccount(now: () => number, updatesPerMinute: number): Promise<BulkAccount> {
  const jobs = new Map<string, Job>();
  const stamps = new Map<number, string>();
  const audited = new Map<number, { decisionId: string; seen: boolean }[]>();
  const windows = new Map<string, { ends: number; used: number }>();
  const account: BulkAccount = {
    url: "",
    ...{ writes: [], refusals: [], batches: [], mostJobs: 0, refuse: new Map(), forgetful: false },
    ...{ lostJobs: false, lostPolls: 0, jobMs: 2_000, foreignJobs: 0 },
  };

  function take(name: string, limit: number) {
    const current = windows.get(name);
    const window = current && current.ends > now() ? current : { ends: now() + MINUTE, used: 0 };
    windows.set(name, window);
    const allowed = window.used < limit;
    if (allowed) window.used++;
    return {
      allowed,
      left: limit - window.used,
      resets: Math.max(1, Math.ceil((window.ends - now()) / 1000)),
    };
  }

  /** As Zendesk does: each ticket by itself, the stamp compared, nothing mailed to customers. */
  function write(entry: Entry, batch: boolean): object | null {
    const refusal = batch ? account.refuse.get(entry.id) : undefined;
    if (refusal !== undefined) return refusal;
    if (entry.comment?.public !== false) return { error: "PublicComment" };
    if (entry.safe_update !== true || entry.updated_stamp !== (stamps.get(entry.id) ?? STAMP))
      return {
        error: "UpdateConflict",
        details: "Safe Update prevented the update due to outdated ticket data.",
      };
    stamps.set(entry.id, new Date(now()).toISOString());
    const decisionId = entry.metadata?.switchyard?.decision_id ?? "";
    account.writes.push({ ticketId: entry.id, decisionId, at: now(), batch });
    audited.set(entry.id, [
      ...(audited.get(entry.id) ?? []),
      { decisionId, seen: !(batch && account.forgetful) },
    ]);
    return null;
  }

  function work(): number {
    for (const job of jobs.values())
      if (job.results === null && job.doneAt <= now())
        job.results = job.entries.map((entry, index) => {
          const refusal = write(entry, true);
          return refusal === null
            ? { id: entry.id, action: "update", status: "Updated", success: true }
            : { id: entry.id, index, success: false, ...refusal };
        });
    return [...jobs.values()].filter(({ results }) => results === null).length + account.foreignJobs;
  }

  type Said = { status: number; body: unknown; headers?: Record<string, string> } | null;
  const refused = (retryAfter: number, body: unknown = { error: "TooManyRequests" }): Said => {
    account.refusals.push(now());
    return { status: 429, body, headers: { "retry-after": String(retryAfter) } };
  };

  function batch(entries: readonly Entry[]): Said {
    const inFlight = work();
    if (entries.length === 0 || entries.length > 100)
      return { status: 400, body: { error: "InvalidParameter" } };
    if (inFlight >= MAX_JOBS) return refused(60, { error: "TooManyJobs", current_job_ids: [...jobs.keys()] });
    account.batches.push(entries.length);
    const id = `job${jobs.size}`;
    jobs.set(id, { doneAt: now() + account.jobMs, entries, results: null });
    account.mostJobs = Math.max(account.mostJobs, inFlight + 1);
    return {
      status: 200,
      body: { job_status: { id, status: "queued", total: entries.length, results: null } },
    };
  }

  function update(id: number, ticket: Omit<Entry, "id">): Said {
    const { allowed, left, resets } = take("updates", updatesPerMinute);
    if (!allowed) return refused(resets);
    const refusal = write({ ...ticket, id }, false);
    const headers = {
      "zendesk-ratelimit-tickets-update": `total=${updatesPerMinute}; remaining=${left}; resets=${resets}`,
    };
    return refusal === null
      ? {
          status: 200,
          headers,
          body: { ticket: { id }, audit: { id: 1, created_at: STAMP, author_id: 7, events: [] } },
        }
      : { status: 409, headers, body: refusal };
  }

  function status(id: string): Said {
    work();
    if (account.lostPolls > 0) {
      account.lostPolls--;
      return { status: 503, body: {} };
    }
    if (account.lostJobs) return { status: 404, body: { error: "RecordNotFound" } };
    const results = jobs.get(id)?.results ?? null;
    return {
      status: 200,
      body: { job_status: { id, status: results === null ? "working" : "completed", results } },
    };
  }

  function audits(id: number): Said {
    work();
    const of = audited.get(id) ?? [];
    const one = ({ decisionId, seen }: { decisionId: string; seen: boolean }, n: number) => ({
      ...{ id: n + 1, created_at: STAMP, author_id: 7, via: { channel: "api" }, events: [] },
      metadata: { custom: seen ? { switchyard: { decision_id: decisionId } } : {} },
    });
    return { status: 200, body: { audits: of.map(one), meta: { has_more: false } } };
  }

  const routes: readonly [RegExp, (id: string, body: unknown) => Said][] = [
    [/^PUT tickets\/()update_many$/, (_, body) => batch((body as { tickets: Entry[] }).tickets)],
    [/^PUT tickets\/(\d+)$/, (id, body) => update(Number(id), (body as { ticket: Entry }).ticket)],
    [/^GET job_statuses\/(\w+)$/, status],
    [/^GET tickets\/(\d+)\/audits$/, (id) => audits(Number(id))],
    [/^GET users\/me()$/, () => ({ status: 200, body: { user: { id: 7, name: "S", role: "admin" } } })],
  ];
  function answer(method: string, path: string, body: unknown): Said {
    const { allowed, resets } = take("requests", 700);
    if (!allowed) return refused(resets);
    for (const [route, handle] of routes) {
      const match = route.exec(`${method} ${path}`);
      if (match !== null) return handle(match[1] ?? "", body);
    }
    return { status: 404, body: { error: "RecordNotFound" } };
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const path = (request.url ?? "")
      .replace(/^\/api\/v2\//, "")
      .replace(/\?.*$/, "")
      .replace(/\.json$/, "");
    const said = answer(request.method ?? "", path, text === "" ? null : JSON.parse(text));
    response
      .writeHead(said?.status ?? 500, { "content-type": "application/json", ...said?.headers })
      .end(JSON.stringify(said?.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return Object.assign(account, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
