import { expect, test } from "vitest";
import type { Decision } from "../../src/triage/decision.ts";
import { factsOf } from "../../src/triage/ticket.ts";
import { classification, decision, table, ticket } from "../triage/builders.ts";
import { type Running, startServer } from "./running-server.ts";

const elsewhere = table({}, { group: "Incidents" });

const get = async (server: Running, path: string) =>
  (await server.call("GET", `/api/v1/routing${path}`)).body;
const publish = (server: Running, body: unknown) => server.call("POST", "/api/v1/routing/publish", body);
const groupOf = (body: { table: ReturnType<typeof table> }) => body.table.categories[0]?.intents[0]?.group;

test("without a draft the draft is the published table, not saved", async () => {
  const server = await startServer();
  expect(await get(server, "/draft")).toEqual({
    base_version: 1,
    table: table(),
    updated_at: null,
    saved: false,
  });
});

test("a draft is saved, routes nothing, is published, and is gone", async () => {
  const server = await startServer();
  const saved = await server.call("PUT", "/api/v1/routing/draft", { base_version: 1, table: elsewhere });
  expect(saved).toMatchObject({ status: 200, body: { base_version: 1, table: elsewhere, saved: true } });
  expect(groupOf(await get(server, ""))).toBe("Billing");

  const published = await publish(server, { base_version: 1, note: "Refunds to incidents" });
  expect(published).toMatchObject({
    status: 201,
    body: { version: 2, note: "Refunds to incidents", author: "admin", table: elsewhere },
  });
  expect(await get(server, "")).toEqual(published.body);
  expect(await get(server, "/draft")).toMatchObject({ base_version: 2, saved: false });
});

test("a discarded draft is gone", async () => {
  const server = await startServer();
  await server.call("PUT", "/api/v1/routing/draft", { base_version: 1, table: elsewhere });
  const after = await server.call("DELETE", "/api/v1/routing/draft");
  expect(after).toMatchObject({ status: 200, body: { saved: false, table: table() } });
  expect(await publish(server, { base_version: 1 })).toMatchObject({
    status: 422,
    body: { error: { code: "no_draft" } },
  });
});

test("a table that is not valid is refused with the place of each problem", async () => {
  const server = await startServer();
  const broken = { ...table(), fallback: { group: "" }, priority_order: ["no_such_intent"], colour: "red" };
  const said = await server.call("PUT", "/api/v1/routing/draft", { base_version: 1, table: broken });
  expect(said.status).toBe(422);
  expect(said.body.error.code).toBe("invalid_body");
  expect(said.body.error.issues).toContainEqual({
    path: "table.fallback.group",
    message: "name a Zendesk group",
  });
  expect(said.body.error.issues).toContainEqual({
    path: "table",
    message: expect.stringContaining("colour"),
  });
  const unknown = { ...table(), priority_order: ["no_such_intent"] };
  expect((await publish(server, { base_version: 1, table: unknown })).body.error.issues).toEqual([
    { path: "table.priority_order", message: "there is no intent no_such_intent" },
  ]);
  expect(await get(server, "/versions")).toMatchObject({ versions: [{ version: 1 }] });
});

test("who works on an old version is told, and overwrites nothing", async () => {
  const server = await startServer();
  await publish(server, { base_version: 1, table: elsewhere });
  const stale = { status: 409, body: { error: { code: "stale_base", current_version: 2 } } };
  expect(await publish(server, { base_version: 1, table: table() })).toMatchObject(stale);
  expect(await publish(server, { base_version: 1 })).toMatchObject(stale);
  expect(
    await server.call("PUT", "/api/v1/routing/draft", { base_version: 1, table: table() }),
  ).toMatchObject(stale);
  expect(await server.call("POST", "/api/v1/routing/versions/1/restore", { base_version: 1 })).toMatchObject(
    stale,
  );
  expect(groupOf(await get(server, ""))).toBe("Incidents");
});

