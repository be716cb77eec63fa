/** The SDK, set up so that nothing of it sleeps, prints or wanders. */
import Anthropic from "@anthropic-ai/sdk";
import type { ClaudeSettings } from "../settings-claude.ts";

/** @param timeoutMs until the headers; the body needs a signal of its own */
export const createClient = (
  { apiKey, baseUrl }: Pick<ClaudeSettings, "apiKey" | "baseUrl">,
  timeoutMs: number,
): Anthropic =>
  new Anthropic({
    apiKey,
    baseURL: baseUrl,
    // The worker's retries are durable and know Retry-After; the SDK's would sleep inside a lease.
    maxRetries: 0,
    timeout: timeoutMs,
    // The key travels in a header of its own, which fetch would carry along to wherever it is sent.
    fetchOptions: { redirect: "error" },
    // Its debug lines hold the ticket's text, and an environment variable could switch them on.
    logLevel: "off",
    openTelemetry: false,
  });
