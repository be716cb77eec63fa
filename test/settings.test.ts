import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseSettings, SettingsError } from "../src/settings.ts";

const REAL = {
  ZENDESK_SUBDOMAIN: "acme",
  ZENDESK_OAUTH_CLIENT_ID: "switchyard",
  ZENDESK_OAUTH_CLIENT_SECRET: "s3cret",
  ZENDESK_WEBHOOK_SECRET: "first, second",
};

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

test("nothing set is the sandbox, live, with the local classifier", () => {
  expect(parseSettings({})).toMatchObject({
    zendesk: null,
    claude: null,
    mode: "live",
    host: "127.0.0.1",
    port: 3000,
  });
});

test("a Claude key alone keeps the sandbox and uses Claude", () => {
  const settings = parseSettings({ ANTHROPIC_API_KEY: "sk-ant-x" });
  expect(settings.zendesk).toBeNull();
  expect(settings.claude).toMatchObject({ apiKey: "sk-ant-x", baseUrl: null });
});

test("Claude's models, budget, layout, cache and the agents' language can be set, and have defaults", () => {
  const key = { ANTHROPIC_API_KEY: "sk-ant-x" };
  expect(parseSettings(key).claude).toEqual({
    apiKey: "sk-ant-x",
    baseUrl: null,
    model: "claude-haiku-5-5",
    escalationModel: "claude-sonnet-5-5",
    dailyBudgetUsd: null,
    layout: "tool_result",
    cachePlan: "auto",
    noteLanguage: "en",
  });
  const set = {
    CLAUDE_ESCALATION_MODEL: "off",
    CLAUDE_DAILY_BUDGET_USD: "2.50",
    CLAUDE_PROMPT_LAYOUT: "user_json",
    CLAUDE_CACHE_TTL: "1h",
    NOTE_LANGUAGE: "pt-br",
  };
  expect(parseSettings({ ...key, ...set }).claude).toMatchObject({
    escalationModel: null,
    dailyBudgetUsd: 2.5,
    layout: "user_json",
    cachePlan: "1h",
    noteLanguage: "pt-BR",
  });
  const same = { ...key, CLAUDE_MODEL: "claude-sonnet-5-5" };
  expect(parseSettings(same).claude?.escalationModel).toBeNull();
});

test.each([
  ["CLAUDE_DAILY_BUDGET_USD", "0"],
  ["CLAUDE_DAILY_BUDGET_USD", "5 dollars"],
  ["CLAUDE_DAILY_BUDGET_USD", "-3"],
  ["CLAUDE_PROMPT_LAYOUT", "xml"],
  ["CLAUDE_CACHE_TTL", "9m"],
  ["NOTE_LANGUAGE", "English please"],
])("%s=%s is refused, with what to write instead", (name, value) => {
  expect(faultsOf({ ANTHROPIC_API_KEY: "sk-ant-x", [name]: value })).toEqual([expect.stringContaining(name)]);
});

test("a real account starts in shadow mode", () => {
  const settings = parseSettings(REAL);
  expect(settings.mode).toBe("shadow");
  expect(settings.zendesk).toEqual({
    baseUrl: "https://acme.zendesk.com",
    account: "acme",
    auth: { kind: "client_credentials", clientId: "switchyard", clientSecret: "s3cret" },
    webhookSecrets: ["first", "second"],
    fields: { intentId: null, confidenceId: null },
  });
});

test("half set lists everything that is missing, at once", () => {
  const faults = faultsOf({ ZENDESK_SUBDOMAIN: "acme", PORT: "99999", LOG_LEVEL: "loud" });
  for (const name of [
    "ZENDESK_OAUTH_CLIENT_ID",
    "ZENDESK_OAUTH_CLIENT_SECRET",
    "ZENDESK_WEBHOOK_SECRET",
    "PORT",
    "LOG_LEVEL",
  ])
    expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
});

