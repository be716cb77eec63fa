/**
 * Below the group, and waiting for people, as a user has them: the built server with a table that chooses persons and
 * holds a channel, the account's own signed events, and a restart in the middle.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import { SECRET } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

const MINUTE_MS = 60_000;
const LATER_MS = 40 * MINUTE_MS;
const RETURNS = "Orders & Shipping";
const clock = { aheadMs: 0 };
let sandbox: Sandbox;
let switchyard: Switchyard;

/** The server's clock and the account's run ahead together. */
async function started(dataDir: string | null): Promise<Switchyard> {
  const ahead = `const real = Date.now; Date.now = () => real() + ${clock.aheadMs};`;
  const server = await startSwitchyard({
    ...realAccount(sandbox),
    ...(dataDir === null ? {} : { DATA_DIR: dataDir }),
    SWEEP_SECONDS: "0",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ahead)}`,
  });
  sandbox.setWebhookEndpoint(`${server.url}/webhooks/zendesk`);
  return server;
}

beforeAll(async () => {
  sandbox = await startAccount({
    now: () => Date.now() + clock.aheadMs,
    webhook: { secret: SECRET },
  });
  // People are there at whatever time this runs.
  sandbox.account.setListing("schedules", []);
  switchyard = await started(null);
  await choosePersons();
});

afterAll(async () => {
  sandbox.stopDeliveries();
  await switchyard.stop();
  await sandbox.close();
});

interface TableJson {
  readonly categories: { readonly intents: { group: string; assign?: object }[] }[];
  policies?: object;
}

async function choosePersons(): Promise<void> {
  const call = (method: string, path: string, body?: object) =>
    switchyard.api(path, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const { table } = (await (await call("GET", "/routing")).json()) as { table: TableJson };
  for (const row of table.categories.flatMap(({ intents }) => intents))
    row.assign =
      row.group === RETURNS ? { to: "round_robin", return_after_minutes: 30 } : { to: "fewest_open" };
  table.policies = { hold: [{ channel: ["web"], minutes: 30 }] };
  expect((await call("PUT", "/routing/draft", { base_version: 1, table })).status).toBe(200);
  expect((await call("POST", "/routing/publish", { base_version: 1, note: "Persons" })).status).toBe(201);
}

const groupId = (name: string): number =>
  sandbox.account.listGroups().find((candidate) => candidate.name === name)?.id ?? 0;
const agentsOf = (group: string): number[] =>
  sandbox.account
    .listUsers()
    .flatMap(({ id, role, group_ids }) =>
      role === "agent" && group_ids.includes(groupId(group)) ? [id] : [],
    );
const refund = (channel: string): number =>
  sandbox.account.createTicket({
    subject: "Return and refund for order 8812",
    description: "I want to return the shoes from order 8812 and get my money back. How do I send them back?",
    channel,
  }).id;
const written = (id: number) =>
  eventually(
    () => switchyard.decisions(id),
    ([latest]) => latest?.state === "written",
  );
const assigneeOf = (id: number): number | null => sandbox.account.ticket(id)?.assignee_id ?? null;

test("tickets are given to people who are there, in turn, and never to one who is away", async () => {
  const [away, ...present] = agentsOf(RETURNS);
  sandbox.account.addAgent({ name: "Third", email: "third@example.com", group_ids: [groupId(RETURNS)] });
  const third = agentsOf(RETURNS).at(-1) ?? 0;
  sandbox.account.setAvailability(away ?? 0, "offline");
  for (const id of [...present, third]) sandbox.account.setAvailability(id, "online");
  const ids = [1, 2, 3, 4].map(() => refund("email"));
  for (const id of ids) await written(id);
  const chosen = ids.map(assigneeOf);
  expect(new Set(chosen)).toEqual(new Set([...present, third]));
  expect(chosen).not.toContain(away);
  expect(ids.map((id) => sandbox.account.ticket(id)?.group_id)).toEqual(ids.map(() => groupId(RETURNS)));
});

test("over a restart nothing is forgotten: who waits too long loses the ticket, who works keeps it, what was held is routed", async () => {
  const [untaken, answered] = [refund("email"), refund("email")];
  const [held, taken] = [refund("web"), refund("web")];
  for (const id of [untaken, answered]) await written(id);
  expect(assigneeOf(untaken)).not.toBeNull();
  const agent = assigneeOf(answered) ?? 0;
  sandbox.account.agentReplies(answered, "On its way.", agent);
  sandbox.account.agentTakes(taken);
  const taker = assigneeOf(taken);
  expect(await switchyard.decisions(held)).toEqual([]);
  await switchyard.stop();

  clock.aheadMs = LATER_MS;
  switchyard = await started(switchyard.dataDir);
  await written(held);
  await eventually(
    () => assigneeOf(untaken),
    (assignee) => assignee === null,
  );
  await eventually(
    () => switchyard.decisions(taken),
    (decisions) => decisions.length === 1,
  );
  expect(sandbox.account.ticket(untaken)).toMatchObject({ group_id: groupId(RETURNS) });
  expect(sandbox.account.ticket(untaken)?.tags).toContain("sy_returned");
  expect(assigneeOf(answered)).toBe(agent);
  expect(await switchyard.decisions(taken)).toMatchObject([{ action: "skip", reason: "handled_by_person" }]);
  expect(assigneeOf(taken)).toBe(taker);
});
