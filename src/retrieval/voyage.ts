/**
 * Voyage AI as embedder: good in all languages that customers write, at the price of a second processor of ticket text.
 * Off unless there is a key.
 */
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { Embedder } from "./embedder.ts";

const DEFAULTS = { baseUrl: "https://api.voyageai.com", model: "voyage-4-lite" } as const;
const DIMENSIONS = 512;
/** Texts in one request; Voyage takes up to 1,000. */
const BATCH = 64;
const LIMITS = { textChars: 8_000, longestWaitSeconds: 3_600 } as const;
/** A ticket is routed without its neighbours rather than late. */
const TIMEOUT_MS = { ticket: 4_000, example: 20_000 } as const;

export interface VoyageSettings {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model?: string;
}

const Reply = z.object({
  data: z.array(
    z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).length(DIMENSIONS) }),
  ),
});

/** Redact the texts before: they leave the house. */
export function createVoyageEmbedder({
  apiKey,
  baseUrl = DEFAULTS.baseUrl,
  model = DEFAULTS.model,
}: VoyageSettings): Embedder {
  const ask = async (
    texts: readonly string[],
    kind: "ticket" | "example",
    signal?: AbortSignal,
  ): Promise<Float32Array[]> => {
    const limit = AbortSignal.timeout(TIMEOUT_MS[kind]);
    const response = await fetch(new URL("/v1/embeddings", baseUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        model,
        input: texts.map((text) => text.slice(0, LIMITS.textChars).toWellFormed() || " "),
        input_type: kind === "ticket" ? "query" : "document",
        output_dimension: DIMENSIONS,
      }),
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    }).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new RetryableError("voyage.unreachable", "Voyage AI does not answer.", { cause });
    });
    if (!response.ok) throw await refusal(response);
    return read(await response.json().catch(() => null), texts.length);
  };
  return {
    name: `${model}-${DIMENSIONS}`,
    dimensions: DIMENSIONS,
    compared: DIMENSIONS,
    languages: null,
    familiarity: null,
    batch: BATCH,
    async embed(texts, kind, signal) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += BATCH)
        vectors.push(...(await ask(texts.slice(at, at + BATCH), kind, signal)));
      return vectors;
    },
  };
}

function read(body: unknown, count: number): Float32Array[] {
  const reply = Reply.safeParse(body);
  if (!reply.success || reply.data.data.length !== count)
    throw new RetryableError(
      "voyage.bad_reply",
      "Voyage AI answered with something that is no list of vectors.",
    );
  return reply.data.data
    .toSorted((a, b) => a.index - b.index)
    .map(({ embedding }) => {
      const norm = Math.hypot(...embedding) || 1;
      return Float32Array.from(embedding, (value) => value / norm);
    });
}

async function refusal(response: Response): Promise<Error> {
  await response.body?.cancel();
  const { status } = response;
  if (status === 401 || status === 403)
    return new PermanentError("voyage.bad_key", "Voyage AI does not accept the key. Check VOYAGE_API_KEY.");
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get("retry-after"));
    return new RetryableError("voyage.busy", `Voyage AI answered ${status}.`, {
      retryAfterMs: seconds > 0 ? Math.min(seconds, LIMITS.longestWaitSeconds) * 1_000 : null,
    });
  }
  return new PermanentError("voyage.refused", `Voyage AI answered ${status}. Check the model's name.`);
}
