/** What people, and rules of the account, have said about a ticket before us: their priority, their group, their agent. */
import { describe, expect, test } from "vitest";
import { eventually } from "../running-switchyard.ts";
import { interruptedWrite } from "./interrupted-write.ts";
import { type Desk, MINUTE_MS, SECOND_MS, startDesk } from "./support-desk.ts";

const URGENT = { rows: { refund: { priority: "urgent" } } } as const;
const created = { all: [{ field: "update_type", operator: "is", value: "Create" }] };

describe("a row that sets the priority", () => {
  test.each<[string, (desk: Desk, id: number) => void]>([
    ["a person", ({ account }, id) => account.personUpdates(id, { priority: "low" })],
    [
      "a rule, when the ticket was there already,",
      ({ account }, id) => {
        account.addTrigger({
          title: "Second messages are low",
          conditions: { all: [{ field: "update_type", operator: "is", value: "Change" }] },
          actions: [{ field: "priority", value: "low" }],
        });
        account.customerReplies(id, "As I said.");
      },
    ],
  ])("leaves the one that %s has chosen before we looked", async (_name, deed) => {
    const desk = await startDesk({}, { webhooks: false, ...URGENT });
    await desk.sweep();
    const id = desk.write("Please refund");
    deed(desk, id);
    await desk.sweep();
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.account.ticket(id)?.priority).toBe("low");
    expect(await desk.decisions(id)).toMatchObject([{ state: "written", priority: null }]);
  });

  test("leaves the one of the agent who made the ticket", async () => {
    const desk = await startDesk({}, { webhooks: false, ...URGENT });
    await desk.sweep();
    const requester = { name: "Robin Hale", email: "robin.hale@customer.example" };
    const { id } = desk.account.agentCreatesTicket({
      subject: "Call",
      description: "Wants a refund",
      requester,
      priority: "low",
    });
    await desk.sweep();
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.account.ticket(id)?.priority).toBe("low");
  });

  test("overrules what the form said when the ticket was made", async () => {
    const desk = await startDesk({}, URGENT);
    const { id } = desk.account.createTicket({
      subject: "Refund",
      description: "Please refund",
      priority: "low",
    });
    await desk.settle();
    expect(desk.account.ticket(id)?.priority).toBe("urgent");
  });

  test.each([
    ["urgent", "overrule"],
    ["low", "leave"],
    ["low", "note"],
  ])(
    "makes %s of a rule's low on a new ticket where the table says to %s rules",
    async (priority, grouped_by_rule) => {
      const desk = await startDesk({ grouped_by_rule }, URGENT);
      desk.account.addTrigger({
        title: "New ones are low",
        conditions: created,
        actions: [{ field: "priority", value: "low" }],
      });
      const id = desk.write("Please refund");
      await desk.settle();
      expect(desk.groupOf(id)).toBe("Billing");
      expect(desk.account.ticket(id)?.priority).toBe(priority);
    },
  );
});

describe("a person who places the ticket between our read and our write", () => {
  async function placedMeanwhile(policies: object): Promise<{ desk: Desk; id: number }> {
    const desk = await startDesk({ ...policies });
    const id = await interruptedWrite(desk, (ticketId) =>
      desk.account.personMovesTicket(ticketId, desk.groupId("Sales")),
    );
    return { desk, id };
  }

  test("has the last word, and reads what we think where the table wants that, once", async () => {
    const { desk, id } = await placedMeanwhile({ grouped_by_person: "note" });
    expect(desk.groupOf(id)).toBe("Sales");
    expect(desk.notes(id)).toBe(1);
    expect(await desk.decisions(id)).toMatchObject([
      { action: "assign", reason: "handled_by_person", state: "written", group: null, group_id: null },
    ]);
    expect(desk.account.ticket(id)?.tags).not.toContain("sy_routed");
    await desk.pass(2 * MINUTE_MS);
    expect(desk.notes(id)).toBe(1);
  });

  test("has the last word, and reads nothing, where the table says to leave such tickets", async () => {
    const { desk, id } = await placedMeanwhile({});
    expect(desk.groupOf(id)).toBe("Sales");
    expect(desk.notes(id)).toBe(0);
    expect(await desk.decisions(id)).toMatchObject([{ state: "superseded" }]);
  });
});

test("a person who places the ticket while it is being moved a second time reads no second note", async () => {
  const desk = await startDesk({
    ...{ grouped_by_person: "note", retriage: { on_comment: true, margin: 0.15 } },
  });
  const id = desk.write("Please refund my order. sure:0.8");
  await desk.settle();
  await desk.pass(10 * SECOND_MS);
  desk.account.customerReplies(id, "In truth it is an outage. sure:0.99");
  await desk.settle();
  desk.account.fail({ method: "PUT", path: /tickets/, delayMs: 400 });
  const passing = desk.pass(MINUTE_MS);
  await eventually(
    () => desk.decisions(id),
    (decisions) => decisions.length === 2,
  );
  desk.account.personMovesTicket(id, desk.groupId("Sales"));
  await passing;
  expect(desk.groupOf(id)).toBe("Sales");
  expect(desk.notes(id)).toBe(1);
  expect((await desk.decisions(id))[0]).toMatchObject({ state: "superseded" });
});

