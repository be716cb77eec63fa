import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "./running-sandbox.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(async () => {
  await closeSandboxes();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const start = () => startedSandbox({ file: join(folder, "account.db"), scenario: true });
const subjects = ({ sandbox }: Running): string[] =>
  sandbox.account
    .listTickets()
    .filter(({ id }) => id !== 5158)
    .map(({ subject }) => subject);

test("some customers write at once, about twenty within half a minute, in five languages", async () => {
  const running = await start();
  expect(subjects(running).length).toBeGreaterThan(1);
  await vi.advanceTimersByTimeAsync(35_000);
  const all = subjects(running);
  expect(all.length).toBeGreaterThanOrEqual(20);
  const locales = running.sandbox.account.listUsers().map(({ locale }) => locale.slice(0, 2));
  for (const language of ["en", "de", "es", "fr", "ja"]) expect(locales).toContain(language);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(subjects(running)).toEqual(all);
});

test("after a restart in the middle, the others come, and nobody writes twice", async () => {
  const before = await start();
  await vi.advanceTimersByTimeAsync(10_000);
  const early = subjects(before);
  await before.sandbox.close();

  const after = await start();
  await vi.advanceTimersByTimeAsync(35_000);
  const all = subjects(after);
  expect(early.length).toBeGreaterThan(4);
  expect(all.slice(0, early.length)).toEqual(early);
  expect(all.length).toBeGreaterThanOrEqual(20);
  expect(new Set(all).size).toBe(all.length);
});
