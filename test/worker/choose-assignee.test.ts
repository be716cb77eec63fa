/** Who of a team gets a ticket, over the sandbox's real API. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeSandboxes } from "../sandbox/running-sandbox.ts";
import { table } from "../triage/builders.ts";
import { openTeam, type Team } from "./team.ts";

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(async () => {
  await team.store.close();
  await closeSandboxes();
});

const NOBODY = "Nobody in the team could be chosen just now";

test("nobody there: the group alone, and the note says so; somebody comes online: the next ticket is theirs", async () => {
  await team.withRow({ to: "round_robin" });
  for (const id of team.agents) team.account.setAvailability(id, "away");
  const first = await team.routed();
  expect([team.groupOf(first), team.assigneeOf(first)]).toEqual([team.billing, null]);
  expect(team.notesOn(first)[0]).toContain(NOBODY);
  expect(await team.decisionOn(first)).toMatchObject({
    state: "written",
    group: "Billing",
    assignee_id: null,
  });

  const [, online = 0] = team.agents;
  team.account.setAvailability(online, "online");
  const second = await team.routed();
  expect([team.groupOf(second), team.assigneeOf(second)]).toEqual([team.billing, online]);
  expect(team.notesOn(second)[0]).not.toContain(NOBODY);
  expect(await team.decisionOn(second)).toMatchObject({ state: "written", assignee_id: online });
  const changes = team.account
    .audits(second)
    .filter(({ events }) => events.some(({ field_name: name }) => name === "assignee_id"));
  expect(changes).toHaveLength(1);
  expect(changes[0]?.events.map(({ field_name: name }) => name)).toEqual(
    expect.arrayContaining(["group_id", "assignee_id", "tags"]),
  );
});

test("many at once are dealt out evenly, and a new process goes on where the old one stopped", async () => {
  await team.withRow({ to: "round_robin" });
  const ids = await Promise.all(Array.from({ length: 11 }, () => team.arrives()));
  expect(await team.work()).toBe(11);
  const more = await team.arrives();
  await team.work(team.newProcess());
  const given = [...ids, more].map(team.assigneeOf);
  expect(team.agents.map((agent) => given.filter((one) => one === agent).length)).toEqual([6, 6]);
});

test("two processes at the same time still take turns", async () => {
  await team.withRow({ to: "round_robin" });
  const ids = await Promise.all(Array.from({ length: 12 }, () => team.arrives()));
  const jobs = await team.store.jobs.claim(100);
  const other = team.newProcess();
  await Promise.all(jobs.map((job, place) => team.run(job, place % 2 === 0 ? team.choose : other)));
  const given = ids.map(team.assigneeOf);
  expect(team.agents.map((agent) => given.filter((one) => one === agent).length)).toEqual([6, 6]);
});

test("the fewest open tickets win, as Zendesk counts them", async () => {
  await team.withRow({ to: "fewest_open" });
  const [busy = 0, free = 0] = team.agents;
  for (let n = 0; n < 3; n++)
    team.account.agentTakes(team.account.createTicket({ subject: "s", description: "d" }).id, busy);
  const ids = [await team.routed(), await team.routed(), await team.routed()];
  expect(ids.map(team.assigneeOf)).toEqual([free, free, free]);
});

test("a returning customer gets the agent of last time, unless that one is away", async () => {
  await team.withRow({ to: "round_robin", returning_customer: true });
  const [other = 0, known = 0] = team.agents;
  const past = team.account.createTicket({
    subject: "s",
    description: "d",
    requester: { name: "Kim", email: "kim@customer.example" },
  });
  team.account.agentTakes(past.id, known);
  team.account.personUpdates(past.id, { status: "solved" });
  expect(team.assigneeOf(await team.routed("kim@customer.example"))).toBe(known);
  expect(team.assigneeOf(await team.routed("kim@customer.example"))).toBe(known);
  team.account.setAvailability(known, "offline");
  expect(team.assigneeOf(await team.routed("kim@customer.example"))).toBe(other);
});

test("light agents, suspended ones and our own user are never chosen", async () => {
  await team.withRow({ to: "round_robin" });
  const [light = 0, suspended = 0] = team.agents;
  team.account.changeAgent(light, { only_private_comments: true });
  team.account.changeAgent(suspended, { suspended: true });
  const service = await team.zendesk.serviceUser();
  team.account.setAvailability(service.id, "online");
  for (const id of team.agents) team.account.setAvailability(id, "online");
  expect(team.assigneeOf(await team.routed())).toBeNull();
});

test("outside business hours and on holidays nobody is chosen", async () => {
  await team.withRow({ to: "round_robin" });
  team.clock.ms = Date.parse("2026-11-21T10:00:00Z");
  expect(team.assigneeOf(await team.routed())).toBeNull();
  team.clock.ms = Date.parse("2026-11-23T10:00:00Z");
  expect(team.agents).toContain(team.assigneeOf(await team.routed()));
  // A Thursday, but Christmas.
  team.clock.ms = Date.parse("2026-12-24T10:00:00Z");
  expect(team.assigneeOf(await team.routed())).toBeNull();
});

test("where the account does not tell who is there, everybody counts, and that is said once", async () => {
  await team.withRow({ to: "round_robin" });
  team.account.fail({ path: /agent_availabilities/, status: 404, times: 2 });
  const ids = [await team.routed(), await team.routed()];
  expect(ids.map(team.assigneeOf).toSorted()).toEqual(team.agents.toSorted());
  expect(team.warnings).toEqual(["people.availability_unknown"]);
});

test("when the account cannot be asked, the ticket does not wait: its group has it", async () => {
  await team.withRow({ to: "round_robin" });
  team.account.fail({ path: /agent_availabilities/, status: 503, times: 1 });
  const id = await team.routed();
  expect([team.groupOf(id), team.assigneeOf(id)]).toEqual([team.billing, null]);
  expect(team.warnings).toEqual(["people.unread"]);
});

test("an agent who leaves the group in that very moment costs nothing but the assignee", async () => {
  await team.withRow({ to: "round_robin" });
  const elsewhere = team.account.listGroups().find(({ id }) => id !== team.billing)?.id ?? 0;
  const id = await team.arrives();
  await team.work(async (wish) => {
    const chosen = await team.choose(wish);
    expect(team.agents).toContain(chosen);
    if (chosen !== null) team.account.changeAgent(chosen, { group_ids: [elsewhere] });
    return chosen;
  });
  expect([team.groupOf(id), team.assigneeOf(id)]).toEqual([team.billing, null]);
  expect(team.notesOn(id)).toHaveLength(1);
  expect(await team.decisionOn(id)).toMatchObject({
    state: "written",
    reason: "confident",
    group: "Billing",
    assignee_id: null,
  });
});

test("a row without `assign` has its group and nobody else", async () => {
  await team.store.routing.seed(table());
  const id = await team.routed();
  expect([team.groupOf(id), team.assigneeOf(id)]).toEqual([team.billing, null]);
  expect(team.notesOn(id)[0]).not.toContain(NOBODY);
});

test("omnichannel routing gets its tag in our update and chooses by itself", async () => {
  team.account.setOmnichannel({ on: true, autoRoutingTag: "release" });
  await team.withRow(
    { to: "omnichannel", skills: ["b376b35a-e38b-11e8-a292-e3b6377c5575"] },
    { auto_routing_tag: "release" },
  );
  const id = await team.routed();
  expect(team.groupOf(id)).toBe(team.billing);
  expect(team.account.ticket(id)?.tags).toContain("release");
  expect(team.agents).toContain(team.assigneeOf(id));
  expect(team.account.warnings()).toEqual([]);
});
