import { afterEach, expect, test } from "vitest";
import type { SandboxAccount, TicketInput } from "../../src/sandbox/door.ts";
import { closeSandboxes, startedSandbox } from "./running-sandbox.ts";

afterEach(closeSandboxes);

async function withRouting(autoRoutingTag: string | null = "auto-routing") {
  const running = await startedSandbox();
  const { account } = running.sandbox;
  account.setOmnichannel({ on: true, autoRoutingTag });
  const group = (name: string) => account.listGroups().find((one) => one.name === name)?.id ?? 0;
  const agents = (name: string) =>
    account.listUsers().filter(({ role, group_ids }) => role === "agent" && group_ids.includes(group(name)));
  const write = (more: Partial<TicketInput> = {}) =>
    account.createTicket({ subject: "s", description: "d", channel: "email", ...more });
  return { ...running, account, group, agents, write };
}
const assignee = (account: SandboxAccount, id: number) => account.ticket(id)?.assignee_id ?? null;

test("an e-mail waits for the tag; the update that brings group and tag gets it an agent of the group", async () => {
  const { account, call, group, agents, write } = await withRouting();
  const { id } = write();
  const put = (ticket: object) => call("PUT", `/api/v2/tickets/${id}`, { ticket });
  await put({ group_id: group("Billing") });
  expect(assignee(account, id)).toBeNull();
  await put({ tags: ["auto-routing"] });
  expect(agents("Billing").map((agent) => agent.id)).toContain(assignee(account, id));
  const { audits } = (await call("GET", `/api/v2/tickets/${id}/audits`)).body;
  expect(audits.at(-1)).toMatchObject({
    author_id: -1,
    events: [{ field_name: "assignee_id" }, { field_name: "status", value: "open" }],
  });
});

test("whoever has the fewest open tickets is next; light and suspended agents never are", async () => {
  const { agents, group, write, account } = await withRouting(null);
  const ids = Array.from({ length: 4 }, () => write({ group_id: group("Customer Care") }).id);
  const taken = ids.map((id) => assignee(account, id));
  const able = agents("Customer Care").filter((one) => !one.suspended && !one.only_private_comments);
  expect(able).toHaveLength(2);
  for (const { id } of able) expect(taken.filter((one) => one === id)).toHaveLength(2);
});

test("nobody online: the ticket waits, and the first who comes back gets it", async () => {
  const { agents, group, write, account } = await withRouting(null);
  for (const { id } of agents("Sales")) account.setAvailability(id, "offline");
  const { id } = write({ group_id: group("Sales") });
  expect(assignee(account, id)).toBeNull();
  const [first] = agents("Sales");
  account.setAvailability(first?.id ?? 0, "online");
  expect(assignee(account, id)).toBe(first?.id);
});

test("a full agent is given nothing more", async () => {
  const { agents, group, write, account } = await withRouting(null);
  for (const { id } of agents("Sales")) account.setAvailability(id, "online", 1);
  const ids = Array.from({ length: 3 }, () => write({ group_id: group("Sales") }).id);
  expect(ids.map((id) => assignee(account, id) !== null)).toEqual([true, true, false]);
});

test("a custom queue goes by its own groups, whatever the ticket's group, but takes a ticket only once", async () => {
  const { account, agents, group, write, call } = await withRouting(null);
  account.addQueue({
    name: "Urgent",
    definition: { all: [{ field: "priority", operator: "is", value: "urgent" }] },
    primary_groups: { groups: [{ id: group("Incident Response") }] },
    secondary_groups: { groups: [{ id: group("Technical Support") }] },
  });
  for (const { id } of agents("Incident Response")) account.setAvailability(id, "offline");
  const { id, group_id } = write({ priority: "urgent", group_id: group("Billing") });
  expect(group_id).toBe(group("Technical Support"));
  await call("PUT", `/api/v2/tickets/${id}`, { ticket: { group_id: group("Sales"), assignee_id: null } });
  expect(agents("Sales").map((agent) => agent.id)).toContain(assignee(account, id));
});

test("admins list the queues in their order, with conditions and groups; agents do not", async () => {
  const { account, call, group, sandbox } = await withRouting();
  const definition = { all: [{ field: "current_tags", operator: "includes", value: "vip" }] };
  const primary_groups = { groups: [{ id: group("Sales") }] };
  account.addQueue({ name: "Second", order: 2, definition, primary_groups });
  account.addQueue({ name: "First", order: 1, definition, primary_groups });
  const { queues } = (await call("GET", "/api/v2/queues")).body;
  expect(queues).toMatchObject([
    { name: "First", order: 1, primary_groups: { count: 1, groups: [{ name: "Sales" }] } },
    { name: "Second", definition: { all: [{ field: "current_tags" }] }, secondary_groups: { count: 0 } },
  ]);
  const pair = Buffer.from(`agent@example.com/token:${sandbox.credentials.token}`).toString("base64");
  const agent = { authorization: `Basic ${pair}` };
  expect((await call("GET", "/api/v2/queues", undefined, agent)).status).toBe(403);
  const settings = (await call("GET", "/api/v2/account/settings.json")).body.settings;
  expect(settings.routing).toMatchObject({ enabled: true, autorouting_tag: "auto-routing" });
});

test("availability comes in JSON:API, by group and status, with each channel and its work", async () => {
  const { account, agents, group, write, call } = await withRouting(null);
  const [one, two] = agents("Sales");
  account.setAvailability(two?.id ?? 0, "away");
  const { id } = write({ group_id: group("Sales") });
  const path = `/api/v2/agent_availabilities?filter[group_ids]=${group("Sales")}`;
  const { data, included } = (await call("GET", `${path}&filter[channel_status]=support:online`)).body;
  expect(data).toMatchObject([
    {
      id: `agent_availabilities|${one?.id}`,
      type: "agent_availabilities",
      attributes: { agent_id: one?.id, agent_status: { id: 3, name: "online" }, group_ids: [group("Sales")] },
    },
  ]);
  const support = `agent_availabilities|${one?.id}|channels|support`;
  expect(included.find((channel: { id: string }) => channel.id === support)).toMatchObject({
    attributes: { status: "online", work_item_count: 1 },
    relationships: { work_items: { data: [{ id: `${support}|work_items|${id}` }] } },
  });
  const away = (await call("GET", `/api/v2/agent_availabilities/${two?.id}`)).body;
  expect(away.data.attributes.agent_status.name).toBe("away");
  expect((await call("GET", `${path}&page=2`)).status).toBe(400);
});
