import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { openStore } from "../../src/store/open.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "../claude/fake-messages-api.ts";
import { table } from "../triage/builders.ts";
import { createPlace, type Place } from "./run-cli.ts";

const CLI = join(import.meta.dirname, "../../src/cli.ts");
const SHARE = z.object({ count: z.number(), total: z.number(), share: z.number().nullable() });
const Figures = z.object({
  complete: z.boolean(),
  tickets: z.number(),
  classifiers: z.array(
    z.object({
      classifier: z.string(),
      tickets: z.number(),
      accuracy: z.object({ intent: SHARE, group: SHARE }),
      bill: z.object({ cost_usd: z.number().nullable(), tokens: z.object({ output: z.number() }) }),
    }),
  ),
  comparisons: z.array(z.object({ tickets: z.number(), intent: z.object({ p: z.number() }) })),
});
const figuresIn = (text: string) => Figures.parse(JSON.parse(text));

const INTENTS = ["returns_and_exchanges", "password_reset", "billing_inquiries"];
const DATA = Array.from({ length: 12 }, (_, index) => ({
  id: `t${index}`,
  subject: `Case ${index}`,
  description: `Please <b>help</b> with matter number ${index}, about ${INTENTS[index % 3]}.`,
  intent: INTENTS[index % 3],
  language: index % 2 === 0 ? "en" : "de",
}));

let place: Place;
let claude: FakeMessagesApi;
let keyed: { environment: Record<string, string> };
beforeAll(async () => {
  claude = await startFakeMessagesApi({
    // Slow enough to be interrupted in between, on a busy machine too.
    latencyMs: 150,
    answer: ({ description }) => INTENTS.find((intent) => description.includes(intent)),
  });
  keyed = { environment: { ANTHROPIC_API_KEY: "sk-test", ANTHROPIC_BASE_URL: claude.url } };
  place = createPlace();
  writeFileSync(join(place.folder, "mine.jsonl"), DATA.map((line) => JSON.stringify(line)).join("\n"));
});
afterAll(async () => {
  place.remove();
  await claude.close();
});

