/** Conversations are long, and what decides stands in their last words. */
import { expect, onTestFinished, test } from "vitest";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { closeSandboxes, startedSandbox } from "../sandbox/running-sandbox.ts";
import { type FaultServer, json, settingsFor, startFaultServer } from "./fault-server.ts";

const read = (baseUrl: string, id: number) =>
  createZendesk(connect(settingsFor(baseUrl), { now: Date.now })).readComments(id);

const comment = (id: number) => ({
  id,
  created_at: new Date(Date.UTC(2026, 0, 31, 12, 0, id)).toISOString(),
  author_id: 20,
  public: true,
  plain_body: `number ${id}`,
});

/** @param sorts an account that does not puts the oldest first, whatever it is asked */
async function accountWith(count: number, { sorts }: { sorts: boolean }): Promise<FaultServer> {
  const server = await startFaultServer();
  const all = Array.from({ length: count }, (_, index) => comment(index + 1));
  server.on("GET /api/v2/tickets/1/comments", (response, asked) => {
    const { query } = asked;
    const ordered = sorts && query["sort"] === "-created_at" ? all.toReversed() : all;
    const start = Number(query["page[after]"] ?? 0);
    const end = start + Number(query["page[size]"]);
    const meta = { has_more: end < count, after_cursor: String(end) };
    json({ comments: ordered.slice(start, end), meta })(response, asked);
  });
  return server;
}

const numbers = async (server: FaultServer): Promise<number[]> =>
  (await read(server.url, 1)).map(({ text }) => Number(text.slice("number ".length)));

test("of a conversation of 450 comments the newest hundred and the first are read, in order, with two requests", async () => {
  const server = await accountWith(450, { sorts: true });
  const seen = await numbers(server);
  expect(seen).toEqual([...range(1, 100), ...range(351, 450)]);
  expect(server.asked).toHaveLength(2);
});

test("a short one takes one request", async () => {
  const server = await accountWith(100, { sorts: true });
  expect(await numbers(server)).toEqual(range(1, 100));
  expect(server.asked).toHaveLength(1);
});

test("no comment is read twice where the pages overlap", async () => {
  expect(await numbers(await accountWith(150, { sorts: true }))).toEqual(range(1, 150));
});

test("an account that does not sort is read to its newest comments all the same", async () => {
  expect(await numbers(await accountWith(250, { sorts: false }))).toEqual(range(1, 250));
});

test("the simulated account tells its newest comments first when it is asked to", async () => {
  const { sandbox } = await startedSandbox();
  onTestFinished(closeSandboxes);
  const { id } = sandbox.account.createTicket({ subject: "Hello", description: "First words" });
  for (let n = 0; n < 210; n++) sandbox.account.customerReplies(id, `Reply ${n}`);
  const settings = settingsFor(sandbox.url, { kind: "oauth_token", token: sandbox.credentials.token });
  const texts = (await createZendesk(connect(settings, { now: Date.now })).readComments(id)).map(
    ({ text }) => text,
  );
  expect([texts[0], texts.at(-1), texts.length]).toEqual(["First words", "Reply 209", 200]);
});

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
