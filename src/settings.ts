/** The environment, parsed once. Every fault is listed at once, each with what to do about it. */
import { readFileSync } from "node:fs";
import { z } from "zod";

export type ZendeskAuth =
  | { readonly kind: "client_credentials"; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: "oauth_token"; readonly token: string }
  | { readonly kind: "api_token"; readonly email: string; readonly apiToken: string };

export interface ZendeskSettings {
  /** Without a trailing slash: https://acme.zendesk.com */
  readonly baseUrl: string;
  readonly auth: ZendeskAuth;
  /** The current signing secret first, then those of a rotation. */
  readonly webhookSecrets: readonly string[];
  /** Names the account in the store: the subdomain, or the host of the base URL. */
  readonly account: string;
}

export interface ClaudeSettings {
  readonly apiKey: string;
  readonly baseUrl: string | null;
  readonly model: string;
}

export interface Settings {
  /** Null: nothing about Zendesk is set, so the sandbox is the account. */
  readonly zendesk: ZendeskSettings | null;
  /** Null: no key, so the local classifier answers. */
  readonly claude: ClaudeSettings | null;
  readonly mode: "live" | "shadow";
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** How long a ticket belongs to a process that says nothing, milliseconds. */
  readonly jobLeaseMs: number;
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  /** A fixed signing secret for the sandbox's webhook; absent, the sandbox makes its own. */
  readonly sandboxWebhookSecret: string | null;
  readonly publicUrl: string | null;
  readonly adminToken: string | null;
  readonly logLevel: "error" | "warn" | "info" | "debug";
}

/** Newest small model, made for classification and routing; see config/prices.json for what it costs. */
export const DEFAULT_MODEL = "claude-haiku-5-5";
/** Zendesk's public secret for webhooks that are not saved yet. Accepting it would let anybody in. */
const PUBLIC_TEST_SECRET = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==";

export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The settings are not complete:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type Read = (name: string) => string | undefined;

/** @throws SettingsError with every fault that was found */
export function parseSettings(environment: Environment): Settings {
  const faults: string[] = [];
  const read = reader(environment, faults);
  const zendesk = readZendesk(read, faults);
  const mainPort = port(read, "PORT", 3000, faults);
  const settings: Settings = {
    zendesk,
    claude: readClaude(read, faults),
    mode: oneOf(read, "ROUTING_MODE", ["shadow", "live"], zendesk === null ? "live" : "shadow", faults),
    databaseUrl:
      matching(read, "DATABASE_URL", /^postgres(ql)?:\/\//, "start it with postgres://", faults) ?? null,
    dataDir: read("DATA_DIR") ?? "./data",
    jobLeaseMs: whole(read, "JOB_LEASE_SECONDS", { min: 1, max: 3_600, fallback: 60 }, faults) * 1_000,
    host: read("HOST") ?? "127.0.0.1",
    port: mainPort,
    sandboxPort: port(read, "SANDBOX_PORT", mainPort === 0 ? 0 : mainPort + 1, faults),
    sandboxWebhookSecret:
      zendesk === null ? (read("ZENDESK_WEBHOOK_SECRET")?.split(",")[0]?.trim() ?? null) : null,
    publicUrl: url(read, "PUBLIC_URL", faults) ?? null,
    adminToken: read("ADMIN_TOKEN") ?? null,
    // The sandbox is looked at, not operated: what it prints at start must not scroll away.
    logLevel: oneOf(
      read,
      "LOG_LEVEL",
      ["error", "warn", "info", "debug"],
      zendesk === null ? "warn" : "info",
      faults,
    ),
  };
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

/** An empty value counts as unset; NAME_FILE names a file that holds the value, as secret stores mount them. */
function reader(environment: Environment, faults: string[]): Read {
  return (name) => {
    const value = environment[name]?.trim();
    const file = environment[`${name}_FILE`]?.trim();
    if (value) return value;
    if (!file) return undefined;
    try {
      return readFileSync(file, "utf8").trim() || undefined;
    } catch {
      faults.push(`${name}_FILE names ${file}, which cannot be read. Correct the path, or its permissions.`);
      return undefined;
    }
  };
}

const ACCOUNT_SETTINGS = [
  "ZENDESK_SUBDOMAIN",
  "ZENDESK_BASE_URL",
  "ZENDESK_OAUTH_CLIENT_ID",
  "ZENDESK_OAUTH_CLIENT_SECRET",
  "ZENDESK_OAUTH_TOKEN",
  "ZENDESK_EMAIL",
  "ZENDESK_API_TOKEN",
];

function readZendesk(read: Read, faults: string[]): ZendeskSettings | null {
  if (!ACCOUNT_SETTINGS.some((name) => read(name))) return null;
  const subdomain = matching(
    read,
    "ZENDESK_SUBDOMAIN",
    /^[a-z0-9][a-z0-9-]{0,62}$/i,
    "give only the first part of https://<subdomain>.zendesk.com",
    faults,
  );
  const base = url(read, "ZENDESK_BASE_URL", faults);
  if (!read("ZENDESK_SUBDOMAIN") && !read("ZENDESK_BASE_URL"))
    faults.push("ZENDESK_SUBDOMAIN is missing. Set it to the first part of https://<subdomain>.zendesk.com.");
  const auth = readAuth(read, faults);
  const secrets = (read("ZENDESK_WEBHOOK_SECRET") ?? "")
    .split(",")
    .map((secret) => secret.trim())
    .filter(Boolean);
  if (secrets.length === 0)
    faults.push(
      "ZENDESK_WEBHOOK_SECRET is missing. Copy it in Admin Center → Apps and integrations → Webhooks → your webhook → Reveal secret.",
    );
  if (secrets.includes(PUBLIC_TEST_SECRET))
    faults.push(
      "ZENDESK_WEBHOOK_SECRET is Zendesk's public test secret. Use the secret of your saved webhook.",
    );
  if (auth === null) return null;
  const baseUrl = base ?? `https://${subdomain}.zendesk.com`;
  return { baseUrl, auth, webhookSecrets: secrets, account: subdomain ?? accountOf(baseUrl) };
}

const accountOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).hostname : baseUrl);

