import { describe, expect, test } from "vitest";
import { eventually } from "../running-switchyard.ts";
import { type Desk, MINUTE_MS, SECOND_MS, startDesk } from "./support-desk.ts";

const FIVE_MINUTES = { hold: [{ channel: ["email"], minutes: 5 }] };

test("a ticket of a held channel is routed after its time and not before; others at once", async () => {
  const desk = await startDesk(FIVE_MINUTES);
  const [held, other] = [desk.write("Please refund"), desk.write("Please refund", { channel: "web" })];
  await desk.pass(5 * MINUTE_MS - 2 * SECOND_MS);
  expect(desk.groupOf(other)).toBe("Billing");
  expect(await desk.decisions(held)).toEqual([]);
  await desk.pass(3 * SECOND_MS);
  expect(desk.groupOf(held)).toBe("Billing");
  expect(desk.notes(held)).toBe(1);
});

test.each<[string, (desk: Desk, id: number) => void, string]>([
  ["is assigned", ({ account }, id) => account.agentTakes(id), "handled_by_person"],
  ["is answered", ({ account }, id) => account.agentReplies(id, "Hello"), "handled_by_person"],
  [
    "gets a private note",
    ({ account }, id) => account.personComments(id, "Mine", { public: false }),
    "handled_by_person",
  ],
  [
    "is set to pending",
    ({ account }, id) => account.personUpdates(id, { status: "pending" }),
    "handled_by_person",
  ],
  ["is solved", ({ account }, id) => account.personUpdates(id, { status: "solved" }), "ticket_solved"],
])("a held ticket that %s meanwhile is left to people", async (_name, deed, reason) => {
  const desk = await startDesk(FIVE_MINUTES);
  const id = desk.write("Please refund");
  await desk.pass(MINUTE_MS);
  deed(desk, id);
  const before = structuredClone(desk.account.ticket(id));
  await desk.pass(5 * MINUTE_MS);
  expect(await desk.decisions(id)).toMatchObject([{ action: "skip", reason }]);
  expect(desk.account.ticket(id)).toEqual(before);
});

test("its customer's second message is no person's work", async () => {
  const desk = await startDesk(FIVE_MINUTES);
  const id = desk.write("Please refund");
  await desk.pass(MINUTE_MS);
  desk.account.customerReplies(id, "Please hurry");
  await desk.pass(5 * MINUTE_MS);
  expect(desk.groupOf(id)).toBe("Billing");
});

test("a person who acts between our read and our write has the last word", async () => {
  const desk = await startDesk(FIVE_MINUTES);
  const id = desk.write("Please refund");
  await desk.pass(4 * MINUTE_MS);
  desk.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), delayMs: 400 });
  const passing = desk.pass(2 * MINUTE_MS);
  await eventually(
    () => desk.decisions(id),
    (decisions) => decisions.length === 1,
  );
  desk.account.personComments(id, "Mine", { public: false });
  await passing;
  expect(await desk.decisions(id)).toMatchObject([{ state: "superseded" }]);
  expect(desk.groupOf(id)).toBeUndefined();
});

describe("while a ticket is held", () => {
  test("a restart loses nothing and hurries nothing", async () => {
    const desk = await startDesk(FIVE_MINUTES);
    const id = desk.write("Please refund");
    await desk.pass(MINUTE_MS);
    await desk.restart();
    await desk.pass(3 * MINUTE_MS);
    expect(await desk.decisions(id)).toEqual([]);
    await desk.restart();
    await desk.pass(2 * MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ state: "written", group: "Billing" }]);
    expect(desk.notes(id)).toBe(1);
  });

  test("it can be erased, and is never decided about", async () => {
    const desk = await startDesk(FIVE_MINUTES);
    const id = desk.write("Please refund");
    await desk.pass(MINUTE_MS);
    desk.account.deleteTicket(id);
    desk.account.eraseTicket(id);
    await desk.settle();
    expect(await desk.jobs(id)).toEqual(["erase_ticket"]);
    await desk.pass(10 * MINUTE_MS);
    expect(await desk.decisions(id)).toEqual([]);
  });
});
