/** The API's prompt cache, as far as usage figures show it. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { MessagesRequest } from "./messages-request.ts";

const CacheControl = z.object({ ttl: z.enum(["5m", "1h"]).optional() }).nullish();

/** A rough tokenizer is enough for "was it cached", and it is the same on every machine. */
const CHARACTERS_PER_TOKEN = 3;
const MIN_TOKENS = 512;
const MIN_TOKENS_OF_OLD_MODELS = 4_096;

interface CacheUsage {
  input: number;
  written: number;
  /** The part of `written` that is kept for an hour. */
  written1h: number;
  read: number;
}

export type PromptCache = (request: MessagesRequest) => CacheUsage;

const TTL_MS = { "5m": 5 * 60_000, "1h": 60 * 60_000 } as const;

/** A read makes an entry fresh again. */
export function createPromptCache(now: () => number): PromptCache {
  const entries = new Map<string, number>();
  const isKept = (key: string): boolean => (entries.get(key) ?? 0) > now();
  return (request) => {
    const { total, breakpoints } = prefixesOf(request);
    const minimum = /-4-/.test(request.model) ? MIN_TOKENS_OF_OLD_MODELS : MIN_TOKENS;
    const cacheable = breakpoints.filter(({ tokens }) => tokens >= minimum);
    const read = cacheable.findLast(({ key }) => isKept(key))?.tokens ?? 0;
    const last = cacheable.at(-1)?.tokens ?? 0;
    const hour = cacheable.findLast(({ ttl }) => ttl === "1h")?.tokens ?? 0;
    for (const { key, ttl } of cacheable) entries.set(key, now() + TTL_MS[ttl]);
    return { input: total - last, written: last - read, written1h: Math.max(0, hour - read), read };
  };
}

/** Tools, then system, then messages; model and answer schema belong to every prefix. */
function prefixesOf({ model, tools = [], system = [], messages, output_config }: MessagesRequest) {
  const hash = createHash("sha256").update(JSON.stringify([model, output_config ?? null]));
  const parts: object[] = [
    ...tools,
    ...(typeof system === "string" ? [{ text: system }] : system),
    ...messages.flatMap(({ role, content }): object[] =>
      typeof content === "string" ? [{ role, content }] : content.map((block) => ({ role, ...block })),
    ),
  ];
  let characters = 0;
  const breakpoints: { key: string; tokens: number; ttl: "5m" | "1h" }[] = [];
  for (const part of parts) {
    const written = JSON.stringify(part);
    const control = "cache_control" in part ? CacheControl.parse(part.cache_control) : null;
    characters += written.length;
    hash.update(written);
    if (control != null)
      breakpoints.push({
        key: hash.copy().digest("hex"),
        tokens: Math.ceil(characters / CHARACTERS_PER_TOKEN),
        ttl: control.ttl ?? "5m",
      });
  }
  return { total: Math.ceil(characters / CHARACTERS_PER_TOKEN), breakpoints };
}
