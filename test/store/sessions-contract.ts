import { sql } from "kysely";
import { expect, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import type { Bench } from "./ground.ts";

export function sessionsContract(bench: () => Bench): void {
  test("a session lasts as long as it was given", async () => {
    const { store, other, clock } = bench();
    await store.sessions.create("hash", 1_000);
    expect(await other.sessions.exists("hash")).toBe(true);
    expect(await store.sessions.exists("another")).toBe(false);
    clock.at += 999;
    expect(await store.sessions.exists("hash")).toBe(true);
    clock.at += 1;
    expect(await store.sessions.exists("hash")).toBe(false);
    expect(await store.sessions.consume("hash")).toBe(false);
  });

  test("a one-time link works once, however many follow it at the same time", async () => {
    const { store, other } = bench();
    await store.sessions.create("link", 1_000);
    const ends = await Promise.all(
      [store, other, store, other].map(({ sessions }) => sessions.consume("link")),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(await store.sessions.exists("link")).toBe(false);
  });

  test("the store belongs to the first account that comes, and says so to another one", async () => {
    const { store, other } = bench();
    const ends = await Promise.allSettled([store.claimAccount("acme"), other.claimAccount("beta")]);
    const lost = ends.find((end) => end.status === "rejected");
    const owner = ends[0]?.status === "fulfilled" ? "acme" : "beta";
    expect(lost?.reason).toBeInstanceOf(PermanentError);
    expect(lost?.reason).toMatchObject({ code: "store.other_account" });
    expect(String(lost?.reason)).toMatch(/acme.*beta|beta.*acme/);
    expect(String(lost?.reason)).toContain("DATA_DIR");
    await store.claimAccount(owner);
  });

  test("check passes while the store can be written, and rejects while it cannot", async () => {
    const { store, db } = bench();
    await store.check();
    await sql`alter table meta rename to meta_away`.execute(db);
    const broken = await store.check().catch((error: unknown) => error);
    await sql`alter table meta_away rename to meta`.execute(db);
    expect(broken).toBeInstanceOf(RetryableError);
    await store.check();
  });
}
