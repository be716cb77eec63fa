/** The timer that gives a ticket back to its group, over the sandbox's real API, with a clock that the test owns. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Job } from "../../src/ports/jobs.ts";
import { closeSandboxes } from "../sandbox/running-sandbox.ts";
import { openTeam, type Team } from "./team.ts";

let team: Team;
beforeEach(async () => {
  team = await openTeam();
});
afterEach(async () => {
  await team.store.close();
  await closeSandboxes();
});

const MINUTE_MS = 60_000;

/** A ticket with whom we chose, and a row that waits half an hour. */
async function given(): Promise<{ id: number; agent: number }> {
  await team.withRow({ to: "round_robin", return_after_minutes: 30 });
  const id = await team.routed();
  return { id, agent: team.assigneeOf(id) ?? 0 };
}

test("a ticket that nobody takes goes back to its group after the time, once, with a note", async () => {
  const { id, agent } = await given();
  expect(team.agents).toContain(agent);
  team.clock.ms += 29 * MINUTE_MS;
  expect(await team.work()).toBe(0);
  expect(team.assigneeOf(id)).toBe(agent);
  team.clock.ms += 2 * MINUTE_MS;
  expect(await team.work()).toBe(1);
  expect([team.groupOf(id), team.assigneeOf(id)]).toEqual([team.billing, null]);
  expect(team.account.ticket(id)?.tags).toEqual(expect.arrayContaining(["sy_routed", "sy_returned"]));
  expect(team.notesOn(id)).toHaveLength(2);
  expect(team.notesOn(id)[1]).toContain("Nobody has worked on this ticket for 30 minutes");

  team.account.agentTakes(id, agent);
  team.clock.ms += 24 * 60 * MINUTE_MS;
  expect(await team.work()).toBe(0);
  expect(team.assigneeOf(id)).toBe(agent);
});

test("whatever a person has done, the ticket stays where it is", async () => {
  const { id, agent } = await given();
  team.account.personComments(id, "On it.", { public: false });
  const moved = await team.routed();
  team.account.agentTakes(
    moved,
    agent === team.assigneeOf(moved) ? (team.agents.find((one) => one !== agent) ?? 0) : agent,
  );
  const taker = team.assigneeOf(moved);
  const solved = await team.routed();
  team.account.personUpdates(solved, { status: "solved" });
  const before = [id, moved, solved].map((one) => team.notesOn(one).length);
  team.clock.ms += 31 * MINUTE_MS;
  expect(await team.work()).toBe(3);
  expect(team.assigneeOf(id)).toBe(agent);
  expect(team.assigneeOf(moved)).toBe(taker);
  expect(team.account.ticket(solved)?.status).toBe("solved");
  expect([id, moved, solved].map((one) => team.notesOn(one).length)).toEqual(before);
});

test("what the customer writes meanwhile is no work of the agent's", async () => {
  const { id } = await given();
  team.account.customerReplies(id, "Hello? Anybody?");
  team.clock.ms += 31 * MINUTE_MS;
  await team.work();
  expect(team.assigneeOf(id)).toBeNull();
});

test("an answer that is lost while the ticket is returned does not return it twice", async () => {
  const { id } = await given();
  team.clock.ms += 31 * MINUTE_MS;
  const [job] = (await team.store.jobs.claim(1)) as [Job];
  team.account.fail({ method: "PUT", path: /tickets/, drop: "after" });
  await expect(team.run(job, team.choose)).rejects.toMatchObject({ name: "RetryableError" });
  await team.run(job, team.choose);
  expect(team.assigneeOf(id)).toBeNull();
  expect(team.notesOn(id)).toHaveLength(2);
});

test("a follow-up that inherited the tag of a ticket given back is given back, too, and loses the old tag when it is routed", async () => {
  await team.withRow({ to: "round_robin", return_after_minutes: 30 });
  const id = await team.routed(undefined, ["sy_returned", "sy_routed", "sy_review", "sy_intent_outage"]);
  expect(team.assigneeOf(id)).not.toBeNull();
  expect(team.account.ticket(id)?.tags).toEqual(["sy_routed", "sy_intent_refund", "sy_confidence_high"]);
  team.clock.ms += 31 * MINUTE_MS;
  await team.work();
  expect(team.assigneeOf(id)).toBeNull();
  expect(team.notesOn(id)).toHaveLength(2);
});
