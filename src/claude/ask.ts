/** One question to one model: a call, and a second one only where another way of asking can help. */
import type Anthropic from "@anthropic-ai/sdk";
import { RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { PromptLayout } from "../settings-claude.ts";
import { type Answer, readAnswer } from "./answer.ts";
import type { Usage } from "./cost.ts";
import { TYPICAL_OUTPUT_TOKENS, tokensIn } from "./estimate.ts";
import { failureOf, type Rejection } from "./failure.ts";
import type { Gate } from "./gate.ts";
import type { Pass } from "./pace.ts";
import { MAX_TOKENS, MORE_TOKENS, type Request, type RequestInput, requestFor } from "./prompt.ts";
import { type Reply, readReply } from "./reply.ts";
import { labelsIn, type Scope } from "./scope.ts";

const TOO_LARGE = 413;

/** How a question ended. `failed`: there is no usable answer to it, however often it is asked. */
export type End =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "refused" }
  | { readonly kind: "failed"; readonly problem: string };

/** What all calls about one ticket share. */
export interface Line {
  readonly client: Anthropic;
  readonly now: Now;
  readonly gate: Gate;
  /** Names the ticket to the gate. */
  readonly ticketKey: string;
  /** A call about this ticket has gone through the gate already. */
  inside: boolean;
  /** Ends the body, too: the SDK's own time-out ends with the headers. */
  readonly deadline: AbortSignal;
  readonly caller: AbortSignal | undefined;
  /** Called for every billed answer, as soon as it is there. */
  readonly billed: (usage: Usage, model: string) => Promise<void>;
  /** The layout that worked last: a platform that does not take the first is not asked both ways about every ticket. */
  readonly layout: { current: PromptLayout };
}

export type Question = Omit<RequestInput, "layout" | "maxTokens" | "scope"> & { readonly scope: Scope };

/** One way of asking. */
interface Way {
  readonly layout: PromptLayout;
  readonly maxTokens: number;
}

type Try =
  | { readonly end: Extract<End, { kind: "answered" | "refused" }> }
  | {
      readonly end: Extract<End, { kind: "failed" }>;
      readonly again: Way | null;
      readonly rejected: boolean;
    };

/** @throws RetryableError for all that may pass */
export async function ask(line: Line, question: Question): Promise<End> {
  const first = await askOnce(line, question, { layout: line.layout.current, maxTokens: MAX_TOKENS });
  if (!("again" in first) || first.again === null) return first.end;
  const second = await askOnce(line, question, first.again);
  if (first.rejected && second.end.kind === "answered") line.layout.current = first.again.layout;
  return second.end;
}

async function askOnce(line: Line, question: Question, way: Way): Promise<Try> {
  const reply = await send(line, requestFor({ ...question, ...way }));
  if ("rejected" in reply) {
    // Only a plain 400 can be about the layout.
    const canChange = reply.status === 400 && way.layout === "tool_result";
    const again: Way | null = canChange ? { ...way, layout: "user_json" } : null;
    // Of too large a ticket it says nothing about the others.
    if (again === null && reply.status !== TOO_LARGE) line.gate.rejected(line.ticketKey, reply);
    return { end: { kind: "failed", problem: reply.rejected }, again, rejected: true };
  }
  await line.billed(reply.usage, question.model);
  const end = endOf(reply, question);
  if (end.kind !== "failed") return { end };
  // The same question with more room. Whatever else went wrong, the plainest layout is the best second try.
  const again: Way =
    reply.stopReason === "max_tokens" ? { ...way, maxTokens: MORE_TOKENS } : { ...way, layout: "user_json" };
  return { end, again, rejected: false };
}

/** What a reply says to the question, whichever way it came. */
export function endOf(
  { stopReason, text }: Reply,
  { table, scope, ticket }: Pick<Question, "table" | "scope" | "ticket">,
): End {
  if (stopReason === "refusal") return { kind: "refused" };
  const unusable = (problem: string): End => ({
    kind: "failed",
    problem: `Claude gave no usable answer: ${problem}.`,
  });
  if (stopReason === "max_tokens") return unusable("the answer was cut off");
  if (stopReason !== "end_turn") return unusable(`the answer ended with ${stopReason}`);
  if (text.trim() === "") return unusable("the answer was empty");
  const read = readAnswer(text, { labels: labelsIn(table, scope), ticket });
  return "answer" in read ? { kind: "answered", answer: read.answer } : unusable(read.problem);
}

/** @throws RetryableError for all that may pass, at once when there is no room */
async function send(line: Line, request: Request): Promise<Reply | Rejection> {
  const { client, gate, deadline, caller, now } = line;
  const pass = enter(line, request);
  const signal = caller === undefined ? deadline : AbortSignal.any([deadline, caller]);
  let headers: Headers | null = null;
  try {
    const { data, response } = await client.messages.create(request, { signal }).withResponse();
    headers = response.headers;
    const reply = readReply(data);
    gate.leave(pass, "answered", headers);
    return reply;
  } catch (error) {
    const ended = endedBy(line);
    const failure = gate.weigh(
      line.ticketKey,
      error instanceof RetryableError ? error : failureOf(error, ended, now()),
    );
    gate.leave(pass, ended === "caller" ? "given_up" : verdictOf(failure), headers ?? headersOf(error));
    if (failure instanceof RetryableError) throw failure;
    return failure;
  }
}

const endedBy = ({ deadline, caller }: Line): "deadline" | "caller" | null => {
  if (caller?.aborted) return "caller";
  return deadline.aborted ? "deadline" : null;
};

/** That it does not take this request is an answer as well. */
const verdictOf = (failure: RetryableError | Rejection): RetryableError | "rejected" =>
  failure instanceof RetryableError ? failure : "rejected";

function enter(line: Line, { system, messages }: Request): Pass {
  const { gate } = line;
  const own = tokensIn(JSON.stringify(messages));
  const input = own + (gate.isCold() ? tokensIn(JSON.stringify(system)) : 0);
  const need = { input, output: TYPICAL_OUTPUT_TOKENS };
  const pass = line.inside ? gate.follow(need) : gate.enter(line.ticketKey, need);
  line.inside = true;
  return pass;
}

function headersOf(error: unknown): Headers | null {
  const headers = error instanceof Error && "headers" in error ? error.headers : null;
  return headers instanceof Headers ? headers : null;
}
