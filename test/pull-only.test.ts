/** Without a public address: no webhook reaches the built server, and tickets are routed all the same. */
import { afterEach, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import { deliver, eventBody } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

const MINUTE_MS = 60_000;
let sandbox: Sandbox;
let switchyard: Switchyard;

afterEach(async () => {
  await switchyard.stop();
  await sandbox.close();
});

test("a ticket is routed by the sweep alone, an old one is left alone, and webhooks are declined", async () => {
  const clock = { aheadMs: -MINUTE_MS };
  sandbox = await startAccount({
    now: () => Date.now() + clock.aheadMs,
  });
  const write = () =>
    sandbox.account.createTicket({
      subject: "Return and refund for order 8812",
      description: "I want to return the shoes from order 8812 and get my money back.",
    }).id;
  const old = write();
  // The account is ahead of us by enough that its export, which hides the last minute, shows the ticket at once.
  clock.aheadMs = MINUTE_MS / 2;
  const id = write();
  clock.aheadMs = 2 * MINUTE_MS;
  const { ZENDESK_WEBHOOK_SECRET: _secret, ...account } = realAccount(sandbox);
  switchyard = await startSwitchyard({ ...account, ZENDESK_WEBHOOK: "off" });

  const [decision] = await eventually(
    () => switchyard.decisions(id),
    (decisions) => decisions[0]?.state === "written",
  );
  expect(decision).toMatchObject({ action: "assign", group: "Orders & Shipping" });
  expect(sandbox.account.comments(id).filter((comment) => !comment.public)).toHaveLength(1);
  expect(await switchyard.decisions(old)).toEqual([]);
  const metrics = await (await fetch(`${switchyard.url}/metrics`)).text();
  expect(metrics).toMatch(/^switchyard_sweep_found_total 1$/m);

  const declined = await deliver(switchyard.url, { body: eventBody(old) });
  expect(declined.status).toBe(404);
  expect(await declined.text()).toContain("ZENDESK_WEBHOOK=off");
  expect(await switchyard.decisions(old)).toEqual([]);
});
