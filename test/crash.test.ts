/** The plug is pulled, at the worst moments: nothing that was acknowledged is lost, and no note is written twice. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "../src/log.ts";
import { type Sandbox, startSandbox } from "../src/sandbox/start.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./claude/fake-messages-api.ts";
import { deliver, eventBody, SECRET } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount } from "./story-account.ts";

const LEASE_S = 2;
let sandbox: Sandbox;
let claude: FakeMessagesApi;
let running: Switchyard | undefined;

beforeEach(async () => {
  sandbox = await startSandbox({
    host: "127.0.0.1",
    port: 0,
    file: null,
    now: Date.now,
    random: Math.random,
    webhook: { endpoint: null, secret: SECRET },
    log: createLog("error"),
    limits: { updatesPerMinute: 100_000, requestsPerMinute: 1_000_000 },
  });
  claude = await startFakeMessagesApi({ answer: () => "billing_inquiries" });
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await claude.close();
  await sandbox.close();
});

async function start(dataDir?: string): Promise<Switchyard> {
  running = await startSwitchyard({
    ...realAccount(sandbox),
    ANTHROPIC_API_KEY: "sk-ant-test",
    ANTHROPIC_BASE_URL: claude.url,
    JOB_LEASE_SECONDS: String(LEASE_S),
    ...(dataDir === undefined ? {} : { DATA_DIR: dataDir }),
  });
  return running;
}

const newTicket = (): number =>
  sandbox.account.createTicket({ subject: "Invoice", description: "What is this position on my invoice?" })
    .id;
const notesOn = (id: number) => sandbox.account.comments(id).filter((comment) => !comment.public);

const written = (switchyard: Switchyard, id: number) =>
  eventually(
    () => switchyard.decisions(id),
    (decisions) => decisions[0]?.state === "written",
    20_000,
  );

test("killed before the write: another process writes, and the answer is not paid for twice", async () => {
  const first = await start();
  const id = newTicket();
  sandbox.account.fail({ method: "PUT", path: /tickets/, delayMs: 60_000 });
  await deliver(first.url, { body: eventBody(id) });
  await eventually(
    () => first.decisions(id),
    (decisions) => decisions.length === 1,
  );
  await first.kill();
  expect(notesOn(id)).toHaveLength(0);

  const second = await start(first.dataDir);
  const [decision] = await written(second, id);
  expect(decision).toMatchObject({ classifier: "claude", intent: "billing_inquiries" });
  expect(notesOn(id)).toHaveLength(1);
  expect(claude.requests).toHaveLength(1);
});

test("killed after the write and before recording it: the note is not written again", async () => {
  const first = await start();
  const id = newTicket();
  sandbox.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), drop: "after" });
  await deliver(first.url, { body: eventBody(id) });
  await eventually(
    () => notesOn(id),
    (notes) => notes.length === 1,
  );
  await first.kill();

  const second = await start(first.dataDir);
  await written(second, id);
  expect(notesOn(id)).toHaveLength(1);
  expect(claude.requests).toHaveLength(1);
});

test("killed while Claude was thinking: the ticket is classified again", async () => {
  const first = await start();
  const id = newTicket();
  claude.next({ kind: "hang" });
  await deliver(first.url, { body: eventBody(id) });
  await eventually(
    () => claude.requests.length,
    (count) => count === 1,
  );
  await first.kill();

  const second = await start(first.dataDir);
  await written(second, id);
  expect(notesOn(id)).toHaveLength(1);
});

test("killed in a burst: every delivery that was acknowledged is decided, once", async () => {
  const CONNECTIONS = 32;
  const tickets = Array.from({ length: 320 }, newTicket);
  const first = await start();
  const acknowledged = new Set<number>();
  const waiting = [...tickets];
  const clients = Array.from({ length: CONNECTIONS }, async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const answer = await deliver(first.url, { body: eventBody(id) }).catch(() => null);
      if (answer?.status === 200) acknowledged.add(id);
    }
  });
  await eventually(
    () => acknowledged.size,
    (count) => count >= 100,
  );
  await first.kill();
  await Promise.all(clients);
  expect(acknowledged.size).toBeGreaterThanOrEqual(100);

  const second = await start(first.dataDir);
  // What was not acknowledged is delivered again, as Zendesk's sweep would; so is some of what was.
  await Promise.all(tickets.map((id) => deliver(second.url, { body: eventBody(id) })));
  for (const id of tickets)
    await eventually(
      () => notesOn(id).length,
      (count) => count > 0,
      30_000,
    );
  expect(tickets.filter((id) => notesOn(id).length !== 1)).toEqual([]);
  for (const id of [...acknowledged].slice(0, 20)) await written(second, id);
});
