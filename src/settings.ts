/** The environment, parsed once. Every fault is listed at once, each with what to do about it. */
import {
  type Environment,
  matching,
  oneOf,
  port,
  type Read,
  reader,
  required,
  url,
  whole,
} from "./environment.ts";
import { type ClaudeSettings, readClaude, readNoteLanguage } from "./settings-claude.ts";

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
  /** Ticket fields that show intent and confidence, as `switchyard setup --fields` makes them; null: none. */
  readonly fields: { readonly intentId: number | null; readonly confidenceId: number | null };
  /** Names the account in the store: the subdomain, or the host of the base URL. */
  readonly account: string;
}

export interface Settings {
  /** Null: nothing about Zendesk is set, so the sandbox is the account. */
  readonly zendesk: ZendeskSettings | null;
  /** Null: no key, so the local classifier answers. */
  readonly claude: ClaudeSettings | null;
  /** Another maker of embeddings than the one on this machine; null: none. */
  readonly voyage: { readonly apiKey: string; readonly baseUrl?: string; readonly model?: string } | null;
  /** Learn from the table and from confirmed examples; false: the local classifier goes by the table's words alone. */
  readonly learning: boolean;
  /** BCP-47: in which agents read our notes. */
  readonly noteLanguage: string;
  readonly mode: "live" | "shadow";
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** False: no deliveries are taken, and the sweep alone finds the tickets. */
  readonly webhooks: boolean;
  /** From one sweep to the next, milliseconds; 0 is off. Never while there are no webhooks. */
  readonly sweepMs: number;
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

/** @throws SettingsError with every fault that was found */
export function parseSettings(environment: Environment): Settings {
  const faults: string[] = [];
  const read = reader(environment, faults);
  const webhooks = oneOf(read, "ZENDESK_WEBHOOK", ["on", "off"], "on", faults) === "on";
  const zendesk = readZendesk(read, webhooks, faults);
  const mainPort = port(read, "PORT", 3000, faults);
  const settings: Settings = {
    zendesk,
    claude: readClaude(read, faults),
    noteLanguage: readNoteLanguage(read, faults),
    voyage: readVoyage(read, faults),
    learning: oneOf(read, "LOCAL_LEARNING", ["on", "off"], "on", faults) === "on",
    mode: oneOf(read, "ROUTING_MODE", ["shadow", "live"], zendesk === null ? "live" : "shadow", faults),
    databaseUrl:
      matching(read, "DATABASE_URL", /^postgres(ql)?:\/\//, "start it with postgres://", faults) ?? null,
    dataDir: read("DATA_DIR") ?? "./data",
    webhooks,
    sweepMs:
      whole(read, "SWEEP_SECONDS", { min: webhooks ? 0 : 1, max: 3_600, fallback: 120 }, faults) * 1_000,
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

function readVoyage(read: Read, faults: string[]): Settings["voyage"] {
  const apiKey = read("VOYAGE_API_KEY");
  const baseUrl = url(read, "VOYAGE_BASE_URL", faults);
  const model = read("VOYAGE_MODEL");
  if (apiKey === undefined) return null;
  return { apiKey, ...(baseUrl === undefined ? {} : { baseUrl }), ...(model === undefined ? {} : { model }) };
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

function readZendesk(read: Read, webhooks: boolean, faults: string[]): ZendeskSettings | null {
  if (!ACCOUNT_SETTINGS.some(read.isMeant)) return null;
  const subdomain = matching(
    read,
    "ZENDESK_SUBDOMAIN",
    /^[a-z0-9][a-z0-9-]{0,62}$/i,
    "give only the first part of https://<subdomain>.zendesk.com",
    faults,
  );
  const base = url(read, "ZENDESK_BASE_URL", faults);
  if (!read.isMeant("ZENDESK_BASE_URL"))
    required(
      read,
      "ZENDESK_SUBDOMAIN",
      "Set it to the first part of https://<subdomain>.zendesk.com.",
      faults,
    );
  const auth = readAuth(read, faults);
  const secrets = (read("ZENDESK_WEBHOOK_SECRET") ?? "")
    .split(",")
    .map((secret) => secret.trim())
    .filter(Boolean);
  if (secrets.length === 0 && webhooks && !read.isUnreadable("ZENDESK_WEBHOOK_SECRET"))
    faults.push(
      "ZENDESK_WEBHOOK_SECRET is missing. Copy it in Admin Center → Apps and integrations → Webhooks → your webhook → Reveal secret. Without a public address set ZENDESK_WEBHOOK=off: the sweep then finds the tickets.",
    );
  if (secrets.includes(PUBLIC_TEST_SECRET))
    faults.push(
      "ZENDESK_WEBHOOK_SECRET is Zendesk's public test secret. Use the secret of your saved webhook.",
    );
  if (auth === null) return null;
  const baseUrl = base ?? `https://${subdomain}.zendesk.com`;
  return {
    baseUrl,
    auth,
    webhookSecrets: secrets,
    account: subdomain?.toLowerCase() ?? accountOf(baseUrl),
    fields: {
      intentId: fieldId(read, "ZENDESK_INTENT_FIELD_ID", faults),
      confidenceId: fieldId(read, "ZENDESK_CONFIDENCE_FIELD_ID", faults),
    },
  };
}

function fieldId(read: Read, name: string, faults: string[]): number | null {
  const id = matching(
    read,
    name,
    /^\d{1,16}$/,
    "it is the number of a ticket field, as setup writes it",
    faults,
  );
  return id === undefined ? null : Number(id);
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
  if (read.isUnreadable("ZENDESK_OAUTH_TOKEN")) return null;
  if (read.isMeant("ZENDESK_EMAIL") || read.isMeant("ZENDESK_API_TOKEN")) {
    const advice = "An API token works only together with the e-mail address of its user.";
    required(read, "ZENDESK_EMAIL", advice, faults);
    required(read, "ZENDESK_API_TOKEN", advice, faults);
    return null;
  }
  required(
    read,
    "ZENDESK_OAUTH_CLIENT_ID",
    "Make an OAuth client in Admin Center → Apps and integrations → APIs → OAuth clients and copy its identifier.",
    faults,
  );
  required(
    read,
    "ZENDESK_OAUTH_CLIENT_SECRET",
    "Copy the secret that was shown when the OAuth client was saved.",
    faults,
  );
  return null;
}
