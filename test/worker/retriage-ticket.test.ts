import { describe, expect, test } from "vitest";
import { eventually } from "../running-switchyard.ts";
import { type Desk, MINUTE_MS, SECOND_MS, startDesk } from "./support-desk.ts";

const ON_COMMENT = { retriage: { on_comment: true, margin: 0.15 } };

async function routed(desk: Desk): Promise<number> {
  const id = desk.write("Please refund my order. sure:0.8");
  await desk.settle();
  expect(desk.groupOf(id)).toBe("Billing");
  return id;
}

/** The customer writes, and the minute passes after which somebody looks. */
async function replied(desk: Desk, id: number, text: string): Promise<void> {
  await desk.pass(10 * SECOND_MS);
  desk.account.customerReplies(id, text);
  await desk.pass(MINUTE_MS);
}

describe("the customer writes again", () => {
  test("and the ticket stays, unless the table allows another look", async () => {
    const desk = await startDesk();
    const id = await routed(desk);
    await replied(desk, id, "In truth it is an outage. sure:0.99");
    expect(desk.groupOf(id)).toBe("Billing");
    expect(await desk.decisions(id)).toHaveLength(1);
  });

  test("and the ticket moves when the new answer is surer by the margin", async () => {
    const desk = await startDesk(ON_COMMENT);
    const id = await routed(desk);
    await replied(desk, id, "In truth it is an outage. sure:0.96");
    expect(desk.groupOf(id)).toBe("Technical Support");
    expect(await desk.decisions(id)).toMatchObject([
      { action: "assign", state: "written", intent: "outage" },
      { action: "assign", state: "written", intent: "refund" },
    ]);
    expect(desk.account.ticket(id)?.tags).toContain("sy_intent_outage");
    expect(desk.account.ticket(id)?.tags).not.toContain("sy_intent_refund");
  });

  test("and what counts is the newest, however long the conversation has been", async () => {
    const desk = await startDesk(ON_COMMENT);
    const id = await routed(desk);
    await desk.pass(10 * SECOND_MS);
    for (let n = 0; n < 120; n++) desk.account.customerReplies(id, `Are you there? ${n}`);
    desk.account.customerReplies(id, "In truth it is an outage. sure:0.96");
    await desk.pass(MINUTE_MS);
    expect(desk.groupOf(id)).toBe("Technical Support");
  });

  test.each([
    ["is not surer by the margin", "In truth it is an outage. sure:0.94"],
    ["says the same, only surer", "When do I get my refund? sure:0.99"],
  ])("and nothing is written when the new answer %s", async (_name, text) => {
    const desk = await startDesk(ON_COMMENT);
    const id = await routed(desk);
    await replied(desk, id, text);
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.notes(id)).toBe(1);
    expect(await desk.decisions(id)).toMatchObject([
      { action: "skip", reason: "unchanged" },
      { state: "written" },
    ]);
  });

  test.each<[string, (desk: Desk, id: number) => void]>([
    ["answered", ({ account }, id) => account.agentReplies(id, "We look into it.")],
    ["written to colleagues", ({ account }, id) => account.personComments(id, "Known?", { public: false })],
    [
      "moved it, and back",
      ({ account, groupId }, id) => {
        account.personMovesTicket(id, groupId("Sales"));
        account.personMovesTicket(id, groupId("Billing"));
      },
    ],
  ])("and nothing moves once a person has %s", async (_name, deed) => {
    const desk = await startDesk(ON_COMMENT);
    const id = await routed(desk);
    deed(desk, id);
    await replied(desk, id, "In truth it is an outage. sure:0.99");
    expect(desk.groupOf(id)).toBe("Billing");
    expect(await desk.decisions(id)).toHaveLength(1);
    expect(desk.notes(id)).toBe(1);
  });

  test("and a person who writes between our read and our write has the last word", async () => {
    const desk = await startDesk(ON_COMMENT);
    const id = await routed(desk);
    await desk.pass(10 * SECOND_MS);
    desk.account.customerReplies(id, "In truth it is an outage. sure:0.99");
    await desk.settle();
    desk.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), delayMs: 1_500 });
    const passing = desk.pass(MINUTE_MS);
    await eventually(
      () => desk.decisions(id),
      (decisions) => decisions.length === 2,
    );
    desk.account.personComments(id, "I have it.", { public: false });
    await passing;
    expect((await desk.decisions(id))[0]).toMatchObject({ intent: "outage", state: "superseded" });
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.notes(id)).toBe(1);
  });
});

