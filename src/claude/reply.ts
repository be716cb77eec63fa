/** The body of a 200, which is not always a message: proxies send pages, and some errors come as a success. */
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import type { Usage } from "./cost.ts";

/** No model reads or writes more at once: what a broken proxy counts beyond that must not eat the day's budget. */
const MOST_TOKENS = 1_000_000;
const count = z
  .number()
  .int()
  .min(0)
  .transform((tokens) => Math.min(tokens, MOST_TOKENS));
const maybe = count.nullish();

const Message = z.object({
  type: z.literal("message"),
  stop_reason: z.string().nullable(),
  // Blocks of kinds that we do not know may hold anything: the answer was billed all the same.
  content: z.array(z.object({ type: z.string(), text: z.string().optional().catch(undefined) })),
  usage: z.object({
    input_tokens: count,
    output_tokens: count,
    cache_creation_input_tokens: maybe,
    cache_read_input_tokens: maybe,
    cache_creation: z
      .object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count })
      .nullish(),
    service_tier: z.string().nullish(),
    inference_geo: z.string().nullish(),
  }),
});

const ErrorEnvelope = z.object({ type: z.literal("error"), error: z.object({ type: z.string() }) });

export interface Reply {
  readonly stopReason: string;
  /** Empty when the answer holds no text. */
  readonly text: string;
  readonly usage: Usage;
}

/**
 * @param body what the SDK calls a message
 * @throws RetryableError when it is none
 */
export function readReply(body: unknown): Reply {
  const message = Message.safeParse(body);
  if (message.success) {
    const { content, stop_reason, usage } = message.data;
    return {
      stopReason: stop_reason ?? "none",
      // By their type, not their place: thinking comes first.
      text: content.flatMap(({ type, text }) => (type === "text" && text ? [text] : [])).join(""),
      usage: usageOf(usage),
    };
  }
  const kind = ErrorEnvelope.safeParse(body).data?.error.type;
  if (kind === "overloaded_error") throw new RetryableError("claude.overloaded", "Claude is overloaded.");
  if (kind === "rate_limit_error")
    throw new RetryableError("claude.rate_limited", "Claude asks us to slow down.");
  throw new RetryableError(
    "claude.unavailable",
    typeof body === "string"
      ? "The Claude API answered with a page instead of a message. Check the proxy and ANTHROPIC_BASE_URL."
      : "The Claude API answered with something that is not a message.",
  );
}

const usageOf = (usage: z.infer<typeof Message>["usage"]): Usage => ({
  ...usage,
  cache_creation_input_tokens: usage.cache_creation_input_tokens ?? 0,
  cache_read_input_tokens: usage.cache_read_input_tokens ?? 0,
  cache_creation: usage.cache_creation ?? null,
  service_tier: usage.service_tier ?? null,
  inference_geo: usage.inference_geo ?? null,
});
