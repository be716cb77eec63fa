import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkRound } from "../../src/checking.ts";
import { parseSettings } from "../../src/settings.ts";
import { openStore } from "../../src/store/open.ts";
import { type FakeOptions, startFakeMessagesApi } from "../claude/fake-messages-api.ts";
import { table } from "../triage/builders.ts";

async function examined(environment: Record<string, string>, options: FakeOptions = {}) {
  const api = await startFakeMessagesApi(options);
  const dir = await mkdtemp(join(tmpdir(), "switchyard-checks-"));
  const store = await openStore({ databaseUrl: null, file: join(dir, "switchyard.db"), now: Date.now });
  onTestFinished(async () => {
    await api.close();
    await store.close();
    await rm(dir, { recursive: true });
  });
  await store.routing.seed(table());
  const checks = await checkRound({
    settings: parseSettings({ ANTHROPIC_API_KEY: "sk-test", ANTHROPIC_BASE_URL: api.url, ...environment }),
    connection: null,
    now: Date.now,
    dataDir: dir,
    openStore: async () => store,
  });
  return Object.fromEntries(checks.map((check) => [check.id, check]));
}

test("a good key and current models pass, and a tiny ticket comes back as a structured answer", async () => {
  const checks = await examined({});
  expect(checks["claude_model"]?.state).toBe("ok");
  expect(checks["claude_larger_model"]?.state).toBe("ok");
  expect(checks["claude_test_ticket"]).toMatchObject({
    state: "ok",
    message: expect.stringMatching(/structured answer came: other.* for \$0\.0/),
  });
  expect(checks["store"]).toMatchObject({
    state: "ok",
    message: expect.stringMatching(/syncs them to disk/),
  });
  expect(checks["routing_table"]?.message).toMatch(/^Version 1 is published/);
});

test("a model that is dead is broken, one that dies soon is told with its date", async () => {
  const checks = await examined({
    CLAUDE_MODEL: "claude-gone-1",
    CLAUDE_ESCALATION_MODEL: "claude-haiku-4-5",
  });
  expect(checks["claude_model"]).toMatchObject({
    state: "error",
    message: expect.stringMatching(/no model claude-gone-1/),
  });
  expect(checks["claude_larger_model"]).toMatchObject({
    state: "warning",
    message: expect.stringMatching(/2026-12-31/),
  });
  expect(checks["claude_test_ticket"]?.state).toBe("error");
});

test("a key that is not valid fails without being repeated", async () => {
  const checks = await examined({ ANTHROPIC_API_KEY: "sk-not-valid" }, { apiKey: "sk-test" });
  expect(checks["claude_test_ticket"]?.state).toBe("error");
  expect(JSON.stringify(checks)).not.toContain("sk-not-valid");
});
