/** A person's word about a ticket, from the API to the example that is learned from. */
import { expect, test } from "vitest";
import { READING } from "../../src/adapters.ts";
import { learnExample } from "../../src/worker/learn-example.ts";
import { classification, decision, ticket } from "../triage/builders.ts";
import { startServer } from "./running-server.ts";

const SECRET_MAIL = "jane.doe@example.com";
const known = ticket({ description: `My card was charged twice, write to ${SECRET_MAIL}.` });

async function desk(found: ReturnType<typeof ticket> | null = known) {
  const running = await startServer(({ store, now }) => ({
    learn: (lesson) =>
      learnExample(lesson, { zendesk: { readTicket: async () => found }, ...store, ...READING, now }),
  }));
  await running.store.decisions.record({ ...decision(), id: "d1", ticketId: known.id, jobId: 1 });
  const examples = async () => (await running.call("GET", "/api/v1/examples")).body["examples"];
  const say = (intent?: string) =>
    running.call("POST", "/api/v1/feedback", { decision_id: "d1", by: "Mia", ...(intent ? { intent } : {}) });
  return { ...running, examples, say };
}

test("a corrected ticket becomes an example without the customer's address", async () => {
  const { say, examples } = await desk();
  expect((await say("outage")).status).toBe(200);
  expect(await examples()).toMatchObject([
    { intent: "outage", source: "correction", confirmed_by: "Mia", language: "en", ticket_id: known.id },
  ]);
  expect(JSON.stringify(await examples())).toContain("charged twice");
  expect(JSON.stringify(await examples())).not.toContain(SECRET_MAIL);
});

test("a later word about the same ticket replaces the earlier one", async () => {
  const { say, examples } = await desk();
  await say("outage");
  await say();
  expect(await examples()).toMatchObject([{ intent: "refund", source: "review" }]);
});

test.each(["other", "needs_person", "not_a_ticket"])(
  "that a ticket is %s can be said as well",
  async (label) => {
    const { say, examples } = await desk();
    expect((await say(label)).status).toBe(200);
    expect(await examples()).toMatchObject([{ intent: label, source: "correction" }]);
  },
);

test("a ticket that nobody has read cannot be right", async () => {
  const { store, call, examples } = await desk();
  const unread = { action: "review", reason: "classifier_refused" } as const;
  await store.decisions.record({
    ...{ ...decision(unread), id: "d9", ticketId: known.id, jobId: 9 },
    classification: classification({ intent: "needs_person" }),
  });
  expect((await call("POST", "/api/v1/feedback", { decision_id: "d9" })).status).toBe(409);
  expect(await examples()).toEqual([]);
  const said = await call("POST", "/api/v1/feedback", { decision_id: "d9", intent: "not_a_ticket" });
  expect(said.status).toBe(200);
});

test("what cannot be learned from is refused with the reason", async () => {
  const { say, call, examples } = await desk();
  expect((await say("no_such_row")).status).toBe(409);
  expect((await call("POST", "/api/v1/feedback", { decision_id: "unknown" })).status).toBe(404);
  expect((await (await desk(null)).say()).status).toBe(409);
  expect(await examples()).toEqual([]);
});

test("a review waits in its queue until a person says what the ticket was about", async () => {
  const { call, store, examples } = await desk();
  const left = { action: "review", reason: "low_confidence" } as const;
  await store.decisions.record({ ...decision(left), id: "d2", ticketId: 8, jobId: 2, createdAt: 2 });
  await store.decisions.record({ ...decision(left), id: "d3", ticketId: 9, jobId: 3, createdAt: 3 });
  const first = await call("GET", "/api/v1/reviews?limit=1");
  expect(first.body["reviews"]).toMatchObject([{ id: "d3", action: "review", ticket_id: 9 }]);
  const rest = await call("GET", `/api/v1/reviews?cursor=${first.body["next_cursor"]}`);
  expect(rest.body).toMatchObject({ reviews: [{ id: "d2" }], next_cursor: null });

  const unlearned = await call("POST", "/api/v1/reviews/d3", {});
  expect(unlearned.status).toBe(422);
  expect((await call("POST", "/api/v1/reviews/none", { intent: "outage" })).status).toBe(404);
  expect((await call("GET", "/api/v1/decisions/d3")).body["said"]).toBeNull();
  const said = await call("POST", "/api/v1/reviews/d3", { intent: "outage", by: "Mia" });
  expect(said.status).toBe(200);
  expect(await examples()).toMatchObject([{ id: said.body["example_id"], intent: "outage" }]);
  // The desk reads the same ticket whatever it is asked for, so the example is that ticket's.
  expect((await call("GET", "/api/v1/decisions/d1")).body["said"]).toMatchObject({
    intent: "outage",
    by: "Mia",
  });
});

test("the queue of reviews is for admins alone", async () => {
  const { call } = await desk();
  expect((await call("GET", "/api/v1/reviews", undefined, null)).status).toBe(401);
  expect((await call("POST", "/api/v1/reviews/d1", { intent: "outage" }, null)).status).toBe(401);
});

test("an example can be forgotten", async () => {
  const { say, call, examples } = await desk();
  const { body } = await say();
  expect((await call("DELETE", `/api/v1/examples/${body["example_id"]}`)).status).toBe(200);
  expect((await call("DELETE", `/api/v1/examples/${body["example_id"]}`)).status).toBe(404);
  expect(await examples()).toEqual([]);
});
