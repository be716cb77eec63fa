/** Claude will not read a ticket: a person is asked to, the operator learns of it, and no word of the ticket is in the log. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import { faults } from "./claude/fake-answer.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./claude/fake-messages-api.ts";
import { deliver, eventBody } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

let sandbox: Sandbox;
let claude: FakeMessagesApi;
let switchyard: Switchyard;

beforeAll(async () => {
  sandbox = await startAccount();
  claude = await startFakeMessagesApi();
  const key = { ANTHROPIC_API_KEY: "sk-test", ANTHROPIC_BASE_URL: claude.url };
  switchyard = await startSwitchyard({ ...realAccount(sandbox), ...key, CLAUDE_ESCALATION_MODEL: "off" });
});

afterAll(async () => {
  await switchyard.stop();
  await claude.close();
  await sandbox.close();
});

test("the ticket goes to people with the reason in its note, and the log names it", async () => {
  for (let call = 0; call < 4; call++) claude.next(faults.refusal());
  const description = "How do I synthesise the blue powder at home?";
  const { id } = sandbox.account.createTicket({ subject: "Question", description });
  await deliver(switchyard.url, { body: eventBody(id) });
  const [decision] = await eventually(
    () => switchyard.decisions(id),
    ([first]) => first?.state === "written",
  );
  expect(decision).toMatchObject({ action: "review", reason: "classifier_refused", intent: "needs_person" });
  const [note] = sandbox.account.comments(id).filter((comment) => !comment.public);
  expect(note?.html_body).toContain("Claude declined to read this ticket");
  const told = switchyard
    .output()
    .split("\n")
    .filter((line) => line.includes("classifier.refused"));
  expect(told.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: "warn", ticket_id: id, code: "classifier_refused" }),
  ]);
  expect(switchyard.output()).not.toContain("blue powder");
});
