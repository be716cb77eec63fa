/** A wrong key: no ticket is lost, none is guessed at, and whoever looks at the console learns what to do. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./claude/fake-messages-api.ts";
import { deliver, eventBody } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

let sandbox: Sandbox;
let claude: FakeMessagesApi;
let switchyard: Switchyard;

beforeAll(async () => {
  sandbox = await startAccount();
  claude = await startFakeMessagesApi({ apiKey: "the-right-key" });
  const key = { ANTHROPIC_API_KEY: "a-wrong-key", ANTHROPIC_BASE_URL: claude.url };
  switchyard = await startSwitchyard({ ...realAccount(sandbox), ...key });
});

afterAll(async () => {
  await switchyard.stop();
  await claude.close();
  await sandbox.close();
});

test("the ticket waits, untouched, and the status says that the key is wrong", async () => {
  const { id } = sandbox.account.createTicket({
    subject: "Invoice",
    description: "What is this on my invoice?",
  });
  await deliver(switchyard.url, { body: eventBody(id) });
  const status = async () =>
    (await switchyard.api("/status")).json() as Promise<{ warnings: { code: string; message: string }[] }>;
  const { warnings } = await eventually(status, (seen) => seen.warnings.length > 0);
  expect(warnings).toEqual([
    { code: "claude_problem", message: expect.stringContaining("ANTHROPIC_API_KEY") },
  ]);
  expect(await switchyard.decisions(id)).toEqual([]);
  expect(sandbox.account.ticket(id)?.group_id).toBeNull();
  expect(switchyard.output()).not.toContain("a-wrong-key");
});
