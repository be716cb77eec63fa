/** The sandbox as a real account: an address and an OAuth client, nothing else in common with the program under test. */
import { createLog } from "../src/log.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../src/sandbox/start.ts";
import { SECRET } from "./delivery.ts";

export const realAccount = (sandbox: Sandbox): Record<string, string> => ({
  ZENDESK_SUBDOMAIN: "acme",
  ZENDESK_BASE_URL: sandbox.url,
  ZENDESK_OAUTH_CLIENT_ID: sandbox.credentials.clientId,
  ZENDESK_OAUTH_CLIENT_SECRET: sandbox.credentials.clientSecret,
  ZENDESK_WEBHOOK_SECRET: `${SECRET},the-next-secret`,
  ROUTING_MODE: "live",
});

/** An account in this process, which never runs into its limits, and whose events the test sends itself. */
export const startAccount = (over: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSandbox({
    host: "127.0.0.1",
    port: 0,
    file: null,
    now: Date.now,
    random: Math.random,
    webhook: { endpoint: null, secret: SECRET },
    log: createLog("error"),
    limits: { updatesPerMinute: 100_000, requestsPerMinute: 1_000_000 },
    ...over,
  });
