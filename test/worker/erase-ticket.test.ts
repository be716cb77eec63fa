import { expect, test } from "vitest";
import { MINUTE_MS, startDesk } from "./support-desk.ts";

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
