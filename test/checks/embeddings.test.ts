import { tmpdir } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { checkRound } from "../../src/checking.ts";
import { parseSettings } from "../../src/settings.ts";
import { KEY, startFakeVoyage } from "../retrieval/fake-voyage.ts";

async function embeddings(environment: Record<string, string>) {
  const fake = await startFakeVoyage();
  onTestFinished(async () => void (await fake.close()));
  const checks = await checkRound({
    settings: parseSettings({ VOYAGE_BASE_URL: fake.url, ...environment }),
    ...{ connection: null, now: Date.now, dataDir: tmpdir(), openStore: async () => null },
  });
  return checks.find(({ id }) => id === "embeddings");
}

test("a key for Voyage is tried with a made-up text", async () => {
  expect(await embeddings({ VOYAGE_API_KEY: KEY })).toMatchObject({
    state: "ok",
    message: "Voyage AI answers as voyage-4-lite-512, with 512 numbers a text.",
  });
});

test("a wrong one is told, with the setting that holds it and not with the key", async () => {
  const check = await embeddings({ VOYAGE_API_KEY: "pa-wrong" });
  expect(check).toMatchObject({ state: "error", message: expect.stringContaining("VOYAGE_API_KEY") });
  expect(JSON.stringify(check)).not.toContain("pa-wrong");
});

test("without a key it is said what is used instead", async () => {
  expect(await embeddings({ VOYAGE_BASE_URL: "" })).toMatchObject({ state: "skipped" });
});
