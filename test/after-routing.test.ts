/**
 * What becomes of tickets after they were routed, through the doors that users have: the sandbox sends its own signed
 * events to the built server, and the outcome is read from the API, the status and the metrics.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import type { DecisionDetailJson } from "../src/triage/outcome-json.ts";
import { SECRET } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

const MINUTE_MS = 60_000;
/** The server's clock and the account's run ahead together: nobody waits here for the minute in which events collect. */
const AHEAD = `
  const real = Date.now;
  const { existsSync } = process.getBuiltinModule("node:fs");
  let aheadMs = 0;
  Date.now = () => real() + aheadMs;
  setInterval(() => {
    if (aheadMs === 0 && existsSync("minutes-later")) aheadMs = 2 * ${MINUTE_MS};
  }, 50).unref();
`;
const clock = { aheadMs: 0 };
let sandbox: Sandbox;
let switchyard: Switchyard;

beforeAll(async () => {
  sandbox = await startAccount({
    now: () => Date.now() + clock.aheadMs,
    webhook: { secret: SECRET },
  });
  switchyard = await startSwitchyard({
    ...realAccount(sandbox),
    SWEEP_SECONDS: "0",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(AHEAD)}`,
  });
  sandbox.setWebhookEndpoint(`${switchyard.url}/webhooks/zendesk`);
});

afterAll(async () => {
  sandbox.stopDeliveries();
  await switchyard.stop();
  await sandbox.close();
});

const group = (name: string): number =>
  sandbox.account.listGroups().find((candidate) => candidate.name === name)?.id ?? 0;
const groupOf = (id: number): string | undefined => {
  const groupId = sandbox.account.ticket(id)?.group_id;
  return sandbox.account.listGroups().find((candidate) => candidate.id === groupId)?.name;
};
const notesOn = (id: number) => sandbox.account.comments(id).filter((comment) => !comment.public);
const refund = (subject = "Return and refund for order 8812"): number =>
  sandbox.account.createTicket({
    subject,
    description: "I want to return the shoes from order 8812 and get my money back. How do I send them back?",
  }).id;
const written = (id: number) =>
  eventually(
    () => switchyard.decisions(id),
    (decisions) => decisions[0]?.state === "written",
  );
const detail = async (id: number): Promise<DecisionDetailJson> => {
  const [latest] = await switchyard.decisions(id);
  return (await switchyard.api(`/decisions/${latest?.id}`)).json() as Promise<DecisionDetailJson>;
};
const outcomes = async (ids: readonly number[]) =>
  Promise.all(ids.map(async (id) => (await switchyard.decisions(id))[0]?.outcome));

test("a conversation waits for its customer's first words, and then for nobody", async () => {
  const { id } = sandbox.account.startConversation();
  await eventually(
    () => switchyard.decisions(id),
    (decisions) => decisions.length === 1,
  );
  expect(await switchyard.decisions(id)).toMatchObject([{ action: "skip", reason: "no_customer_message" }]);
  sandbox.account.customerReplies(id, "I want to return the shoes from order 8812 for a refund.");
  await written(id);
  expect(groupOf(id)).toBe("Orders & Shipping");
  expect(notesOn(id).filter(({ html_body: html }) => html.includes("Routed to"))).toHaveLength(1);
});

test("side conversations are left alone", async () => {
  const parent = refund();
  await written(parent);
  const { id } = sandbox.account.sideConversation(parent, {
    subject: "Refund?",
    description: "May we refund?",
  });
  await eventually(
    () => switchyard.decisions(id),
    (decisions) => decisions.length === 1,
  );
  expect(await switchyard.decisions(id)).toMatchObject([{ action: "skip", reason: "side_conversation" }]);
  expect(groupOf(id)).toBeUndefined();
});

test("what people and rules make of tickets is told by API, status and metrics; an erased one by nothing", async () => {
  const { account } = sandbox;
  account.addTrigger({
    title: "VIP to Sales",
    conditions: {
      all: [
        { field: "current_tags", operator: "includes", value: "vip" },
        { field: "update_type", operator: "is", value: "Change" },
      ],
    },
    actions: [{ field: "group_id", value: String(group("Sales")) }],
  });
  const [kept, moved, solved, reopened, merged, deleted, erased, silent] = Array.from({ length: 8 }, () =>
    refund(),
  ) as [number, number, number, number, number, number, number, number];
  const undone = account.createTicket({
    subject: "Refund",
    description: "I want to return the shoes for a refund.",
    tags: ["vip"],
  }).id;
  const all = [kept, moved, solved, reopened, merged, deleted, erased, silent, undone];
  await Promise.all(all.map(written));
  const before = await detail(erased);

  account.agentReplies(kept, "On its way.");
  account.personMovesTicket(moved, group("Sales"));
  account.personUpdates(solved, { status: "solved" });
  account.customerRates(solved, "good");
  account.personUpdates(reopened, { status: "solved" });
  account.customerReplies(reopened, "It has not arrived.");
  account.mergeTickets(merged, kept);
  account.deleteTicket(deleted);
  account.deleteTicket(erased);
  account.eraseTicket(erased);
  await eventually(
    () => account.listInvocations().filter(({ status }) => status === "pending").length,
    (undelivered) => undelivered === 0,
  );
  clock.aheadMs = 2 * MINUTE_MS;
  writeFileSync(join(switchyard.dataDir, "minutes-later"), "");

  const wanted = ["kept", "rerouted", "solved", "reopened", "merged", "deleted", undefined, null, "undone"];
  await eventually(
    () => outcomes(all),
    (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
  );
  expect(await detail(moved)).toMatchObject({
    outcome_detail: { group: "Sales", reroutes: 1, undone_by: null },
  });
  expect(await detail(solved)).toMatchObject({ outcome_detail: { csat: "good" } });
  expect(await detail(undone)).toMatchObject({
    outcome_detail: { group: "Sales", undone_by: { title: "VIP to Sales" } },
  });
  expect(await detail(silent)).toMatchObject({ outcome: null, outcome_detail: null });
  expect(notesOn(moved)).toHaveLength(1);
  expect((await switchyard.api(`/decisions/${before.id}`)).status).toBe(404);

  const status = (await (await switchyard.api("/status")).json()) as {
    warnings: { code: string; message: string }[];
  };
  expect(status.warnings).toContainEqual({
    code: "trigger_fight",
    message: expect.stringMatching(
      new RegExp(`trigger “VIP to Sales” moved a ticket .*#${undone}.*Is > Created`),
    ),
  });
  const metrics = await (await fetch(`${switchyard.url}/metrics`)).text();
  expect(metrics).toMatch(/^switchyard_trigger_fights\{rule="\d+"\} 1$/m);
  expect(metrics).toMatch(/^switchyard_outcomes_total\{result="rerouted"\} 1$/m);
  const checks = (await (await switchyard.api("/checks", { method: "POST" })).json()) as {
    checks: { id: string; state: string; details: string[] }[];
  };
  expect(checks.checks.find(({ id }) => id === "undone_assignments")).toMatchObject({
    state: "warning",
    details: [expect.stringContaining("VIP to Sales")],
  });
  expect(switchyard.output()).not.toMatch(/shoes|On its way|not arrived/);
});
