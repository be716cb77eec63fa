import { expect, test } from "vitest";
import { decision } from "../triage/builders.ts";
import { answerOf, type Running, signed, startServer, ticketCreated } from "./running-server.ts";

const MINUTE_MS = 60_000;
const OURS = 1;

let events = 0;
/** Answers what became of the delivery. */
async function hears(server: Running, type: string, { ticketId = 5158, actorId = 900, detail = {} } = {}) {
  const event = JSON.parse(ticketCreated({ id: `event-${++events}`, ticketId, actorId }));
  Object.assign(event.detail, detail);
  const body = JSON.stringify({ ...event, type: `zen:event-type:${type}` });
  const answer = await answerOf(
    await fetch(`${server.url}/webhooks/zendesk`, signed({ body, at: server.clock.now })),
  );
  expect(answer.status).toBe(200);
  return answer.body.status;
}

const jobs = async ({ store }: Running) =>
  (await store.jobs.list({ limit: 50 })).map(({ kind, lane, runAt }) => ({ kind, lane, runAt }));

const withDecision = async (overrides: Parameters<typeof decision>[0] = {}): Promise<Running> => {
  const server = await startServer();
  await server.store.decisions.record(decision({ ticketId: 5158, ...overrides }));
  return server;
};

const FEEDBACK = [
  "ticket.agent_assignment_changed",
  "ticket.comment_added",
  "ticket.csat_received",
  "ticket.group_assignment_changed",
  "ticket.marked_as_spam",
  "ticket.merged",
  "ticket.priority_changed",
  "ticket.soft_deleted",
  "ticket.status_changed",
  "ticket.undeleted",
  "messaging_ticket.message_added",
];

test.each(FEEDBACK)("%s about a ticket of ours is looked into a minute later", async (type) => {
  const server = await withDecision();
  expect(await hears(server, type)).toBe("accepted");
  expect(await jobs(server)).toEqual([
    { kind: "follow_ticket", lane: "follow", runAt: server.clock.now + MINUTE_MS },
  ]);
});

test("all events of one minute are one look; the next minute gets its own", async () => {
  const server = await withDecision();
  for (const type of FEEDBACK) await hears(server, type);
  expect(await jobs(server)).toHaveLength(1);
  server.clock.now += MINUTE_MS;
  await hears(server, "ticket.comment_added");
  expect(await jobs(server)).toHaveLength(2);
});

test.each(FEEDBACK)("%s is no work when we did it, nor about a ticket that is not ours", async (type) => {
  const server = await withDecision();
  expect(await hears(server, type, { actorId: OURS })).toBe("ignored");
  expect(await hears(server, type, { ticketId: 77 })).toBe("ignored");
  expect(await jobs(server)).toEqual([]);
});

test("while nobody knows which user we are, every event counts", async () => {
  const server = await startServer(() => ({ serviceUserId: () => null }));
  await server.store.decisions.record(decision({ ticketId: 5158 }));
  expect(await hears(server, "ticket.comment_added", { actorId: OURS })).toBe("accepted");
});

test("an event that overtakes the decision is not lost", async () => {
  const server = await startServer();
  await hears(server, "ticket.created");
  expect(await hears(server, "ticket.group_assignment_changed")).toBe("accepted");
});

test("the first words of a conversation are read within seconds", async () => {
  const server = await withDecision({ action: "skip", reason: "no_customer_message", groupId: null });
  await hears(server, "messaging_ticket.message_added");
  await hears(server, "ticket.comment_added");
  const [job, ...more] = await jobs(server);
  expect(more).toEqual([]);
  expect(job).toMatchObject({ kind: "retriage_ticket", lane: "live" });
  expect((job?.runAt ?? 0) - server.clock.now).toBeLessThanOrEqual(5_000);
});

test("an urgent ticket, and an erasure, come before others", async () => {
  const server = await startServer();
  const detail = {
    ...{ description: "All is down", tags: [], status: "NEW", priority: "URGENT", via: { channel: "email" } },
    ...{ created_at: "2026-11-22T08:00:00Z", updated_at: "2026-11-22T08:00:00Z", requester_id: "900" },
  };
  await hears(server, "ticket.created", { detail });
  await hears(server, "ticket.permanently_deleted", { ticketId: 6 });
  await hears(server, "ticket.created", { ticketId: 7 });
  expect((await jobs(server)).map(({ kind, lane }) => `${kind} ${lane}`).sort()).toEqual([
    "erase_ticket urgent",
    "route_ticket live",
    "route_ticket urgent",
  ]);
});

test("a ticket that we never saw can be erased, too", async () => {
  const server = await startServer();
  expect(await hears(server, "ticket.permanently_deleted", { ticketId: 99 })).toBe("accepted");
});
