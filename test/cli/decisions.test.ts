import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import type { Decision } from "../../src/triage/decision.ts";
import type { Outcome } from "../../src/triage/outcome.ts";
import { classification, decision, table } from "../triage/builders.ts";
import { createPlace, type Place } from "./run-cli.ts";

let place: Place;
const recorded: Decision[] = [
  decision({ id: "d-1", jobId: 1, ticketId: 11, createdAt: Date.UTC(2026, 10, 22, 8, 0) }),
  decision({
    id: "d-2",
    jobId: 2,
    ticketId: 12,
    createdAt: Date.UTC(2026, 10, 22, 9, 0),
    action: "review",
    reason: "low_confidence",
    group: "A group with a name that is far too long for one column of a terminal",
    classification: classification({
      reasoning: "Red \u001b[31malert\u001b[0m: see https://evil.example/x",
      confidence: 0.41,
      confidenceLevel: "low",
      receipt: {
        ...{
          redacted: { card: 2, "\u001b[31mnew": 1 },
          characters: 900,
          ballast: 120,
          cut: 0,
          attachments: 1,
        },
        language: "de",
      },
    }),
  }),
  decision({ id: "d-3", jobId: 3, ticketId: 11, createdAt: Date.UTC(2026, 10, 22, 10, 0) }),
];

const OUTCOME: Outcome = {
  result: "undone",
  groupId: 99,
  reroutes: 0,
  undoneBy: { id: 7, title: "VIP \u001b[31mto Tier 2", kind: "trigger" },
  reopens: 0,
  escalated: false,
  csat: "bad",
  assignedAt: null,
  solvedAt: null,
  touchedAt: null,
};

beforeAll(async () => {
  place = createPlace();
  const file = join(place.folder, "sandbox/switchyard.db");
  const store = await openStore({ databaseUrl: null, file, now: Date.now });
  await store.routing.seed(table());
  for (const each of recorded) await store.decisions.record(each);
  await store.decisions.recordOutcome("d-1", OUTCOME, Date.UTC(2026, 10, 22, 12));
  await store.close();
});
afterAll(() => place.remove());

test("the list fits eighty columns, newest first, in local time", async () => {
  const { code, stdout } = await place.run(["decisions", "list"]);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(4);
  expect(lines.map((line) => line.slice(0, 12))).toEqual([
    "Time        ",
    "22 Nov 10:00",
    "22 Nov 09:00",
    "22 Nov 08:00",
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines[2]).toMatch(/12 {2}review .*A group.*… +41 %/);
});

test("it can be narrowed to a ticket, an action and a number", async () => {
  const ids = async (...words: string[]) => {
    const { stdout } = await place.run(["decisions", "list", "--json", ...words]);
    return (JSON.parse(stdout) as { decisions: { id: string }[] }).decisions.map(({ id }) => id);
  };
  expect(await ids("--ticket", "11")).toEqual(["d-3", "d-1"]);
  expect(await ids("--action", "assign", "--limit", "1")).toEqual(["d-3"]);
});

test("one decision is told in full, and what a customer wrote cannot steer the terminal", async () => {
  const { code, stdout } = await place.run(["decisions", "show", "d-2"], {
    environment: { FORCE_COLOR: "0" },
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^#12 Refund.* → A group with a name .*, for review\n/);
  expect(stdout).toMatch(/Confidence +41 %, low, please check/);
  expect(stdout).toMatch(/Decision +review: Routing this without a person takes more/);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).not.toContain("evil.example");
});

test("what became of a decision is told in words, and whole in JSON", async () => {
  const { stdout } = await place.run(["decisions", "show", "d-1"], { environment: { FORCE_COLOR: "0" } });
  expect(stdout).toMatch(/Outcome +Undone by trigger “VIP .*to Tier 2”: it stands in group 99 now\./);
  expect(stdout).toContain("The customer was not satisfied.");
  expect(stdout).not.toContain("\u001b");
  const { stdout: json } = await place.run(["decisions", "show", "d-1", "--json"]);
  expect(JSON.parse(json)).toMatchObject({
    outcome: "undone",
    outcome_detail: { undone_by: { id: 7 }, csat: "bad" },
  });
  const { stdout: untouched } = await place.run(["decisions", "show", "d-3", "--json"]);
  expect(JSON.parse(untouched)).toMatchObject({ outcome: null, outcome_detail: null });
});

test("a ticket's number shows its latest decision, and says that there are earlier ones", async () => {
  const { stdout, stderr } = await place.run(["decisions", "show", "11"]);
  expect(stdout).toMatch(/^Id +d-3$/m);
  expect(stderr).toContain("1 earlier");
});

test("an id that nobody knows is an error, and an empty store is none", async () => {
  const empty = createPlace();
  const [unknown, nothing] = await Promise.all([
    place.run(["decisions", "show", "nonsense"]),
    empty.run(["decisions", "list", "--json"]),
  ]);
  empty.remove();
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
  expect(unknown.stderr).toContain("There is no decision");
  expect(nothing).toMatchObject({ code: 0, stdout: '{"decisions":[]}\n' });
});

test("what the text went through is told in counts, by show and its JSON; nothing where nothing was kept", async () => {
  const { stdout } = await place.run(["decisions", "show", "d-2"], { environment: { FORCE_COLOR: "0" } });
  const told = stdout.replace(/\s+/g, " ");
  expect(told).toContain(
    "Read 900 characters · 120 of quotes, signatures and markup left out · 1 file names · German",
  );
  expect(told).toMatch(/Blacked out 2 × cards, 1 × \S*new/);
  expect(stdout).not.toContain("\u001b");
  const json = await place.run(["decisions", "show", "d-2", "--json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    receipt: { redacted: { card: 2 }, ballast: 120, language: "de" },
  });
  const older = await place.run(["decisions", "show", "d-1", "--json"]);
  expect(JSON.parse(older.stdout)).toMatchObject({ receipt: null });
});
