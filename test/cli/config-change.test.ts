import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Routing } from "../../src/ports/store.ts";
import { renderRoutingFile } from "../../src/routing-file.ts";
import { openStore } from "../../src/store/open.ts";
import type { RoutingTable } from "../../src/triage/routing-table.ts";
import { table } from "../triage/builders.ts";
import { createPlace, type Place } from "./run-cli.ts";

let place: Place;
beforeEach(() => {
  place = createPlace();
});
afterEach(() => place.remove());

/** A look into the store of the place, or a hand in it, as another process has. */
async function inStore<T>(work: (routing: Routing) => Promise<T>): Promise<T> {
  const file = join(place.folder, "sandbox/switchyard.db");
  const store = await openStore({ databaseUrl: null, file, now: Date.now });
  try {
    return await work(store.routing);
  } finally {
    await store.close();
  }
}

const fileOf = (name: string, content: RoutingTable): string => {
  writeFileSync(join(place.folder, name), renderRoutingFile(content));
  return name;
};

const kind = table({ guidance: "Be kind." });
const moved = table({}, { group: "Payments" });

test("what a file would change is told row by row, on top of the version it is compared with", async () => {
  await inStore((routing) => routing.seed(table()));
  const file = fileOf("moved.yaml", moved);
  const { code, stdout, stderr } = await place.run(["config", "diff", file]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Group: \S.* → Payments/);
  expect(stderr).toContain("version 1");

  const json = await place.run(["config", "diff", "-", "--json"], { input: renderRoutingFile(table()) });
  expect(JSON.parse(json.stdout)).toEqual({ version: 1, same: true, changes: [] });
});

test("a look into an account where nothing was published leaves no trace", async () => {
  const shipped = await place.run(["config", "export"]);
  const { code, stdout } = await place.run(["config", "diff", "-"], { input: shipped.stdout });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "The two tables are the same.\n" });
});

test("a file is published as the next version, with its note, and says what it changed", async () => {
  await inStore((routing) => routing.seed(table()));
  const words = ["config", "publish", fileOf("kind.yaml", kind), "--yes", "--note", "Kinder", "--json"];
  const { code, stdout } = await place.run(words);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: 2, published: true, changes: [{ id: null }] });
  const current = await inStore((routing) => routing.current());
  expect(current).toMatchObject({ version: 2, note: "Kinder", author: "command line", table: kind });

  const again = await place.run(["config", "publish", "kind.yaml", "--yes"]);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to publish") });
  expect((await inStore((routing) => routing.versions())).length).toBe(2);
});

test("where nobody can be asked nothing is published without --yes", async () => {
  await inStore((routing) => routing.seed(table()));
  const { code, stderr } = await place.run(["config", "publish", fileOf("kind.yaml", kind)]);
  expect(code).toBe(2);
  expect(stderr).toContain("--yes");
  expect((await inStore((routing) => routing.current())).version).toBe(1);
});

test("--base refuses a publication on top of a version that nobody looked at", async () => {
  await inStore(async (routing) => {
    await routing.seed(table());
    await routing.publish({ table: moved, baseVersion: 1, note: "", author: "Ada" });
  });
  const words = ["config", "publish", fileOf("kind.yaml", kind), "--yes", "--base"];
  const stale = await place.run([...words, "1"]);
  expect(stale.code).toBe(1);
  expect(stale.stderr).toContain("Version 2 was published meanwhile");
  expect((await inStore((routing) => routing.current())).table).toEqual(moved);
  expect((await place.run([...words, "2"])).code).toBe(0);
});

test("an imported file is a draft, which routes nothing until it is published", async () => {
  await inStore((routing) => routing.seed(table()));
  const imported = await place.run(["config", "import", fileOf("kind.yaml", kind)]);
  expect(imported.code).toBe(0);
  expect(imported.stdout).toContain("Be kind.");
  expect(await inStore((routing) => routing.current())).toMatchObject({ version: 1, table: table() });
  expect(await inStore((routing) => routing.draft())).toMatchObject({ baseVersion: 1, table: kind });

  const published = await place.run(["config", "publish", "--yes"]);
  expect(published.stdout).toContain("Published as version 2");
  expect((await inStore((routing) => routing.current())).table).toEqual(kind);

  const without = await place.run(["config", "publish", "--yes"]);
  expect(without.code).toBe(2);
  expect(without.stderr).toContain("There is no draft");
});

test("somebody's draft is not replaced without --yes, and its end is told", async () => {
  await inStore(async (routing) => {
    await routing.seed(table());
    await routing.saveDraft({ table: moved, baseVersion: 1 });
  });
  const file = fileOf("kind.yaml", kind);
  const refused = await place.run(["config", "import", file]);
  expect(refused.code).toBe(2);
  expect((await inStore((routing) => routing.draft()))?.table).toEqual(moved);

  const published = await place.run(["config", "publish", file, "--yes"]);
  expect(published.code).toBe(0);
  expect(published.stderr).toContain("another draft");
});

test("a file that is no table changes nothing, and every problem is named", async () => {
  await inStore((routing) => routing.seed(table()));
  writeFileSync(
    join(place.folder, "bad.yaml"),
    "fallback: { group: Customer Care }\ncategories: []\nrow: 1\n",
  );
  for (const command of ["diff", "import", "publish"]) {
    const { code, stderr } = await place.run(["config", command, "bad.yaml"]);
    expect(code).toBe(1);
    expect(stderr).toContain('"row"');
  }
  expect((await inStore((routing) => routing.versions())).length).toBe(1);
});
