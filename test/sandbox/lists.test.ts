import { afterEach, expect, test } from "vitest";
import { closeSandboxes, START, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

const MINUTE_MS = 60_000;

test("the groups are those that the routing table names, with ids beyond 32 bits", async () => {
  const { call } = await startedSandbox();
  const { groups } = (await call("GET", "/api/v2/groups/assignable.json?page[size]=100")).body;
  expect(groups.map(({ name }: { name: string }) => name)).toEqual([
    "Customer Care",
    "Technical Support",
    "Accounts & Access",
    "Billing",
    "Orders & Shipping",
    "Sales",
    "Product Feedback",
    "Security",
    "Legal & Compliance",
    "Incident Response",
    "Onboarding & Training",
    "Integrations",
  ]);
  for (const { id } of groups) expect(id > 2 ** 31 && Number.isSafeInteger(id)).toBe(true);
});

test("a list in pages of two shows everything once, also when something new arrives between the pages", async () => {
  const { sandbox, call } = await startedSandbox();
  const { id } = sandbox.account.createTicket({ subject: "s", description: "d" });
  for (const tag of ["a", "b", "c", "d"]) sandbox.account.personUpdates(id, { tags: [tag] });
  const seen: number[] = [];
  let next: string | null = `/api/v2/tickets/${id}/audits.json?page[size]=2`;
  while (next !== null) {
    const { body } = await call("GET", next);
    expect(body.audits.length).toBeLessThanOrEqual(2);
    expect(body.links.next !== null).toBe(body.meta.has_more);
    seen.push(...body.audits.map((audit: { id: number }) => audit.id));
    next = body.links.next === null ? null : body.links.next.slice(sandbox.url.length);
  }
  expect(seen).toEqual(sandbox.account.audits(id).map((audit) => audit.id));
});

test("the export leaves out the last minute, ends, and goes on where it stopped", async () => {
  const { sandbox, call, clock } = await startedSandbox();
  const since = START / 1000 - 3600;
  const first = sandbox.account.createTicket({ subject: "early", description: "d" });
  clock.ms += 30_000;
  const second = sandbox.account.createTicket({ subject: "late", description: "d" });
  clock.ms += 45_000;
  const path = "/api/v2/incremental/tickets/cursor.json";
  const page = (await call("GET", `${path}?start_time=${since}`)).body;
  expect(page.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([first.id]);
  expect(page.end_of_stream).toBe(true);
  clock.ms += MINUTE_MS;
  const more = (await call("GET", `${path}?cursor=${page.after_cursor}`)).body;
  expect(more.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([second.id]);
  expect((await call("GET", `${path}?cursor=${more.after_cursor}`)).body.tickets).toEqual([]);
});

test("the export refuses a start within the last minute, and more than ten requests a minute", async () => {
  const { call } = await startedSandbox();
  const path = "/api/v2/incremental/tickets/cursor.json";
  expect((await call("GET", `${path}?start_time=${START / 1000 - 10}`)).status).toBe(400);
  for (let n = 0; n < 9; n++) expect((await call("GET", `${path}?start_time=1`)).status).toBe(200);
  expect((await call("GET", `${path}?start_time=1`)).status).toBe(429);
});

test("a bulk update answers at once; its completed job tells which tickets failed", async () => {
  const { sandbox, call } = await startedSandbox({ limits: { jobQueueMs: 1, jobWorkMs: 1 } });
  const make = () => sandbox.account.createTicket({ subject: "s", description: "d", tags: ["old"] }).id;
  const [open, closed] = [make(), make()];
  sandbox.account.personUpdates(closed, { status: "closed" });
  const queued = await call("PUT", `/api/v2/tickets/update_many.json?ids=${open},${closed}`, {
    ticket: { additional_tags: ["new"] },
  });
  expect(queued.body.job_status.status).toBe("queued");
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { job_status } = (await call("GET", `/api/v2/job_statuses/${queued.body.job_status.id}`)).body;
  expect(job_status.status).toBe("completed");
  expect(job_status.results.map(({ success }: { success: boolean }) => success)).toEqual([true, false]);
  expect(sandbox.account.ticket(open)?.tags).toEqual(["old", "new"]);
});

test("the documented ticket 5158 is there from the start, and no event is sent for it", async () => {
  const { sandbox, call } = await startedSandbox();
  const { ticket } = (await call("GET", "/api/v2/tickets/5158.json")).body;
  expect(ticket).toMatchObject({
    subject: "Cannot login to mobile app",
    description: "Customer is experiencing login issues with the mobile app",
    tags: ["mobile", "login"],
    requester_id: 8447388090494,
    group_id: null,
    assignee_id: null,
    status: "open",
  });
  expect(sandbox.account.listInvocations()).toEqual([]);
});