test.each([
  ["a client without its account", { ...REAL, ZENDESK_SUBDOMAIN: "" }, "ZENDESK_SUBDOMAIN"],
  [
    "a client without its secret",
    { ...REAL, ZENDESK_OAUTH_CLIENT_SECRET: " " },
    "ZENDESK_OAUTH_CLIENT_SECRET",
  ],
  [
    "an e-mail without its token",
    { ZENDESK_SUBDOMAIN: "acme", ZENDESK_EMAIL: "a@b.c", ZENDESK_WEBHOOK_SECRET: "s" },
    "ZENDESK_API_TOKEN",
  ],
  ["a whole address as subdomain", { ...REAL, ZENDESK_SUBDOMAIN: "acme.zendesk.com" }, "ZENDESK_SUBDOMAIN"],
  ["a mode that does not exist", { ...REAL, ROUTING_MODE: "on" }, "ROUTING_MODE"],
  ["a base that is no address", { ...REAL, ZENDESK_BASE_URL: "acme" }, "ZENDESK_BASE_URL"],
  [
    "Zendesk's public test secret",
    { ...REAL, ZENDESK_WEBHOOK_SECRET: "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==" },
    "ZENDESK_WEBHOOK_SECRET",
  ],
  [
    "a secret file that is not there",
    { ...REAL, ANTHROPIC_API_KEY_FILE: "/nowhere/key" },
    "ANTHROPIC_API_KEY_FILE",
  ],
])("%s is refused", (_name, environment, setting) => {
  const faults = faultsOf(environment);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.every((fault) => fault.includes(setting))).toBe(true);
});

test("an empty value counts as unset, and a file may hold a secret", () => {
  const file = join(mkdtempSync(join(tmpdir(), "switchyard-")), "token");
  writeFileSync(file, "from-file\n");
  const settings = parseSettings({
    ...REAL,
    ZENDESK_OAUTH_CLIENT_ID: "",
    ZENDESK_OAUTH_CLIENT_SECRET: "",
    ZENDESK_OAUTH_TOKEN_FILE: file,
  });
  expect(settings.zendesk?.auth).toEqual({ kind: "oauth_token", token: "from-file" });
});

test("a secret file that is not there means an account: all else that is missing is listed with it", () => {
  const faults = faultsOf({ ZENDESK_OAUTH_CLIENT_SECRET_FILE: "/nope" });
  expect(faults.map((fault) => fault.split(" ")[0]).sort()).toEqual([
    "ZENDESK_OAUTH_CLIENT_ID",
    "ZENDESK_OAUTH_CLIENT_SECRET_FILE",
    "ZENDESK_SUBDOMAIN",
    "ZENDESK_WEBHOOK_SECRET",
  ]);
});

test.each([
  ["ZENDESK_OAUTH_CLIENT_SECRET", {}],
  ["ZENDESK_WEBHOOK_SECRET", {}],
  ["ZENDESK_SUBDOMAIN", {}],
  ["ZENDESK_OAUTH_TOKEN", { ZENDESK_OAUTH_CLIENT_ID: "", ZENDESK_OAUTH_CLIENT_SECRET: "" }],
  ["ZENDESK_API_TOKEN", { ZENDESK_OAUTH_CLIENT_ID: "", ZENDESK_EMAIL: "a@b.example" }],
])("a file for %s that cannot be read is one fault, not two", (name, without) => {
  const faults = faultsOf({ ...REAL, ...without, [name]: "", [`${name}_FILE`]: "/nope" });
  expect(faults).toEqual([expect.stringContaining(`${name}_FILE names /nope`)]);
});

test("without a public address webhooks are off, need no secret, and the sweep cannot be off too", () => {
  const { ZENDESK_WEBHOOK_SECRET: _secret, ...rest } = REAL;
  const pullOnly = { ...rest, ZENDESK_WEBHOOK: "off" };
  expect(parseSettings(pullOnly)).toMatchObject({ webhooks: false, sweepMs: 120_000 });
  expect(faultsOf({ ...pullOnly, SWEEP_SECONDS: "0" })).toEqual([expect.stringMatching(/^SWEEP_SECONDS/)]);
  expect(parseSettings({ ...REAL, SWEEP_SECONDS: "0" })).toMatchObject({ webhooks: true, sweepMs: 0 });
});

test("another base than zendesk.com needs no subdomain", () => {
  const { ZENDESK_SUBDOMAIN: _subdomain, ...rest } = REAL;
  const settings = parseSettings({ ...rest, ZENDESK_BASE_URL: "http://127.0.0.1:9999/" });
  expect(settings.zendesk).toMatchObject({ baseUrl: "http://127.0.0.1:9999", account: "127.0.0.1" });
});

test("no fault repeats a secret", () => {
  const faults = faultsOf({
    ZENDESK_SUBDOMAIN: "a b",
    ZENDESK_API_TOKEN: "t0psecret",
    DATABASE_URL: "mysql://u:hunter2@x",
  });
  expect(faults.join()).not.toMatch(/t0psecret|hunter2/);
});