test("of two admins who publish at the same time, one is told", async () => {
  const server = await startServer();
  const answers = await Promise.all([1, 2].map(() => publish(server, { base_version: 1, table: elsewhere })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test("restoring publishes an earlier table again, and history keeps everything", async () => {
  const server = await startServer();
  await publish(server, { base_version: 1, table: elsewhere, note: "try" });
  const restored = await server.call("POST", "/api/v1/routing/versions/1/restore");
  expect(restored).toMatchObject({ status: 201, body: { version: 3, table: table() } });
  const { versions } = await get(server, "/versions");
  expect(versions.map((entry: { version: number }) => entry.version)).toEqual([3, 2, 1]);
  expect(versions[1]).toEqual({ version: 2, note: "try", author: "admin", created_at: expect.any(String) });
  expect(groupOf(await get(server, "/versions/2"))).toBe("Incidents");
  expect((await server.call("POST", "/api/v1/routing/versions/9/restore")).status).toBe(404);
  expect((await server.call("GET", "/api/v1/routing/versions/nine")).status).toBe(404);
});

// ── What-if ─────────────────────────────────────────────────────────────────────────────────────────────────────

let nextDecision = 0;
async function decided(server: Running, overrides: Partial<Decision> = {}): Promise<string> {
  nextDecision++;
  const id = `d${nextDecision}`;
  await server.store.decisions.record(
    decision({
      id,
      jobId: nextDecision,
      ticketId: 4000 + nextDecision,
      ticket: factsOf(ticket({ id: 4000 + nextDecision })),
      createdAt: server.clock.now + nextDecision,
      ...overrides,
    }),
  );
  return id;
}
const preview = (server: Running, body: unknown) => server.call("POST", "/api/v1/routing/preview", body);

test("a preview says which tickets would go elsewhere, and changes nothing", async () => {
  const server = await startServer();
  const refunds = [await decided(server), await decided(server)];
  await decided(server, { classification: classification({ intent: "outage" }) });
  const unsure = await decided(server, { classification: classification({ confidence: 0.7 }) });
  await decided(server, { action: "skip", reason: "handled_by_person" });
  await decided(server, { classification: null });

  const { body } = await preview(server, { table: table({}, { group: "Incidents", min_confidence: 0.8 }) });
  expect(body).toMatchObject({
    compared: 4,
    moved: 3,
    moves: [
      { from: "Billing", to: "Incidents", count: 2 },
      { from: "Billing", to: null, count: 1 },
    ],
  });
  expect(body.decisions.map((moved: { id: string }) => moved.id)).toEqual([unsure, ...refunds.reverse()]);
  expect(await get(server, "/versions")).toMatchObject({ versions: [{ version: 1 }] });
  expect(await get(server, "/draft")).toMatchObject({ saved: false });
});

test("a row in shadow shows as one that would no longer be written", async () => {
  const server = await startServer();
  await decided(server);
  const { body } = await preview(server, { table: table({}, { mode: "shadow" }) });
  expect(body.moves).toEqual([{ from: "Billing", to: "Billing (shadow)", count: 1 }]);
});

test("a group that the account does not have shows as the fallback", async () => {
  const server = await startServer();
  await decided(server);
  const { body } = await preview(server, { table: table({}, { group: "No Such Team" }) });
  expect(body.moves).toEqual([{ from: "Billing", to: "Customer Care", count: 1 }]);
});

test("a preview of the published table moves nothing; without a table it is the draft's", async () => {
  const server = await startServer();
  await decided(server);
  expect((await preview(server, {})).body).toMatchObject({ compared: 1, moved: 0, moves: [], decisions: [] });
  await server.call("PUT", "/api/v1/routing/draft", { base_version: 1, table: elsewhere });
  expect((await preview(server, {})).body).toMatchObject({ compared: 1, moved: 1 });
});

test("a preview compares as many of the newest as it is asked to, over many pages", async () => {
  const server = await startServer();
  for (let i = 0; i < 130; i++) await decided(server);
  expect((await preview(server, { table: elsewhere, limit: 120 })).body).toMatchObject({
    compared: 120,
    moved: 120,
    moves: [{ from: "Billing", to: "Incidents", count: 120 }],
    decisions: { length: 50 },
  });
  expect((await preview(server, { limit: 2_001 })).status).toBe(422);
});
