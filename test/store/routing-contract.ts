import { expect, test } from "vitest";
import type { Bench } from "./ground.ts";
import { tableFor } from "./routing-table.ts";

const publication = (group: string, baseVersion: number) => ({
  table: tableFor(group),
  baseVersion,
  note: `to ${group}`,
  author: "ada",
});

export function routingContract(bench: () => Bench): void {
  test("an empty store says that it needs a table", async () => {
    await expect(bench().store.routing.current()).rejects.toMatchObject({ code: "store.not_seeded" });
  });

  test("the first table is written once, whoever comes first", async () => {
    const { store, other } = bench();
    const ends = await Promise.all([store.routing.seed(tableFor("A")), other.routing.seed(tableFor("B"))]);
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect(await store.routing.seed(tableFor("C"))).toBe(false);
    const current = await other.routing.current();
    expect(current).toMatchObject({ version: 1, table: tableFor(ends[0] ? "A" : "B") });
    expect(await store.routing.versions()).toHaveLength(1);
  });

  test("a published table is the next version, ends the draft and leaves the old version as it was", async () => {
    const { store, clock } = bench();
    await store.routing.seed(tableFor("A"));
    await store.routing.saveDraft({ table: tableFor("B"), baseVersion: 1 });
    clock.at += 5;
    const published = { version: 2, table: tableFor("B"), note: "to B", author: "ada", createdAt: clock.at };
    expect(await store.routing.publish(publication("B", 1))).toEqual({ published });
    expect(await store.routing.current()).toEqual(published);
    expect(await store.routing.version(2)).toEqual(published);
    expect(await store.routing.draft()).toBeNull();
    expect((await store.routing.version(1))?.table).toEqual(tableFor("A"));
    expect(await store.routing.version(3)).toBeNull();
    const { table: _table, ...history } = published;
    expect(await store.routing.versions()).toEqual([history, expect.objectContaining({ version: 1 })]);
  });

  test.each([0, 1, 3])(
    "what started from version %i is not published over version 2",
    async (baseVersion) => {
      const { routing } = bench().store;
      await routing.seed(tableFor("A"));
      await routing.publish(publication("B", 1));
      await routing.saveDraft({ table: tableFor("C"), baseVersion });
      expect(await routing.publish(publication("C", baseVersion))).toEqual({ staleBase: true, current: 2 });
      expect((await routing.current()).table).toEqual(tableFor("B"));
      // The work is not lost: it can be compared and published again.
      expect((await routing.draft())?.table).toEqual(tableFor("C"));
    },
  );

  test("of many who publish on one base at the same time exactly one wins", async () => {
    const { routing } = bench().store;
    await routing.seed(tableFor("A"));
    const ends = await Promise.all(
      ["B", "C", "D", "E"].map((group) => routing.publish(publication(group, 1))),
    );
    expect(ends.filter((end) => "published" in end)).toHaveLength(1);
    expect(ends.filter((end) => "staleBase" in end && end.current === 2)).toHaveLength(3);
    expect(await routing.versions()).toHaveLength(2);
  });

  test("the draft is one, can be saved again and discarded", async () => {
    const { store, clock } = bench();
    expect(await store.routing.draft()).toBeNull();
    await store.routing.saveDraft({ table: tableFor("A"), baseVersion: 1 });
    clock.at += 9;
    await store.routing.saveDraft({ table: tableFor("B"), baseVersion: 2 });
    const draft = { table: tableFor("B"), baseVersion: 2, updatedAt: clock.at };
    expect(await store.routing.draft()).toEqual(draft);
    await store.routing.saveDraft(null);
    expect(await store.routing.draft()).toBeNull();
  });

  test("a stored table that no longer fits is named, with the place that does not fit", async () => {
    const { store, db } = bench();
    await store.routing.seed(tableFor("A"));
    const { fallback: _fallback, ...rest } = tableFor("A");
    await db
      .updateTable("routing_version")
      .set({ table_json: JSON.stringify(rest) })
      .execute();
    await expect(store.routing.current()).rejects.toMatchObject({
      code: "store.unreadable",
      message: expect.stringMatching(/version 1.*fallback/),
    });
  });
}
