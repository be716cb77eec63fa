/** What integrations get wrong about Zendesk, as promises: each would be broken by the mistake that its words name. */
import { expect, onTestFinished, test } from "vitest";
import { deliver, eventBody } from "../delivery.ts";
import { eventually } from "../running-switchyard.ts";
import { SECRET } from "../server/running-server.ts";
import { table } from "../triage/builders.ts";
import { interruptedWrite } from "./interrupted-write.ts";
import { startDesk } from "./support-desk.ts";

test("an event is answered while Claude is still thinking, and the ticket is routed when it has thought", async () => {
  const desk = await startDesk({}, { webhooks: false });
  let answer = (): void => {};
  desk.claude.answersAfter = new Promise((resolve) => {
    answer = resolve;
  });
  onTestFinished(() => answer());
  const id = desk.write("Please refund");
  const timestamp = new Date(desk.now()).toISOString();
  const sent = await deliver(desk.url, { body: eventBody(id), secret: SECRET, timestamp });
  expect(sent.status).toBe(200);
  await eventually(
    () => desk.claude.asked,
    (asked) => asked.length === 1,
  );
  expect(await desk.decisions(id)).toEqual([]);
  answer();
  await desk.settle();
  expect(desk.groupOf(id)).toBe("Billing");
});

test("a follow-up, which inherits the tags of the ticket before it, is routed like any other", async () => {
  const desk = await startDesk();
  const { id } = desk.account.createTicket({
    subject: "Again",
    description: "Please refund",
    tags: ["vip", "sy_routed", "sy_review", "sy_returned", "sy_intent_outage", "sy_confidence_low"],
  });
  await desk.settle();
  expect(desk.groupOf(id)).toBe("Billing");
  expect(desk.account.ticket(id)?.tags.toSorted()).toEqual([
    ...["sy_confidence_high", "sy_intent_refund", "sy_routed", "vip"],
  ]);
});

test("tags that others set between our read and our write stay, and nothing is sent that Zendesk ignores", async () => {
  const desk = await startDesk();
  const id = await interruptedWrite(desk, (ticketId) => {
    desk.account.personUpdates(ticketId, { tags: ["vip", "callback"] });
  });
  expect(desk.account.ticket(id)?.tags).toEqual(expect.arrayContaining(["vip", "callback", "sy_routed"]));
  expect(desk.notes(id)).toBe(1);
  expect(desk.account.warnings()).toEqual([]);
});

test("the auto-routing tag comes with the group, in one update, so that nobody gets the ticket before", async () => {
  const desk = await startDesk({ auto_routing_tag: "auto-routing" });
  const id = desk.write("Please refund");
  await desk.settle();
  const ours = desk.account.audits(id).filter(({ events }) => events.some(({ type }) => type === "Change"));
  expect(ours).toHaveLength(1);
  expect(ours[0]?.events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ field_name: "group_id", value: String(desk.groupId("Billing")) }),
      expect.objectContaining({ field_name: "tags", value: expect.arrayContaining(["auto-routing"]) }),
    ]),
  );
});

test("what no event holds, the tags of the customer's organization, is read where a rule asks about it", async () => {
  const desk = await startDesk();
  const rules = [{ name: "Big ones", when: { organization_tags: ["enterprise"] }, set: { group: "Sales" } }];
  const doc = table({ rules, fallback: { group: "Customer Care" } });
  await desk.store.routing.publish({ table: doc, baseVersion: 2, note: "", author: "test" });
  const requester = { name: "Kim", email: "kim@northwind.example" };
  const { id } = desk.account.createTicket({ subject: "Refund", description: "Please refund", requester });
  const other = desk.write("Please refund");
  await desk.settle();
  expect([desk.groupOf(id), desk.groupOf(other)]).toEqual(["Sales", "Billing"]);
});

test("a decision takes one update of the ticket, and the customer gets none of it", async () => {
  const desk = await startDesk();
  const id = desk.write("Please refund");
  await desk.settle();
  expect(desk.account.audits(id)).toHaveLength(2);
  expect(desk.account.comments(id).map((comment) => comment.public)).toEqual([true, false]);
});
