import { describe, expect, test } from "vitest";
import { type Desk, MINUTE_MS, SECOND_MS, startDesk } from "./support-desk.ts";

const AS = { refund: "Please refund my order", vip: "Refund, and I am a VIP" };

/** A ticket that Switchyard has routed to Billing. */
async function routed(desk: Desk, text = AS.refund): Promise<number> {
  const id = desk.write(text);
  await desk.settle();
  return id;
}

describe("what people do with a routed ticket becomes the outcome of its decision", () => {
  test.each<[outcome: string, deed: (desk: Desk, id: number) => void, more?: object]>([
    ["kept", ({ account }, id) => account.agentReplies(id, "On its way.")],
    ["kept", ({ account }, id) => account.agentTakes(id)],
    [
      "rerouted",
      ({ account, groupId }, id) => account.personMovesTicket(id, groupId("Sales")),
      { group: "Sales", reroutes: 1 },
    ],
    ["solved", ({ account }, id) => account.personUpdates(id, { status: "solved" })],
    [
      "reopened",
      ({ account }, id) => {
        account.personUpdates(id, { status: "solved" });
        account.customerReplies(id, "It is still broken.");
      },
      { reopens: 1 },
    ],
    [
      "escalated",
      ({ account }, id) => {
        account.personUpdates(id, { priority: "normal" });
        account.personUpdates(id, { priority: "urgent" });
      },
      { escalated: true },
    ],
    ["merged", (desk, id) => desk.account.mergeTickets(id, desk.write("The same refund, written first"))],
    ["deleted", ({ account }, id) => account.deleteTicket(id)],
    ["deleted", ({ account }, id) => account.markAsSpam(id)],
    [
      "solved",
      ({ account }, id) => {
        account.personUpdates(id, { status: "solved" });
        account.customerRates(id, "bad", "Too slow");
      },
      { csat: "bad" },
    ],
  ])("%s", async (outcome, deed, more = {}) => {
    const desk = await startDesk();
    const id = await routed(desk);
    deed(desk, id);
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([
      { state: "written", outcome, outcome_detail: { result: outcome, ...more } },
    ]);
    const [ours] = await desk.decisions(id);
    expect((await desk.api(`/api/v1/decisions?ticket_id=${id}`)).body).not.toHaveProperty(
      "decisions.0.outcome_detail",
    );
    expect(ours?.outcome_detail?.group_id).not.toBeUndefined();
  });

  test("a ticket that is restored is not deleted any more", async () => {
    const desk = await startDesk();
    const id = await routed(desk);
    desk.account.agentReplies(id, "On its way.");
    desk.account.deleteTicket(id);
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ outcome: "deleted" }]);
    desk.account.restoreTicket(id);
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ outcome: "kept" }]);
  });

  test("what omnichannel routing does on its own is no person's work", async () => {
    const desk = await startDesk();
    const id = await routed(desk);
    const agent = desk.account
      .listUsers()
      .find(({ role, group_ids: ids }) => role === "agent" && ids.includes(desk.groupId("Billing")));
    desk.account.setOmnichannel({ on: true });
    desk.account.setAvailability(agent?.id ?? 0, "online", 5);
    expect(desk.account.ticket(id)?.assignee_id).toBe(agent?.id);
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ outcome: null }]);
  });
});