describe("the group of the customer's organization", () => {
  test.each([
    ["gives way to the table", {}, "Billing", { action: "assign", reason: "confident" }, 1],
    [
      "stays, with a note",
      { grouped_by_rule: "note" },
      "Sales",
      { action: "assign", reason: "grouped_by_rule" },
      1,
    ],
    ["stays, without a word", { grouped_by_rule: "leave" }, "Sales", { reason: "grouped_by_rule" }, 0],
  ])("%s, as a rule's group does", async (_name, policies, group, decision, notes) => {
    const desk = await startDesk(policies);
    const [organization] = desk.account.listOrganizations();
    desk.account.setOrganizationGroup(organization?.id ?? 0, desk.groupId("Sales"));
    const requester = { name: "Kim", email: `kim@${organization?.domain_names[0]}` };
    const { id } = desk.account.createTicket({ subject: "Refund", description: "Please refund", requester });
    expect(desk.groupOf(id)).toBe("Sales");
    await desk.settle();
    expect(desk.groupOf(id)).toBe(group);
    expect(await desk.decisions(id)).toMatchObject([decision]);
    expect(desk.notes(id)).toBe(notes);
  });
});

describe("a ticket that we gave to a person, whose customer writes again", () => {
  const ON_COMMENT = { retriage: { on_comment: true, margin: 0.15 } };
  const assign = { to: "round_robin", returning_customer: false };
  const agentsOf = ({ account, groupId }: Desk, group: string): number[] =>
    account
      .listUsers()
      .flatMap((user) => (user.role === "agent" && user.group_ids.includes(groupId(group)) ? [user.id] : []));

  async function given(outage: object = {}): Promise<{ desk: Desk; id: number; agent: number }> {
    const desk = await startDesk(ON_COMMENT, { rows: { refund: { assign }, outage } });
    // It is Sunday.
    desk.account.setListing("schedules", []);
    const id = desk.write("Please refund my order. sure:0.8");
    await desk.settle();
    const agent = desk.account.ticket(id)?.assignee_id ?? 0;
    expect(agentsOf(desk, "Billing")).toContain(agent);
    await desk.pass(10 * SECOND_MS);
    return { desk, id, agent };
  }

  async function writesAgain({ desk, id }: { desk: Desk; id: number }): Promise<void> {
    desk.account.customerReplies(id, "In truth it is an outage. sure:0.96");
    await desk.pass(MINUTE_MS);
  }

  test("moves when nobody has touched it, and to a person of the new group where its row wants that", async () => {
    const { desk, id } = await given({ assign });
    await writesAgain({ desk, id });
    expect(desk.groupOf(id)).toBe("Technical Support");
    expect(agentsOf(desk, "Technical Support")).toContain(desk.account.ticket(id)?.assignee_id);
  });

  test("moves without the one who had it, where the new row chooses nobody", async () => {
    const { desk, id, agent } = await given();
    // A member of both groups would go with the ticket.
    const both = ["Billing", "Technical Support"].map((name) => desk.groupId(name));
    desk.account.changeAgent(agent, { group_ids: both });
    await writesAgain({ desk, id });
    expect(desk.groupOf(id)).toBe("Technical Support");
    expect(desk.account.ticket(id)?.assignee_id).toBeNull();
    expect(desk.notes(id)).toBe(2);
  });

  test.each<[string, (desk: Desk, id: number, agent: number) => void]>([
    ["answered", ({ account }, id, agent) => account.agentReplies(id, "I look into it.", agent)],
    ["only noted something", ({ account }, id) => account.personComments(id, "Mine", { public: false })],
    [
      "handed it to a colleague",
      (desk, id, agent) => {
        const colleague = agentsOf(desk, "Billing").find((one) => one !== agent);
        desk.account.agentTakes(id, colleague);
      },
    ],
  ])("stays with the agent who has %s", async (_name, deed) => {
    const { desk, id, agent } = await given({ assign });
    deed(desk, id, agent);
    const before = desk.account.ticket(id)?.assignee_id;
    await writesAgain({ desk, id });
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.account.ticket(id)?.assignee_id).toBe(before);
    expect(await desk.decisions(id)).toHaveLength(1);
  });

  test("stays with whom Zendesk's own routing gave it to since", async () => {
    const { desk, id, agent } = await given({ assign });
    const colleague = agentsOf(desk, "Billing").find((one) => one !== agent) ?? 0;
    desk.account.addTrigger({
      title: "Replies go to the colleague",
      conditions: { all: [{ field: "current_tags", operator: "not_includes", value: "handed" }] },
      actions: [
        { field: "assignee_id", value: String(colleague) },
        { field: "current_tags", value: "handed" },
      ],
    });
    await writesAgain({ desk, id });
    expect(desk.groupOf(id)).toBe("Billing");
    expect(desk.account.ticket(id)?.assignee_id).toBe(colleague);
  });
});
