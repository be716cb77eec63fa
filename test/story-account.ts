/** The sandbox as a real account: an address and an OAuth client, nothing else in common with the program under test. */
import type { Sandbox } from "../src/sandbox/start.ts";
import { SECRET } from "./delivery.ts";

export const realAccount = (sandbox: Sandbox): Record<string, string> => ({
  ZENDESK_SUBDOMAIN: "acme",
  ZENDESK_BASE_URL: sandbox.url,
  ZENDESK_OAUTH_CLIENT_ID: sandbox.credentials.clientId,
  ZENDESK_OAUTH_CLIENT_SECRET: sandbox.credentials.clientSecret,
  ZENDESK_WEBHOOK_SECRET: `${SECRET},the-next-secret`,
  ROUTING_MODE: "live",
});
