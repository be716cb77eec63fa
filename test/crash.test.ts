/** The plug is pulled, at the worst moments: nothing that was acknowledged is lost, and no note is written twice. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./claude/fake-messages-api.ts";
import { deliver, eventBody } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

const LEASE_S = 2;
let sandbox: Sandbox;
let claude: FakeMessagesApi;
let running: Switchyard | undefined;

beforeEach(async () => {
  sandbox = await startAccount();
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

/** Works the items off, `LANES` at a time, as that many connections would. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const LANES = 32;
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

test("killed in a burst: every delivery that was acknowledged is decided, once", async () => {
  const tickets = Array.from({ length: 320 }, newTicket);
  const first = await start();
  const acknowledged = new Set<number>();
  const burst = inLanes(tickets, async (id) => {
    const answer = await deliver(first.url, { body: eventBody(id) }).catch(() => null);
    if (answer?.status === 200) acknowledged.add(id);
  });
  await eventually(
    () => acknowledged.size,
    (count) => count >= 100,
  );
  await first.kill();
  await burst;

  const second = await start(first.dataDir);
  for (const id of acknowledged) await written(second, id);
  // What was not acknowledged comes again; so does some of what was.
  await inLanes(tickets, async (id) => {
    expect((await deliver(second.url, { body: eventBody(id) })).status).toBe(200);
  });
  for (const id of tickets) await written(second, id);
  expect(tickets.filter((id) => notesOn(id).length !== 1)).toEqual([]);
});