function readAuth(read: Read, faults: string[]): ZendeskAuth | null {
  const clientId = read("ZENDESK_OAUTH_CLIENT_ID");
  const clientSecret = read("ZENDESK_OAUTH_CLIENT_SECRET");
  const token = read("ZENDESK_OAUTH_TOKEN");
  const email = read("ZENDESK_EMAIL");
  const apiToken = read("ZENDESK_API_TOKEN");
  if (clientId && clientSecret) return { kind: "client_credentials", clientId, clientSecret };
  if (token) return { kind: "oauth_token", token };
  if (email && apiToken) return { kind: "api_token", email, apiToken };
  if (email || apiToken)
    faults.push(
      `${email ? "ZENDESK_API_TOKEN" : "ZENDESK_EMAIL"} is missing. An API token works only together with the e-mail address of its user.`,
    );
  else {
    if (!clientId)
      faults.push(
        "ZENDESK_OAUTH_CLIENT_ID is missing. Make an OAuth client in Admin Center → Apps and integrations → APIs → OAuth clients and copy its identifier.",
      );
    if (!clientSecret)
      faults.push(
        "ZENDESK_OAUTH_CLIENT_SECRET is missing. Copy the secret that was shown when the OAuth client was saved.",
      );
  }
  return null;
}

function readClaude(read: Read, faults: string[]): ClaudeSettings | null {
  const apiKey = read("ANTHROPIC_API_KEY");
  const baseUrl = url(read, "ANTHROPIC_BASE_URL", faults) ?? null;
  if (!apiKey) return null;
  return { apiKey, baseUrl, model: read("CLAUDE_MODEL") ?? DEFAULT_MODEL };
}

function oneOf<const T extends string>(
  read: Read,
  name: string,
  values: readonly T[],
  fallback: T,
  faults: string[],
): T {
  const value = read(name);
  if (value === undefined) return fallback;
  const found = values.find((candidate) => candidate === value.toLowerCase());
  if (found === undefined) faults.push(`${name} is "${value}". Use one of: ${values.join(", ")}.`);
  return found ?? fallback;
}

function matching(
  read: Read,
  name: string,
  pattern: RegExp,
  advice: string,
  faults: string[],
): string | undefined {
  const value = read(name);
  if (value !== undefined && !pattern.test(value)) faults.push(`${name} does not look right: ${advice}.`);
  return value;
}

function whole(
  read: Read,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback: number },
  faults: string[],
): number {
  const parsed = z.coerce
    .number()
    .int()
    .min(min)
    .max(max)
    .safeParse(read(name) ?? fallback);
  if (!parsed.success) faults.push(`${name} must be a whole number from ${min} to ${max}.`);
  return parsed.success ? parsed.data : fallback;
}

/** 0 takes any free one. */
const port = (read: Read, name: string, fallback: number, faults: string[]): number =>
  whole(read, name, { min: 0, max: 65_535, fallback }, faults);

function url(read: Read, name: string, faults: string[]): string | undefined {
  const value = read(name);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    faults.push(`${name} is not a web address. Write it like https://example.com.`);
    return undefined;
  }
  return value.replace(/\/+$/, "");
}