describe("with nothing set", () => {
  test("the tickets that ship are measured with the local classifier, in 80 columns, progress beside", async () => {
    const { code, stdout, stderr } = await place.run(["eval", "--no-learn", "--limit", "40"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Right intent +\d+\.\d % \(\d+\.\d–\d+\.\d\)$/m);
    for (const part of ["Cost", "Weakest intents", "Left to people", "By language", "By length"])
      expect(stdout).toContain(part);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toMatch(/local: 40 of 40/);
  });

  test("a second run asks nothing again, and says the same", async () => {
    const first = await place.run(["eval", "--no-learn", "--limit", "5", "--seed", "x"]);
    const second = await place.run(["eval", "--no-learn", "--limit", "5", "--seed", "x"]);
    expect(second.stderr).toContain("local: 5 of 5 were answered before");
    expect(second.stdout).toBe(first.stdout);
  });

  test("faults of a file are told with their lines, and nothing is asked", async () => {
    writeFileSync(join(place.folder, "bad.jsonl"), '{"subject":"x"}\nnot json\n');
    const { code, stderr, stdout } = await place.run(["eval", "--no-learn", "bad.jsonl"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/bad\.jsonl, line 1: .*\n.*bad\.jsonl, line 2: /);
  });

  test("Claude without a key is a matter of settings; a classifier that is none is one of usage", async () => {
    expect((await place.run(["eval", "--no-learn", "mine.jsonl", "-c", "claude"])).code).toBe(78);
    expect((await place.run(["eval", "--no-learn", "mine.jsonl", "-c", "gpt"])).code).toBe(2);
  });

  test("--min-accuracy fails a build when fewer intents are right", async () => {
    writeFileSync(join(place.folder, "wrong.jsonl"), '{"text":"I forgot my password","intent":"other"}');
    const words = ["eval", "--no-learn", "wrong.jsonl", "--min-accuracy"];
    expect((await place.run([...words, "0"])).code).toBe(0);
    const below = await place.run([...words, "50"]);
    expect(below.code).toBe(1);
    expect(below.stderr).toContain("below the 50 %");
  });
});

describe("with Claude", () => {
  test("both classifiers stand side by side, with tokens, cost, McNemar's p, and a report without ticket text", async () => {
    const words = [
      "eval",
      "--no-learn",
      "mine.jsonl",
      "--classifier",
      "claude,local",
      "--json",
      "--html",
      "report.html",
    ];
    const { code, stdout } = await place.run(words, keyed);
    expect(code).toBe(0);
    const { classifiers, comparisons, complete } = figuresIn(stdout);
    expect(complete).toBe(true);
    expect(classifiers.map(({ classifier, tickets }) => [classifier, tickets])).toEqual([
      ["local", 12],
      ["claude", 12],
    ]);
    expect(classifiers[1]?.accuracy.intent).toMatchObject({ count: 12, total: 12 });
    expect(classifiers[1]?.bill.cost_usd).toBeGreaterThan(0);
    expect(classifiers[1]?.bill.tokens.output).toBeGreaterThan(0);
    expect(comparisons[0]).toMatchObject({ tickets: 12 });
    const report = readFileSync(join(place.folder, "report.html"), "utf8");
    expect(report).toContain("billing_inquiries");
    expect(report).not.toMatch(/matter number|<script|https?:\/\/(?!www\.w3\.org)/);
  });

  test("asking in one step and in two are compared on the same tickets, whatever the table's size", async () => {
    const before = claude.requests.length;
    const kinds = "claude-two-steps,claude-one-step";
    const words = ["eval", "--no-learn", "mine.jsonl", "--limit", "4", "--classifier", kinds, "--json"];
    const { code, stdout } = await place.run(words, keyed);
    expect(code).toBe(0);
    const { classifiers, comparisons } = figuresIn(stdout);
    expect(classifiers.map(({ classifier, tickets }) => [classifier, tickets])).toEqual([
      ["claude-one-step", 4],
      ["claude-two-steps", 4],
    ]);
    expect(comparisons).toHaveLength(1);
    const sizes = claude.requests.slice(before).map(({ body }) => JSON.stringify(body).length);
    expect(new Set(sizes.map((size) => Math.round(size / 10_000))).size).toBeGreaterThan(1);
  });

  test("--max-cost stops before the sum is passed, and the next run goes on with what is left", async () => {
    const before = claude.requests.length;
    const words = ["eval", "--no-learn", "mine.jsonl", "--json", "--fresh", "--max-cost"];
    const poor = await place.run([...words, "0.0001"], keyed);
    expect(poor.code).toBe(3);
    expect(poor.stderr).not.toContain("Run the same command again");
    expect(claude.requests.length).toBe(before);
    const [, needed] = /up to \$(\d\.\d+)/.exec(poor.stderr) ?? [];
    const max = Number(needed) + 0.0005;
    const stopped = await place.run([...words, String(max)], keyed);
    expect(stopped.code).toBe(3);
    const partly = figuresIn(stopped.stdout);
    expect(partly.complete).toBe(false);
    const done = partly.classifiers[0]?.tickets ?? 0;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(12);
    expect(partly.classifiers[0]?.bill.cost_usd).toBeLessThanOrEqual(max);
    expect(stopped.stderr).toContain("Run the same command again to go on");
    const rest = await place.run(["eval", "--no-learn", "mine.jsonl", "--json"], keyed);
    expect(rest.code).toBe(0);
    expect(rest.stderr).toContain(`claude: ${done} of 12 were answered before`);
    expect(claude.requests.length - before).toBe(12);
  });

  test("Ctrl-C keeps what was answered and ends with 130", async () => {
    const child = spawn(
      process.execPath,
      [CLI, "eval", "--no-learn", "mine.jsonl", "--fresh", "--concurrency", "1"],
      {
        cwd: place.folder,
        env: { DATA_DIR: place.folder, ...keyed.environment },
      },
    );
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const before = /claude: 4 of 12/.test(told);
      told += text;
      // Once: a second Ctrl-C ends it at once.
      if (!before && /claude: 4 of 12/.test(told)) child.kill("SIGINT");
    });
    const [code] = await once(child, "close");
    expect(code).toBe(130);
    expect(told).toContain("Stopped. What was answered is kept");
    const rest = await place.run(["eval", "--no-learn", "mine.jsonl", "--json"], keyed);
    expect(rest.stderr).toMatch(/claude: (?:[4-9]|1[01]) of 12 were answered before/);
    expect(figuresIn(rest.stdout).classifiers[0]?.tickets).toBe(12);
  });

  test("what people have confirmed since makes it another run; a ticket is never its own example", async () => {
    const there = createPlace({ ...keyed.environment, LOCAL_LEARNING: "on", CLAUDE_ESCALATION_MODEL: "off" });
    onTestFinished(() => there.remove());
    const text = "I was charged twice for order 17, please refund one payment";
    const line = (id: string, words: string) => JSON.stringify({ id, text: words, intent: "refund" });
    writeFileSync(join(there.folder, "mine.jsonl"), line("a", text));
    const store = await openStore({
      ...{ databaseUrl: null, file: join(there.folder, "sandbox/switchyard.db"), now: Date.now },
    });
    onTestFinished(() => store.close());
    await store.routing.seed(table());
    const run = async () => {
      const before = claude.requests.length;
      const { stdout } = await there.run(["eval", "mine.jsonl", "--classifier", "claude", "--json"]);
      const { learned_from: learnedFrom } = z
        .object({ learned_from: z.object({ examples: z.number(), hash: z.string() }) })
        .parse(JSON.parse(stdout));
      return { ...learnedFrom, asked: claude.requests.slice(before).map(({ body }) => JSON.stringify(body)) };
    };
    const confirm = (id: string, words: string, confirmedBy: string | null) =>
      store.examples.add({
        ...{ id, text: words, label: "refund", language: "en", source: "correction", confirmedBy },
        ...{ ticketId: null, embedding: null, embeddedBy: null, createdAt: 1 },
      });
    const first = await run();
    expect([first.asked.length, first.examples]).toEqual([1, 0]);
    expect(await run()).toEqual({ ...first, asked: [] });
    await confirm("own", `\n${text}`, "Mia");
    await confirm("nobody", `${text} again`, null);
    expect(await run()).toEqual({ ...first, asked: [] });
    await confirm("near", "Charged twice for order 99, refund one payment please", "Mia");
    const taught = await run();
    expect(taught.examples).toBe(1);
    expect(taught.hash).not.toBe(first.hash);
    expect(taught.asked).toEqual([expect.stringContaining("order 99")]);
  });
});
