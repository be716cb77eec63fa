import { expect, test } from "vitest";
import { deliver, eventBody } from "../delivery.ts";
import { SECRET } from "../server/running-server.ts";
import { type Desk, MINUTE_MS, startDesk } from "./support-desk.ts";

test("a ticket that Zendesk erases for good leaves nothing here that can be read", async () => {
  const desk = await startDesk();
  desk.account.addTrigger({
    title: "All to Sales",
    conditions: { all: [{ field: "group_id", operator: "is_not", value: String(desk.groupId("Sales")) }] },
    actions: [{ field: "group_id", value: String(desk.groupId("Sales")) }],
  });
  const kept = desk.write("Refund of another customer", { group: "Sales" });
  const id = desk.write("Refund for order 991177", { group: "Sales" });
  await desk.settle();
  const [decision] = await desk.decisions(id);
  expect(decision?.outcome).toBe("undone");
  desk.account.deleteTicket(id);
  desk.account.eraseTicket(id);
  await desk.settle();

  expect(await desk.decisions(id)).toEqual([]);
  expect((await desk.api(`/api/v1/decisions/${decision?.id}`)).status).toBe(404);
  expect(await desk.jobs(id)).toEqual(["erase_ticket"]);
  expect(await desk.store.findings.list(0)).toMatchObject([{ ticketId: kept, count: 1 }]);
  expect(await desk.decisions(kept)).toHaveLength(1);
  // What was still to be looked at does not bring it back.
  await desk.pass(2 * MINUTE_MS);
  expect(await desk.decisions(id)).toEqual([]);
});

/** As Zendesk would have said it when the ticket was made, at a time. */
async function creationArrives(desk: Desk, ticketId: number, at: number): Promise<void> {
  const event = JSON.parse(eventBody(ticketId));
  const time = new Date(at).toISOString();
  const detail = {
    ...event.detail,
    created_at: time,
    updated_at: time,
    description: "Refund for order 991177",
  };
  const body = JSON.stringify({ ...event, time, detail });
  const sent = await deliver(desk.url, {
    body,
    secret: SECRET,
    timestamp: new Date(desk.now()).toISOString(),
  });
  expect(sent.ok).toBe(true);
  await desk.settle();
}

test.each([
  ["tells all of the ticket", 0],
  ["is old, so that the ticket would be read", 10 * MINUTE_MS],
])(
  "an event of its creation that comes only after that, and %s, leaves nothing either",
  async (_name, age) => {
    const desk = await startDesk();
    const id = desk.write("Refund for order 991177");
    await desk.settle();
    desk.account.deleteTicket(id);
    desk.account.eraseTicket(id);
    await desk.settle();
    const asked = desk.claude.asked.length;
    await creationArrives(desk, id, desk.now() - age);
    expect(await desk.decisions(id)).toEqual([]);
    expect(desk.claude.asked).toHaveLength(asked);
    await desk.restart();
    await creationArrives(desk, id, desk.now() - age);
    expect(await desk.decisions(id)).toEqual([]);
    expect(JSON.stringify(await desk.store.jobs.list({ limit: 100 }))).not.toContain("991177");
  },
);
