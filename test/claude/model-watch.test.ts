import { expect, onTestFinished, test, vi } from "vitest";
import type { ModelCheck } from "../../src/claude/model-check.ts";
import { watchModels } from "../../src/claude/model-watch.ts";
import { CLAUDE_DEFAULTS } from "../../src/settings-claude.ts";
import { type FakeOptions, startFakeMessagesApi } from "./fake-messages-api.ts";

const MINUTE_MS = 60_000;

async function watching(model: string, options: FakeOptions = {}) {
  const api = await startFakeMessagesApi(options);
  const settings = { ...CLAUDE_DEFAULTS, apiKey: "sk-test", baseUrl: api.url, model };
  const told: ModelCheck[] = [];
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const watch = watchModels(settings, Date.now, (trouble) => void told.push(trouble));
  onTestFinished(async () => {
    watch.stop();
    vi.useRealTimers();
    await api.close();
  });
  await watch.first;
  return { api, told, watch };
}

test("a model that nobody knows is told once, and looked at again every five minutes", async () => {
  const { api, told, watch } = await watching("claude-gone-1");
  const asked = () => api.models.asked.filter((model) => model === "claude-gone-1").length;
  expect(watch.troubles()).toMatchObject([{ model: "claude-gone-1", status: "fail" }]);
  expect(asked()).toBe(1);
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  await vi.waitFor(() => expect(asked()).toBe(2));
  expect(told).toEqual(watch.troubles());
});

test("a model that will end is told with its date", async () => {
  const { told } = await watching("claude-haiku-4-5");
  expect(told).toMatchObject([
    { status: "warn", message: "claude-haiku-4-5 is deprecated; it answers until 2026-12-31." },
  ]);
});

test("a model that is retired while the process runs is noticed within a day", async () => {
  const { api, told, watch } = await watching("claude-haiku-5-5");
  expect(watch.troubles()).toEqual([]);
  api.models.retire("claude-haiku-5-5");
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE_MS);
  await vi.waitFor(() => expect(told).toMatchObject([{ message: "claude-haiku-5-5 is retired." }]));
  expect(watch.troubles()).toEqual(told);
});

test("behind a proxy that answers questions alone nothing is known of the models, and no page says so", async () => {
  const { told, watch } = await watching("claude-haiku-5-5", { knowsModels: false });
  expect(told).toMatchObject([
    { status: "warn", message: expect.stringContaining("does not answer about models") },
    { status: "warn" },
  ]);
  expect(watch.troubles()).toEqual([]);
});
