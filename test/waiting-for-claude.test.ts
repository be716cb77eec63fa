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
  const model = { CLAUDE_MODEL: "claude-haiku-4-5" };
  switchyard = await startSwitchyard({ ...realAccount(sandbox), ...key, ...model });
});

afterAll(async () => {
  await switchyard.stop();
  await claude.close();
  await sandbox.close();
});

const warnings = async (): Promise<{ code: string; message: string }[]> =>
  ((await (await switchyard.api("/status")).json()) as { warnings: { code: string; message: string }[] })
    .warnings;

test("before any ticket has come, log and status say that Claude cannot be asked, and what to do", async () => {
  const advice = /Claude does not accept the key. Set ANTHROPIC_API_KEY/;
  const [told] = await eventually(warnings, (seen) => seen.length > 0);
  expect(told).toEqual({ code: "claude_model", message: expect.stringMatching(advice) });
  const lines = switchyard
    .output()
    .split("\n")
    .filter((line) => line.includes('"claude.model"'));
  expect(lines).toEqual([expect.stringMatching(advice)]);
});

test("the ticket waits, untouched, and the status says that the key is wrong", async () => {
  const { id } = sandbox.account.createTicket({
    subject: "Invoice",
    description: "What is this on my invoice?",
  });
  await deliver(switchyard.url, { body: eventBody(id) });
  // Whatever else may be known of the model, this is what is wrong with it now.
  const told = await eventually(warnings, (seen) => seen.some(({ code }) => code === "claude_problem"));
  expect(told).toEqual([{ code: "claude_problem", message: expect.stringContaining("ANTHROPIC_API_KEY") }]);
  expect(await switchyard.decisions(id)).toEqual([]);
  expect(sandbox.account.ticket(id)?.group_id).toBeNull();
  expect(switchyard.output()).not.toContain("a-wrong-key");
});

test("whoever is on call is told: an error in the log, and a metric that says why", async () => {
  const metrics = await (await fetch(`${switchyard.url}/metrics`)).text();
  expect(metrics).toMatch(
    /^switchyard_claude_stopped\{model="claude-haiku-[^"]+",code="claude.configuration"\} 1$/m,
  );
  expect(metrics).toContain('switchyard_claude_budget_step{step="all"} 1');
  expect(metrics).toContain('switchyard_claude_day_usd{of="spent"} 0');
  const stopped = switchyard
    .output()
    .split("\n")
    .filter((line) => line.includes('"claude.stopped"'));
  expect(stopped.map((line) => JSON.parse(line).level)).toEqual(["error"]);
});