describe("a conversation", () => {
  test("is left alone until the customer has written, then routed within seconds, with one note", async () => {
    const desk = await startDesk();
    const { id } = desk.account.startConversation();
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ action: "skip", reason: "no_customer_message" }]);
    for (const text of ["Hello", "I want a refund", "please"]) desk.account.customerReplies(id, text);
    await desk.pass(5 * SECOND_MS);
    expect(desk.groupOf(id)).toBe("Billing");
    desk.account.customerReplies(id, "Anybody there?");
    await desk.pass(MINUTE_MS);
    expect(desk.notes(id)).toBe(1);
    expect((await desk.decisions(id)).filter(({ action }) => action === "assign")).toHaveLength(1);
  });

  test("is routed although its customer goes on writing while it is being updated", async () => {
    const desk = await startDesk();
    const { id } = desk.account.startConversation();
    await desk.settle();
    desk.account.customerReplies(id, "I want a refund");
    await desk.settle();
    desk.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), delayMs: 1_500 });
    const passing = desk.pass(5 * SECOND_MS);
    await eventually(
      () => desk.decisions(id),
      (decisions) => decisions.length === 2,
    );
    desk.account.customerReplies(id, "for my kettle");
    await passing;
    expect((await desk.decisions(id))[0]).toMatchObject({ action: "assign", state: "written" });
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.notes(id)).toBe(1);
  });

  test("that an agent has answered first is the agent's", async () => {
    const desk = await startDesk();
    const { id } = desk.account.startConversation();
    await desk.settle();
    desk.account.agentTakes(id);
    desk.account.customerReplies(id, "I want a refund");
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ reason: "no_customer_message" }]);
    expect(desk.notes(id)).toBe(0);
  });
});

describe("Claude was out, and the local classifier answered", () => {
  async function answeredLocally(desk: Desk): Promise<number> {
    desk.claude.out = true;
    const id = desk.write("It is an outage. sure:0.8");
    for (let n = 0; n < 12 && desk.groupOf(id) === undefined; n++) await desk.pass(30 * SECOND_MS);
    expect(await desk.decisions(id)).toMatchObject([{ classifier: "local", group: "Billing" }]);
    return id;
  }

  test("Claude answers later, however long that takes, and its answer counts", async () => {
    const desk = await startDesk();
    const id = await answeredLocally(desk);
    for (let n = 0; n < 12; n++) await desk.pass(10 * MINUTE_MS);
    expect(await desk.decisions(id)).toHaveLength(1);
    desk.claude.out = false;
    await desk.pass(10 * MINUTE_MS);
    expect(desk.groupOf(id)).toBe("Technical Support");
    expect((await desk.decisions(id))[0]).toMatchObject({ classifier: "claude", state: "written" });
  });

  test("what people do meanwhile is followed all the same, and is final", async () => {
    const desk = await startDesk();
    const id = await answeredLocally(desk);
    desk.account.personMovesTicket(id, desk.groupId("Sales"));
    await desk.pass(MINUTE_MS);
    expect(await desk.decisions(id)).toMatchObject([{ outcome: "rerouted" }]);
    desk.claude.out = false;
    await desk.pass(20 * MINUTE_MS);
    expect(desk.groupOf(id)).toBe("Sales");
    expect(await desk.decisions(id)).toHaveLength(1);
  });
});
