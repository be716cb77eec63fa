/**
 * The whole road of a ticket, through the doors that users have: signed deliveries into the built server, the result
 * read back from Zendesk (the sandbox, in a process of its own kind) and from the API.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox } from "../src/sandbox/start.ts";
import { deliver, eventBody, SECRET, triggerBody } from "./delivery.ts";
import { eventually, type Switchyard, startSwitchyard } from "./running-switchyard.ts";
import { realAccount, startAccount } from "./story-account.ts";

let sandbox: Sandbox;
let switchyard: Switchyard;

beforeAll(async () => {
  sandbox = await startAccount();
  switchyard = await startSwitchyard(realAccount(sandbox));
});

afterAll(async () => {
  const code = await switchyard.stop();
  await sandbox.close();
  expect(code).toBe(0);
});

const ticketAbout = (subject: string, description: string, tags: string[] = []) =>
  sandbox.account.createTicket({ subject, description, tags }).id;

const refund = (tags: string[] = []): number =>
  ticketAbout(
    "Return and refund for order 8812",
    "I want to return the shoes from order 8812 and get my money back. How do I send them back for an exchange or refund?",
    tags,
  );

const groupOf = (id: number): string | undefined => {
  const groupId = sandbox.account.ticket(id)?.group_id;
  return sandbox.account.listGroups().find((group) => group.id === groupId)?.name;
};
const notesOn = (id: number) => sandbox.account.comments(id).filter((comment) => !comment.public);
const settled = (id: number) =>
  eventually(
    () => switchyard.decisions(id),
    (decisions) =>
      decisions.some(
        ({ state, action, mode }) => state !== "recorded" || action === "skip" || mode === "shadow",
      ),
  );

test("a ticket is routed: group, merged tags, one private note, and a decision that tells why", async () => {
  const id = refund(["vip", "spring_sale"]);
  expect((await deliver(switchyard.url, { body: eventBody(id) })).status).toBe(200);
  const [decision] = await settled(id);
  expect(decision).toMatchObject({
    ticket_id: id,
    action: "assign",
    state: "written",
    mode: "live",
    classifier: "local",
    intent: "returns_and_exchanges",
    group: "Orders & Shipping",
    routing_version: 1,
  });
  expect(groupOf(id)).toBe("Orders & Shipping");
  expect(sandbox.account.ticket(id)?.tags).toEqual(
    expect.arrayContaining(["vip", "spring_sale", "sy_routed", "sy_intent_returns_and_exchanges"]),
  );
  expect(notesOn(id)).toHaveLength(1);
  expect(notesOn(id)[0]?.html_body).toContain("Routed to Orders &amp; Shipping");
  const audit = sandbox.account
    .audits(id)
    .find((entry) => JSON.stringify(entry.metadata).includes(decision?.id ?? "?"));
  expect(audit?.metadata).toMatchObject({
    custom: { switchyard: { decision_id: decision?.id, routing_version: 1 } },
  });
});

test("the same delivery a hundred times is one decision and one note", async () => {
  const id = refund();
  const body = eventBody(id);
  const answers = await Promise.all(Array.from({ length: 100 }, () => deliver(switchyard.url, { body })));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(await settled(id)).toHaveLength(1);
  expect(notesOn(id)).toHaveLength(1);
});

test("the same news by event and by trigger, twice, is one note", async () => {
  const id = refund();
  await Promise.all([
    deliver(switchyard.url, { body: eventBody(id) }),
    deliver(switchyard.url, { body: triggerBody(id) }),
    deliver(switchyard.url, { body: eventBody(id) }),
    deliver(switchyard.url, { body: triggerBody(id) }),
  ]);
  await settled(id);
  await eventually(
    () => jobsLeft(),
    (left) => left === 0,
  );
  expect(notesOn(id)).toHaveLength(1);
  expect(await switchyard.decisions(id)).toHaveLength(1);
});

async function jobsLeft(): Promise<number> {
  const metrics = await (await fetch(`${switchyard.url}/metrics`)).text();
  return [...metrics.matchAll(/^switchyard_jobs\{state="(?:ready|active)"\} (\d+)$/gm)].reduce(
    (sum, found) => sum + Number(found[1]),
    0,
  );
}

test("a trigger's delivery alone is enough", async () => {
  const id = refund();
  expect((await deliver(switchyard.url, { body: triggerBody(id) })).status).toBe(200);
  expect((await settled(id))[0]).toMatchObject({ action: "assign", state: "written" });
});

test("news that come out of order do no harm", async () => {
  const id = refund();
  expect((await deliver(switchyard.url, { body: eventBody(id, { type: "status_changed" }) })).status).toBe(
    200,
  );
  expect((await deliver(switchyard.url, { body: eventBody(id, { type: "tags_changed" }) })).status).toBe(200);
  expect((await deliver(switchyard.url, { body: eventBody(id) })).status).toBe(200);
  expect((await settled(id))[0]).toMatchObject({ state: "written" });
  expect(notesOn(id)).toHaveLength(1);
});

describe("a delivery that is not Zendesk's is refused, and nothing happens", () => {
  const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  test.each([
    ["signed with another secret", { secret: "another" }],
    ["signed six minutes ago", { timestamp: minutesAgo(6) }],
    ["signed for six minutes from now", { timestamp: minutesAgo(-6) }],
  ])("%s", async (_name, change) => {
    const id = refund();
    expect((await deliver(switchyard.url, { body: eventBody(id), ...change })).status).toBe(401);
    expect(await switchyard.decisions(id)).toEqual([]);
  });

  test("serialised again on the way", async () => {
    const id = refund();
    const signed = eventBody(id);
    const answer = await deliver(switchyard.url, {
      body: JSON.stringify(JSON.parse(signed), null, 1),
      signed,
    });
    expect(answer.status).toBe(401);
  });
});

test("during a rotation both secrets are good", async () => {
  const id = refund();
  expect((await deliver(switchyard.url, { body: eventBody(id), secret: "the-next-secret" })).status).toBe(
    200,
  );
});

test("what cannot be read is answered with what was expected", async () => {
  const answer = await deliver(switchyard.url, { body: '{"source":"trigger","ticket_id":""}' });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/ticket/);
});

test("a ticket that Zendesk does not know is skipped, with the reason", async () => {
  await deliver(switchyard.url, { body: eventBody(987_654) });
  expect((await settled(987_654))[0]).toMatchObject({ action: "skip", reason: "ticket_not_found" });
});

test("a closed ticket is left alone", async () => {
  const id = refund();
  sandbox.account.personUpdates(id, { status: "closed" });
  await deliver(switchyard.url, { body: eventBody(id) });
  expect((await settled(id))[0]).toMatchObject({ action: "skip", reason: "ticket_closed" });
  expect(notesOn(id)).toHaveLength(0);
});

describe("a person's word is final", () => {
  const sales = () => sandbox.account.listGroups().find((group) => group.name === "Sales")?.id ?? 0;

  test("when it came before us", async () => {
    const id = refund();
    sandbox.account.personMovesTicket(id, sales());
    await deliver(switchyard.url, { body: eventBody(id) });
    expect((await settled(id))[0]).toMatchObject({ action: "skip", reason: "handled_by_person" });
    expect(groupOf(id)).toBe("Sales");
  });

  test("when it comes between our read and our write", async () => {
    const id = refund();
    sandbox.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), delayMs: 1_500 });
    await deliver(switchyard.url, { body: eventBody(id) });
    await eventually(
      () => switchyard.decisions(id),
      (decisions) => decisions.length === 1,
    );
    // Zendesk's stamps have whole seconds: the person is not in the second of the ticket's making.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    sandbox.account.personMovesTicket(id, sales());
    expect((await settled(id))[0]).toMatchObject({ state: "superseded" });
    expect(groupOf(id)).toBe("Sales");
    expect(notesOn(id)).toHaveLength(0);
  });
});

describe("when Zendesk stumbles", () => {
  test("a 429 is waited out", async () => {
    const id = refund();
    sandbox.account.fail({ method: "PUT", path: /tickets/, status: 429, headers: { "Retry-After": "1" } });
    await deliver(switchyard.url, { body: eventBody(id) });
    expect((await settled(id))[0]).toMatchObject({ state: "written" });
    expect(notesOn(id)).toHaveLength(1);
  });

  test("an update whose answer was lost is not written again", async () => {
    const id = refund();
    sandbox.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), drop: "after" });
    await deliver(switchyard.url, { body: eventBody(id) });
    expect((await settled(id))[0]).toMatchObject({ state: "written" });
    expect(notesOn(id)).toHaveLength(1);
  });

  test("an update that never arrived is written after all", async () => {
    const id = refund();
    sandbox.account.fail({ method: "PUT", path: new RegExp(`tickets/${id}`), drop: "before" });
    await deliver(switchyard.url, { body: eventBody(id) });
    expect((await settled(id))[0]).toMatchObject({ state: "written" });
    expect(notesOn(id)).toHaveLength(1);
  });
});

test("no log line holds a customer's words or a secret", () => {
  expect(switchyard.output()).not.toMatch(/shoes|money back|Return and refund/);
  for (const secret of [SECRET, sandbox.credentials.clientSecret, "an-admin-token-for-tests"])
    expect(switchyard.output()).not.toContain(secret);
});
