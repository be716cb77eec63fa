import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { openStore } from "../../src/store/open.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "../claude/fake-messages-api.ts";
import { table } from "../triage/builders.ts";
import { createPlace, type Place } from "./run-cli.ts";

const REFUND = "I was charged twice for my order. Please refund the second payment to my credit card.";
const Answer = z.object({
  ticket_id: z.number().nullable(),
  action: z.enum(["assign", "review"]),
  reason: z.string(),
  intent: z.string(),
  group: z.string(),
  priority: z.string().nullable(),
  tags: z.array(z.string()).min(1),
  confidence: z.number().min(0).max(1),
  confidence_level: z.enum(["high", "medium", "low"]),
  reasoning: z.string(),
  evidence: z.array(z.string()),
  alternatives: z.array(z.object({ intent: z.string(), confidence: z.number() })),
  urgency: z.string(),
  sentiment: z.string(),
  language: z.string(),
  classifier: z.enum(["local", "claude"]),
  model: z.string(),
  routing_version: z.number(),
  tokens: z.object({ input: z.number(), output: z.number() }),
  cost_usd: z.number().nullable(),
  timings_ms: z.object({ total: z.number() }),
});
const answerIn = (text: string) => Answer.parse(JSON.parse(text));

let place: Place;
beforeAll(() => {
  place = createPlace();
});
afterAll(() => place.remove());

describe("with nothing set", () => {
  test("a ticket on the command line is told in words, and nothing is left behind", async () => {
    const untouched = createPlace();
    const { code, stdout, stderr } = await untouched.run(["classify", REFUND]);
    const left = readdirSync(untouched.folder);
    untouched.remove();
    expect(stderr).toMatch(/^Table: .*routing\.yaml\n$/);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^.+ → .+\n\n/);
    for (const label of ["Intent", "Confidence", "Decision", "Tags", "Classifier"])
      expect(stdout).toMatch(new RegExp(`^${label} {2,}\\S`, "m"));
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain("\u001b");
    expect(left).toEqual([]);
  });

  test("--json gives a program the fields of a decision, and nothing else on stdout", async () => {
    const { code, stdout } = await place.run(["classify", "--json", "--subject", "Money back", REFUND]);
    expect(code).toBe(0);
    expect(answerIn(stdout)).toMatchObject({ classifier: "local", cost_usd: 0, routing_version: 0 });
  });

  test("an argument that names a file is read, and said to be", async () => {
    writeFileSync(join(place.folder, "named.txt"), REFUND);
    const named = await place.run(["classify", "--json", "named.txt"]);
    const told = answerIn((await place.run(["classify", "--json", REFUND])).stdout);
    expect(named.stderr).toContain("Reading the ticket from the file named.txt");
    expect(answerIn(named.stdout)).toMatchObject({ intent: told.intent, evidence: told.evidence });
  });

  test("an e-mail in a file as Windows writes it, and Zendesk's JSON on standard input, are the same ticket", async () => {
    const mail = `From: a@b.example\r\nSubject: Charged twice\r\n\r\n${REFUND}\r\n`;
    writeFileSync(join(place.folder, "mail.txt"), Buffer.from(`\ufeff${mail}`, "utf16le"));
    const ticket = { id: 7, subject: "Charged twice", description: REFUND, via: { channel: "web" } };
    const file = answerIn((await place.run(["classify", "--json", "--file", "mail.txt"])).stdout);
    const input = JSON.stringify({ ticket });
    const json = answerIn((await place.run(["classify", "--json", "-"], { input })).stdout);
    expect(json.ticket_id).toBe(7);
    expect(json).toMatchObject({ intent: file.intent, confidence: file.confidence, evidence: file.evidence });
  });

  test("every JSON line is answered by one line, a broken one by its error, and the end is 'partly done'", async () => {
    const lines = [JSON.stringify({ id: 1, description: REFUND }), "no json", '{"subject": " "}', ""];
    const { code, stdout } = await place.run(["classify", "--jsonl"], { input: lines.join("\n") });
    expect(code).toBe(3);
    const [first, second, third, ...rest] = stdout.trimEnd().split("\n");
    expect(answerIn(first ?? "").ticket_id).toBe(1);
    expect(JSON.parse(second ?? "")).toEqual({ line: 2, error: "This line is not JSON." });
    expect(JSON.parse(third ?? "")).toMatchObject({
      line: 3,
      error: expect.stringContaining("subject or a description"),
    });
    expect(rest).toEqual([]);
  });
});

