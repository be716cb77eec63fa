/** Message Batches: many requests at half the price, answered within a day and usually within an hour. */
import type Anthropic from "@anthropic-ai/sdk";
import { PermanentError, RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import { createClient } from "./client.ts";
import { failureOf } from "./failure.ts";
import type { Request } from "./prompt.ts";
import { type Reply, readReply } from "./reply.ts";

/** A batch is some megabytes, and its results as many. */
const DEADLINE_MS = 5 * 60_000;
/** How far the API's clock may be behind ours. */
const CLOCKS_MS = 2 * 60_000;

export interface BatchRequest {
  /** At most 64 letters, digits, `_` and `-`, each once in a batch. */
  readonly customId: string;
  readonly request: Request;
}

/** How one request of a batch ended. Only a reply is billed. */
export type BatchEnd =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "errored" | "canceled" | "expired" };

export interface BatchResult {
  readonly customId: string;
  readonly end: BatchEnd;
}

/** RetryableErrors as those of the classifier. */
export interface Batches {
  /**
   * Answers the batch's id: keep it before anything else.
   * RetryableErrors `claude.timeout` and `claude.unavailable` leave open whether there is a batch: ask `findLost`.
   * @throws PermanentError `claude.batch_refused` when the API will not take it
   */
  submit(requests: readonly BatchRequest[]): Promise<string>;
  /** The batch whose id was lost: made since a time (epoch milliseconds), of so many requests, none of those known. */
  findLost(since: number, count: number, known: ReadonlySet<string>): Promise<string | null>;
  isOver(id: string): Promise<boolean>;
  /** In no order. */
  results(id: string): AsyncIterable<BatchResult>;
}

export function createBatches(settings: Pick<ClaudeSettings, "apiKey" | "baseUrl">, now: Now): Batches {
  const { batches } = createClient(settings, DEADLINE_MS).messages;
  async function asked<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await work(deadline);
    } catch (error) {
      throw translated(error, deadline, now());
    }
  }
  return {
    submit: (requests) =>
      asked(async (signal) => {
        const body = requests.map(({ customId, request }) => ({ custom_id: customId, params: request }));
        return (await batches.create({ requests: body }, { signal })).id;
      }),
    findLost: (since, count, known) =>
      asked(async (signal) => {
        const { data } = await batches.list({ limit: 100 }, { signal });
        const lost = data.find(
          (batch) =>
            Date.parse(batch.created_at) >= since - CLOCKS_MS &&
            sizeOf(batch.request_counts) === count &&
            !known.has(batch.id),
        );
        return lost?.id ?? null;
      }),
    isOver: (id) =>
      asked(async (signal) => (await batches.retrieve(id, {}, { signal })).processing_status === "ended"),
    async *results(id) {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      try {
        for await (const line of await batches.results(id, {}, { signal })) yield resultOf(line);
      } catch (error) {
        throw translated(error, signal, now());
      }
    },
  };
}

const sizeOf = (counts: Anthropic.Messages.MessageBatchRequestCounts): number =>
  counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;

function resultOf({
  custom_id: customId,
  result,
}: Anthropic.Messages.MessageBatchIndividualResponse): BatchResult {
  if (result.type !== "succeeded") return { customId, end: { kind: result.type } };
  return { customId, end: { kind: "reply", reply: readReply(result.message) } };
}

function translated(error: unknown, deadline: AbortSignal, now: number): RetryableError | PermanentError {
  if (error instanceof RetryableError) return error;
  const failure = failureOf(error, deadline.aborted ? "deadline" : null, now);
  return failure instanceof RetryableError
    ? failure
    : new PermanentError("claude.batch_refused", failure.rejected);
}
