/** The API's prompt cache, as far as usage figures show it. Entries never expire here. */
import { createHash } from "node:crypto";
import type { MessagesRequest } from "./messages-request.ts";

/** A rough tokenizer is enough for "was it cached", and it is the same on every machine. */
const CHARACTERS_PER_TOKEN = 3;
const MIN_TOKENS = 512;
const MIN_TOKENS_OF_OLD_MODELS = 4_096;

interface CacheUsage {
  input: number;
  written: number;
  read: number;
}

export type PromptCache = (request: MessagesRequest) => CacheUsage;

export function createPromptCache(): PromptCache {
  const entries = new Set<string>();
  return (request) => {
    const { total, breakpoints } = prefixesOf(request);
    const minimum = /-4-/.test(request.model) ? MIN_TOKENS_OF_OLD_MODELS : MIN_TOKENS;
    const cacheable = breakpoints.filter(({ tokens }) => tokens >= minimum);
    const read = cacheable.findLast(({ key }) => entries.has(key))?.tokens ?? 0;
    const last = cacheable.at(-1)?.tokens ?? 0;
    for (const { key } of cacheable) entries.add(key);
    return { input: total - last, written: last - read, read };
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
  const breakpoints: { key: string; tokens: number }[] = [];
  for (const part of parts) {
    const written = JSON.stringify(part);
    characters += written.length;
    hash.update(written);
    if ("cache_control" in part && part.cache_control)
      breakpoints.push({
        key: hash.copy().digest("hex"),
        tokens: Math.ceil(characters / CHARACTERS_PER_TOKEN),
      });
  }
  return { total: Math.ceil(characters / CHARACTERS_PER_TOKEN), breakpoints };
}