describe("what cannot work is said, with what to do", () => {
  test.each([
    ["no ticket at all", ["classify"], " \n ", /The ticket is empty\. Give its text/],
    ["JSON that is no ticket", ["classify"], '{"hello": 1}', /is not a ticket: a ticket needs a subject/],
    [
      "a file that is not there",
      ["classify", "--file", "nowhere.txt"],
      "",
      /nowhere\.txt cannot be read: there is no such file/,
    ],
    ["two tickets at once", ["classify", "text", "--file", "mail.txt"], "", /not both/],
  ])("%s", async (_name, words, input, message) => {
    const { code, stdout, stderr } = await place.run(words, { input });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("with a Claude key", () => {
  let claude: FakeMessagesApi;
  beforeAll(async () => {
    claude = await startFakeMessagesApi({ apiKey: "sk-right" });
  });
  afterAll(() => claude.close());
  const keyed = (key: string) => ({
    environment: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: claude.url },
  });

  test("Claude answers, and its tokens and price are told", async () => {
    const { code, stdout } = await place.run(["classify", REFUND, "--json"], keyed("sk-right"));
    expect(code).toBe(0);
    const answer = answerIn(stdout);
    expect(answer).toMatchObject({ classifier: "claude", action: "review", reason: "outside_taxonomy" });
    expect(answer.tokens.input + answer.tokens.output).toBeGreaterThan(0);
    expect(answer.cost_usd).toBeGreaterThan(0);
  });

  test("a wrong key is a matter of configuration, and is never printed", async () => {
    const { code, stdout, stderr } = await place.run(["classify", REFUND], keyed("sk-wrong"));
    expect({ code, stdout }).toEqual({ code: 78, stdout: "" });
    expect(stderr).toMatch(/ANTHROPIC_API_KEY/);
    expect(stderr).not.toContain("sk-wrong");
  });

  test("--show-prompt prints what would be sent, ticket included, and sends nothing", async () => {
    const { code, stdout } = await place.run(["classify", "--show-prompt", REFUND], keyed("sk-unused"));
    expect(code).toBe(0);
    expect(stdout).toContain(REFUND);
    expect(stdout).toMatch(/Prefix\s+\d{4,} tokens/);
    expect(stdout).toMatch(/Cost\s+\$0\.000\d+; \$0\.00\d+ when the prefix/);
    expect(claude.requests.filter(({ headers }) => headers.authorization?.includes("sk-unused"))).toEqual([]);
  });

  /** An installation whose table has two rows, and where a person has confirmed what a ticket was about. */
  async function installation(environment: Record<string, string>): Promise<Place> {
    const there = createPlace({ ...keyed("sk-right").environment, ...environment });
    onTestFinished(() => there.remove());
    const file = join(there.folder, "sandbox/switchyard.db");
    const store = await openStore({ databaseUrl: null, file, now: Date.now });
    await store.routing.seed(table({ classification: { larger_model_languages: ["de"] } }));
    const known = { language: "en", source: "correction", confirmedBy: "Mia", embedding: null } as const;
    await store.examples.add({
      ...{
        id: "ticket-7",
        ticketId: 7,
        text: "I was charged twice for the order 17, refund me",
        label: "refund",
      },
      ...{ ...known, embeddedBy: null, createdAt: 1 },
    });
    await store.close();
    return there;
  }

  test("--show-prompt prints to the byte what classify then sends: examples, likely intents and all", async () => {
    const there = await installation({ LOCAL_LEARNING: "on", CLAUDE_ESCALATION_MODEL: "off" });
    const shown = await there.run(["classify", "--show-prompt", "--json", REFUND]);
    const { request, estimate } = Prompt.parse(JSON.parse(shown.stdout));
    await there.run(["classify", "--json", REFUND]);
    expect(claude.requests.at(-1)?.body).toEqual(request);
    expect(JSON.stringify(request)).toMatch(
      /similar_tickets.*charged twice for the order 17.*likely_intents/,
    );
    const bare = await place.run(["classify", "--show-prompt", "--json", REFUND], keyed("sk-right"));
    const tokens = Prompt.parse(JSON.parse(bare.stdout)).estimate.ticket_tokens;
    expect(estimate.ticket_tokens).toBeGreaterThan(tokens + 20);
  });

  test("--show-prompt names the larger model where the table gives it the language", async () => {
    const there = await installation({ CLAUDE_ESCALATION_MODEL: "claude-sonnet-5-5" });
    const german = "Ich wurde zweimal belastet und möchte mein Geld zurück haben, bitte.";
    const shown = await there.run(["classify", "--show-prompt", "--json", german]);
    await there.run(["classify", "--json", german]);
    const { request } = Prompt.parse(JSON.parse(shown.stdout));
    expect(request).toMatchObject({ model: "claude-sonnet-5-5" });
    expect(claude.requests.at(-1)?.body).toEqual(request);
  });
});

const Prompt = z.object({ request: z.looseObject({}), estimate: z.object({ ticket_tokens: z.number() }) });
