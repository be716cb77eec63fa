/** A round of checks against a sandbox, with a running server at the webhook's other end. */
import { tmpdir } from "node:os";
import { onTestFinished } from "vitest";
import { connectionTo } from "../../src/adapters.ts";
import { checkRound } from "../../src/checking.ts";
import type { Check } from "../../src/ports/checks.ts";
import type { Sandbox } from "../../src/sandbox/start.ts";
import { parseSettings } from "../../src/settings.ts";
import { startedSandbox } from "../sandbox/running-sandbox.ts";
import { SECRET, startServer } from "../server/running-server.ts";

export interface Place {
  readonly sandbox: Sandbox;
  readonly serverUrl: string;
  /** As an admin of the account. */
  admin(method: string, path: string, body?: unknown): Promise<void>;
  webhookId(): Promise<string>;
  /** @param skewMs how far this machine's clock is ahead */
  examine(environment?: Record<string, string>, skewMs?: number): Promise<Record<string, Check>>;
}

/** @param serverSecret what the running server takes for the signing secret */
export async function startPlace(serverSecret = SECRET): Promise<Place> {
  const server = await startServer(() => ({ webhook: { secrets: () => [serverSecret] } }));
  server.clock.now = Date.now();
  const endpoint = `${server.url}/webhooks/zendesk`;
  const { sandbox, call } = await startedSandbox({ now: Date.now, webhook: { endpoint, secret: SECRET } });
  onTestFinished(() => sandbox.close());
  const admin: Place["admin"] = async (method, path, body) => {
    const { status } = await call(method, `/api/v2/${path}`, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status}`);
  };
  return {
    sandbox,
    serverUrl: server.url,
    admin,
    webhookId: async () => (await call("GET", "/api/v2/webhooks")).body.webhooks[0].id,
    async examine(environment = {}, skewMs = 0) {
      const settings = parseSettings({
        ZENDESK_SUBDOMAIN: "acme",
        ZENDESK_BASE_URL: sandbox.url,
        ...(environment["ZENDESK_EMAIL"] === undefined && environment["ZENDESK_OAUTH_TOKEN"] === undefined
          ? {
              ZENDESK_OAUTH_CLIENT_ID: sandbox.credentials.clientId,
              ZENDESK_OAUTH_CLIENT_SECRET: sandbox.credentials.clientSecret,
            }
          : {}),
        ZENDESK_WEBHOOK_SECRET: SECRET,
        PUBLIC_URL: server.url,
        ...environment,
      });
      const now = () => Date.now() + skewMs;
      const checks = await checkRound({
        settings,
        connection: settings.zendesk === null ? null : connectionTo(settings.zendesk, now, null),
        now,
        dataDir: tmpdir(),
        openStore: async () => null,
      });
      return Object.fromEntries(checks.map((check) => [check.id, check]));
    },
  };
}

/** Only those that are neither fine nor left out. */
export const troubles = (checks: Record<string, Check>): Record<string, string> =>
  Object.fromEntries(
    Object.values(checks).flatMap(({ id, state }) =>
      state === "ok" || state === "skipped" ? [] : [[id, state]],
    ),
  );
