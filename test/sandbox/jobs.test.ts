import { afterEach, expect, test } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

const QUICK = { jobQueueMs: 5, jobWorkMs: 5 };
const ticketIn = ({ sandbox }: Running, more: object = {}) =>
  sandbox.account.createTicket({ subject: "s", description: "d", tags: ["old"], ...more });

async function finished({ call }: Running, id: string) {
  for (;;) {
    const { job_status } = (await call("GET", `/api/v2/job_statuses/${id}.json`)).body;
    if (job_status.status === "completed") return job_status;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("a bulk update is queued, then works, and changes nothing before it is done", async () => {
  const running = await startedSandbox({ limits: { jobQueueMs: 10, jobWorkMs: 150 } });
  const { id } = ticketIn(running);
  const path = `/api/v2/tickets/update_many.json?ids=${id}`;
  const queued = await running.call("PUT", path, { ticket: { additional_tags: ["new"] } });
  expect(queued.body.job_status).toMatchObject({ status: "queued", total: 1, results: null });
  expect(queued.headers.get("zendesk-ratelimit-inflight-jobs")).toBe("total=30; remaining=29; resets=60");
  const seen: string[] = [];
  const jobId = queued.body.job_status.id;
  while (!seen.includes("working"))
    seen.push((await running.call("GET", `/api/v2/job_statuses/${jobId}`)).body.job_status.status);
  expect(running.sandbox.account.ticket(id)?.tags).toEqual(["old"]);
  await finished(running, jobId);
  expect(running.sandbox.account.ticket(id)?.tags).toEqual(["old", "new"]);
});

test("each ticket of a batch stands for itself: stale, without a stamp, closed and unknown ones fail alone", async () => {
  const running = await startedSandbox({ limits: QUICK });
  const [good, stale, bare, closed] = [1, 2, 3, 4].map(() => ticketIn(running));
  const { account } = running.sandbox;
  account.personUpdates(stale?.id ?? 0, { priority: "low" });
  account.personUpdates(closed?.id ?? 0, { status: "closed" });
  const safe = (ticket: typeof good) => ({
    id: ticket?.id,
    tags: ["sy_routed"],
    safe_update: true,
    updated_stamp: ticket?.updated_at,
  });
  const tickets = [safe(good), safe(stale), { ...safe(bare), updated_stamp: undefined }, safe(closed)];
  const unknown = { id: 999_999, tags: [] };
  const answer = await running.call("PUT", "/api/v2/tickets/update_many", { tickets: [...tickets, unknown] });
  const { results } = await finished(running, answer.body.job_status.id);
  expect(results.map(({ success, error }: { success: boolean; error?: string }) => error ?? success)).toEqual(
    [true, "UpdateConflict", "RecordInvalid", "RecordInvalid", "RecordNotFound"],
  );
  expect(account.ticket(good?.id ?? 0)?.tags).toEqual(["sy_routed"]);
});

test("a bulk update never overwrites what changed after it was queued", async () => {
  const running = await startedSandbox({ limits: { jobQueueMs: 60, jobWorkMs: 5 } });
  const { id } = ticketIn(running);
  const path = `/api/v2/tickets/update_many?ids=${id}`;
  const answer = await running.call("PUT", path, { ticket: { priority: "high", remove_tags: ["old"] } });
  running.sandbox.account.personUpdates(id, { priority: "low" });
  const { results } = await finished(running, answer.body.job_status.id);
  expect(results[0]).toMatchObject({ success: false, error: "UpdateConflict" });
  expect(running.sandbox.account.ticket(id)).toMatchObject({ priority: "low", tags: ["old"] });
});

test("the thirty-first job under way is refused, and a hundred tickets are the most", async () => {
  const running = await startedSandbox({ limits: { jobQueueMs: 60_000 } });
  const { id } = ticketIn(running);
  const path = `/api/v2/tickets/update_many?ids=${id}`;
  const ask = () => running.call("PUT", path, { ticket: { additional_tags: ["x"] } });
  const answers = await Promise.all(Array.from({ length: 30 }, ask));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const refused = await ask();
  expect([refused.status, refused.body.error, refused.body.current_job_ids.length]).toEqual([
    429,
    "TooManyJobs",
    30,
  ]);
  expect(refused.headers.get("retry-after")).toBe("60");
  const tickets = Array.from({ length: 101 }, () => ({ id, tags: [] }));
  expect((await running.call("PUT", "/api/v2/tickets/update_many", { tickets })).status).toBe(400);
});

test("show_many brings the tickets that exist, with their people and groups when asked", async () => {
  const running = await startedSandbox();
  const [one, two] = [ticketIn(running), ticketIn(running)];
  running.sandbox.account.agentTakes(one.id);
  const path = `/api/v2/tickets/show_many?ids=${one.id},${two.id},999999&include=users,groups,comment_count`;
  const { body } = await running.call("GET", path);
  expect(body.tickets).toMatchObject([
    { id: one.id, comment_count: 1 },
    { id: two.id, comment_count: 1 },
  ]);
  expect(body.users.map(({ role }: { role: string }) => role).sort()).toEqual(["agent", "end-user"]);
  expect(body.groups).toHaveLength(1);
});
