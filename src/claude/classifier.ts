/** Asks Claude what the customer wants: one call a ticket, and a second one only where another way of asking can help. */
import Anthropic from "@anthropic-ai/sdk";
import { RetryableError } from "../errors.ts";
import type { Classifier, Refusal } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import type { ClaudeSettings } from "../settings.ts";
import { type Classification, NO_TOKENS, UNREAD } from "../triage/classification.ts";
import type { Ticket } from "../triage/ticket.ts";
import { type Answer, readAnswer } from "./answer.ts";
import { addTokens, costOf, type Prices, tokensOf, type Usage } from "./cost.ts";
import { failureOf, type Rejection } from "./failure.ts";
import {
  type Layout,
  MAX_TOKENS,
  MORE_TOKENS,
  promptVersion,
  type RequestInput,
  requestFor,
} from "./prompt.ts";
import { type Reply, readReply } from "./reply.ts";

/** For everything that one classification asks of the API, the last byte of a second try included. */
const DEADLINE_MS = 30_000;

export interface ClaudeOptions {
  readonly now: Now;
  readonly prices: Prices;
  /** Milliseconds for one classification, second try included; 30 s when absent. */
  readonly deadlineMs?: number;
}

/** One way of asking. */
interface Way {
  readonly layout: Layout;
  readonly maxTokens: number;
}

/** How one call ended; `usage` is null when it was not billed. */
type End =
  | { readonly kind: "answered"; readonly answer: Answer; readonly usage: Usage }
  | { readonly kind: "refused"; readonly usage: Usage }
  | { readonly kind: "unusable"; readonly problem: string; readonly usage: Usage; readonly again: Way }
  | { readonly kind: "rejected"; readonly problem: string; readonly usage: null; readonly again: Way | null };

/**
 * @returns a classifier that answers, or says why this ticket gets no answer. Everything that may pass is a
 * RetryableError: `claude.configuration` (somebody has to act), `claude.rate_limited`, `claude.overloaded`,
 * `claude.unavailable` or `claude.timeout`
 */
export function createClaudeClassifier(
  settings: ClaudeSettings,
  { now, prices, deadlineMs = DEADLINE_MS }: ClaudeOptions,
): Classifier {
  const client = createClient(settings, deadlineMs);
  // A platform that does not take the first layout is not asked both ways about every ticket.
  let layout: Layout = "tool_result";

  return {
    kind: "claude",
    async classify(ticket, { table }, signal) {
      const startedAt = now();
      const call = { client, now, deadline: AbortSignal.timeout(deadlineMs), caller: signal };
      const ask = (way: Way) => askOnce(call, { table, ticket, model: settings.model, ...way });

      const first = { layout, maxTokens: MAX_TOKENS };
      const start = await ask(first);
      const again = "again" in start ? start.again : null;
      const end = again === null ? start : await ask(again);
      const used = again ?? first;
      const record = {
        classifier: "claude",
        model: settings.model,
        promptVersion: promptVersion(table, used.layout),
        examples: [],
        ...billOf(again === null ? [end] : [start, end], settings.model, prices),
        timingsMs: { claude: now() - startedAt },
      } as const;
      if (end.kind !== "answered") return { ...unanswered(end), classification: { ...UNREAD, ...record } };
      if (start.kind === "rejected") layout = used.layout;
      return { ...end.answer, ...record };
    },
  };
}

const createClient = (settings: ClaudeSettings, deadlineMs: number): Anthropic =>
  new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    // The worker's retries are durable and know Retry-After; the SDK's would sleep inside a lease.
    maxRetries: 0,
    timeout: deadlineMs,
    // The key travels in a header of its own, which fetch would carry along to wherever it is sent.
    fetchOptions: { redirect: "error" },
    // Its debug lines hold the ticket's text, and an environment variable could switch them on.
    logLevel: "off",
    openTelemetry: false,
  });

interface Call {
  readonly client: Anthropic;
  readonly now: Now;
  /** Ends the body, too: the SDK's own time-out ends with the headers. */
  readonly deadline: AbortSignal;
  readonly caller: AbortSignal | undefined;
}

type Question = RequestInput & Way & { readonly ticket: Ticket };

async function askOnce(call: Call, question: Question): Promise<End> {
  const reply = await send(call, question);
  if ("rejected" in reply) {
    // Only a plain 400 can be about the layout.
    const canChange = reply.status === 400 && question.layout === "tool_result";
    const again: Way | null = canChange ? { layout: "user_json", maxTokens: question.maxTokens } : null;
    return { kind: "rejected", problem: reply.rejected, usage: null, again };
  }
  return endOf(reply, question);
}

function endOf({ stopReason, text, usage }: Reply, question: Question): End {
  if (stopReason === "refusal") return { kind: "refused", usage };
  const unusable = (problem: string, again: Way): End => ({ kind: "unusable", problem, usage, again });
  // The same question with more room. Whatever else went wrong, the plainest layout is the best second try.
  if (stopReason === "max_tokens")
    return unusable("the answer was cut off", { layout: question.layout, maxTokens: MORE_TOKENS });
  const plainest: Way = { layout: "user_json", maxTokens: question.maxTokens };
  if (stopReason !== "end_turn") return unusable(`the answer ended with ${stopReason}`, plainest);
  if (text.trim() === "") return unusable("the answer was empty", plainest);
  const read = readAnswer(text, question);
  return "answer" in read
    ? { kind: "answered", answer: read.answer, usage }
    : unusable(read.problem, plainest);
}

/** @throws RetryableError for all that may pass */
async function send({ client, now, deadline, caller }: Call, question: Question): Promise<Reply | Rejection> {
  const signal = caller === undefined ? deadline : AbortSignal.any([deadline, caller]);
  try {
    return readReply(await client.messages.create(requestFor(question), { signal }));
  } catch (error) {
    if (error instanceof RetryableError) throw error;
    const ended = deadline.aborted ? "deadline" : caller?.aborted ? "caller" : null;
    const failure = failureOf(error, ended, now());
    if (failure instanceof RetryableError) throw failure;
    return failure;
  }
}

function unanswered(end: Exclude<End, { kind: "answered" }>): Pick<Refusal, "refused" | "message"> {
  if (end.kind === "refused")
    return { refused: "classifier_refused", message: "Claude declined to answer about this ticket." };
  const message = end.kind === "rejected" ? end.problem : `Claude gave no usable answer: ${end.problem}.`;
  return { refused: "classifier_failed", message };
}

/** Every billed call counts, useful or not; one call without a known price makes the sum unknown. */
function billOf(
  ends: readonly End[],
  model: string,
  prices: Prices,
): Pick<Classification, "tokens" | "costUsd"> {
  const billed = ends.flatMap(({ usage }) => usage ?? []);
  return {
    tokens: billed.map(tokensOf).reduce(addTokens, NO_TOKENS),
    costUsd: billed
      .map((usage) => costOf(usage, model, prices))
      .reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0),
  };
}