describe("work is made only by what others do to our tickets", () => {
  test("our own update comes back as events and makes none", async () => {
    const desk = await startDesk();
    const id = await routed(desk);
    await desk.pass(MINUTE_MS);
    const heard = desk.account.listInvocations().length;
    expect(heard).toBeGreaterThan(1);
    expect(await desk.jobs(id)).toEqual(["route_ticket"]);
  });

  test("events about a ticket that was never ours make none", async () => {
    const desk = await startDesk();
    const before = desk.account.listInvocations().length;
    const id = desk.write("An older ticket");
    await desk.settle();
    await desk.store.decisions.eraseTicket(id);
    await desk.store.jobs.eraseTicket(id, 0);
    desk.account.agentReplies(id, "Hello");
    desk.account.personUpdates(id, { status: "solved" });
    await desk.pass(MINUTE_MS);
    expect(desk.account.listInvocations().length).toBeGreaterThan(before + 2);
    expect(await desk.jobs(id)).toEqual([]);
  });

  test("all that happens within a minute is looked at once", async () => {
    const desk = await startDesk();
    const id = await routed(desk);
    for (let n = 0; n < 4; n++) {
      desk.account.agentReplies(id, `Answer ${n}`);
      desk.account.agentTakes(id);
      await desk.pass(10 * SECOND_MS);
    }
    await desk.pass(MINUTE_MS);
    expect(await desk.jobs(id)).toEqual(["follow_ticket", "route_ticket"]);
    expect(await desk.decisions(id)).toMatchObject([{ outcome: "kept" }]);
  });
});

test("a trigger that undoes our assignment in the same audit is found at once, named, and told with a remedy", async () => {
  const desk = await startDesk();
  desk.account.addTrigger({
    title: "VIP to Sales",
    conditions: { all: [{ field: "group_id", operator: "is_not", value: String(desk.groupId("Sales")) }] },
    actions: [{ field: "group_id", value: String(desk.groupId("Sales")) }],
  });
  // Made in the trigger's own group, so that only our update sets it off.
  const id = desk.write(AS.vip, { group: "Sales" });
  await desk.settle();
  expect(desk.groupOf(id)).toBe("Sales");
  expect(await desk.decisions(id)).toMatchObject([
    {
      outcome: "undone",
      outcome_detail: { undone_by: { title: "VIP to Sales", kind: "trigger" }, group: "Sales" },
    },
  ]);
  expect(await desk.store.findings.list(0)).toMatchObject([
    { rule: { title: "VIP to Sales" }, ticketId: id, count: 1 },
  ]);
  const metrics = String((await desk.api("/metrics")).body);
  expect(metrics).toMatch(/switchyard_trigger_fights\{rule="\d+"\} 1/);
});

describe("without any webhook, the sweep alone", () => {
  test("brings outcomes", async () => {
    const desk = await startDesk({}, { webhooks: false });
    await desk.sweep();
    const [id, untouched] = [desk.write(AS.refund), desk.write(AS.refund)];
    await desk.sweep();
    expect(desk.groupOf(id)).toBe("Billing");
    await desk.pass(10 * SECOND_MS);
    desk.account.personMovesTicket(id, desk.groupId("Sales"));
    await desk.sweep();
    expect(await desk.decisions(id)).toMatchObject([
      { outcome: "rerouted", outcome_detail: { group: "Sales", reroutes: 1 } },
    ]);
    expect(await desk.decisions(untouched)).toMatchObject([{ state: "written", outcome: null }]);
  });

  test("routes a conversation at once whose customer wrote before anybody knew of it", async () => {
    const desk = await startDesk({}, { webhooks: false });
    await desk.sweep();
    const { id } = desk.account.startConversation();
    desk.account.customerReplies(id, "I want a refund for my broken kettle.");
    await desk.sweep();
    await desk.sweep();
    expect(desk.groupOf(id)).toBe("Billing");
    expect(await desk.decisions(id)).toMatchObject([{ action: "assign", state: "written" }]);
    expect(desk.notes(id)).toBe(1);
  });

  test("routes a conversation once its customer has written", async () => {
    const desk = await startDesk({}, { webhooks: false });
    await desk.sweep();
    const { id } = desk.account.startConversation();
    await desk.sweep();
    expect(desk.groupOf(id)).toBeUndefined();
    await desk.pass(10 * SECOND_MS);
    desk.account.customerReplies(id, "I want a refund");
    await desk.sweep();
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.notes(id)).toBe(1);
  });
});
