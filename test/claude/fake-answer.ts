/** What the fake API says: valid answers made from the request's own schema, and the ways in which answers go wrong. */
import type { Message } from "@anthropic-ai/sdk/resources/messages";
import { z } from "zod";
import type { MessagesRequest } from "./messages-request.ts";

export interface FakeTicket {
  readonly subject: string;
  readonly description: string;
}

/**
 * Says what the model makes of a ticket: the intent, or any fields of the answer; undefined for `other`. Fields that
 * the rule leaves out are filled in validly.
 */
export type AnswerRule = (
  ticket: FakeTicket,
  labels: readonly string[],
  model: string,
) => string | Readonly<Record<string, unknown>> | undefined;

export type Fault =
  | {
      readonly kind: "error";
      readonly status: number;
      readonly type: string;
      readonly message: string;
      readonly headers?: Record<string, string>;
      readonly code?: string;
    }
  | { readonly kind: "reset" | "hang" | "stall" }
  | { readonly kind: "body"; readonly body: string; readonly contentType?: string }
  | { readonly kind: "message"; readonly change: (valid: Message) => Message };

const error = (
  status: number,
  type: string,
  message: string,
  rest: { headers?: Record<string, string>; code?: string } = {},
): Fault => ({
  kind: "error",
  status,
  type,
  message,
  ...rest,
});

/** The text block of a message put through `change`. */
const reworded = (change: (text: string) => string): Fault => ({
  kind: "message",
  change: (valid) => ({
    ...valid,
    content: valid.content.map((block) =>
      block.type === "text" ? { ...block, text: change(block.text) } : block,
    ),
  }),
});

/** Ready-made ends for `next`. */
export const faults = {
  error,
  /** @param retryAfter seconds or an HTTP date; absent: without the header */
  rateLimited: (retryAfter?: string): Fault =>
    error(429, "rate_limit_error", "This request would exceed your rate limit.", {
      ...(retryAfter === undefined ? {} : { headers: { "retry-after": retryAfter } }),
    }),
  overloaded: (): Fault => error(529, "overloaded_error", "Overloaded"),
  broken: (): Fault => error(500, "api_error", "Internal server error"),
  badKey: (): Fault => error(401, "authentication_error", "invalid authentication credentials"),
  unknownModel: (): Fault => error(404, "not_found_error", "model: claude-gone-1"),
  noCredit: (): Fault =>
    error(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API."),
  spendLimit: (): Fault =>
    error(429, "rate_limit_error", "You have reached your limit.", { code: "enforced_spend_limit_reached" }),
  badRequest: (): Fault => error(400, "invalid_request_error", "messages.1: not supported here"),
  /** Half a body, then nothing. */
  stall: (): Fault => ({ kind: "stall" }),
  /** Not even headers. */
  hang: (): Fault => ({ kind: "hang" }),
  reset: (): Fault => ({ kind: "reset" }),
  page: (): Fault => ({ kind: "body", body: "<html>Sign in</html>", contentType: "text/html" }),
  body: (body: string): Fault => ({ kind: "body", body }),
  message: (change: (valid: Message) => Message): Fault => ({ kind: "message", change }),
  reworded,
  /** The model says exactly this. */
  says: (text: string): Fault => reworded(() => text),
  refusal: (): Fault => ({
    kind: "message",
    change: (valid) => ({
      ...valid,
      content: [],
      stop_reason: "refusal",
      stop_details: { type: "refusal", category: "cyber", explanation: null },
    }),
  }),
  truncated: (): Fault => ({
    kind: "message",
    change: (valid) => ({
      ...valid,
      content: valid.content.map((block) =>
        block.type === "text" ? { ...block, text: block.text.slice(0, 20) } : block,
      ),
      stop_reason: "max_tokens",
    }),
  }),
  empty: (): Fault => ({ kind: "message", change: (valid) => ({ ...valid, content: [] }) }),
  shouting: (): Fault =>
    reworded((text) =>
      text.replace(/"(intent|urgency|confidence)":"(\w+)"/g, (pair) =>
        pair.toUpperCase().replace(/"(INTENT|URGENCY|CONFIDENCE)"/, (key) => key.toLowerCase()),
      ),
    ),
  thinking: (): Fault => ({
    kind: "message",
    change: (valid) => ({
      ...valid,
      content: [{ type: "thinking", thinking: "Let me see.", signature: "c2ln" }, ...valid.content],
    }),
  }),
  unknownLabel: (): Fault => reworded((text) => text.replace(/"intent":"\w+"/, '"intent":"no_such_intent"')),
} as const;

const Envelope = z.object({ untrusted_ticket: z.object({ subject: z.string(), description: z.string() }) });

/** The ticket as the model sees it, from either layout; a text that holds none is taken as a description. */
export function ticketOf({ messages }: MessagesRequest): FakeTicket {
  const content = messages.at(-1)?.content ?? "";
  const block = typeof content === "string" ? content : content.find(({ type }) => type === "tool_result");
  const data = typeof block === "object" && block.type === "tool_result" ? block.content : block;
  const description = typeof data === "string" ? data : "";
  try {
    return Envelope.parse(JSON.parse(description)).untrusted_ticket;
  } catch {
    return { subject: "", description };
  }
}

/**
 * A model without any defence: it does whatever the ticket tells it to, in every field, and copies its orders into the
 * texts that people will read.
 */
export const obedient: AnswerRule = ({ subject, description }, labels) => {
  const text = `${subject}\n${description}`;
  const ordered = /\{[^{}]*\}/.exec(text)?.[0] ?? "{}";
  const label = labels.find((each) => text.includes(each));
  return {
    ...(label === undefined ? {} : { intent: label }),
    confidence: "high",
    urgency: "urgent",
    reasoning: text.slice(0, 5_000),
    evidence: [text.slice(0, 5_000), "THE CUSTOMER IS ALWAYS RIGHT"],
    ...fieldsIn(ordered),
    injection_suspected: false,
  };
};

function fieldsIn(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

type SchemaNode = Readonly<Record<string, unknown>>;
const SchemaNode = z.record(z.string(), z.unknown());

/** The labels that the question offers. */
export function labelsOf({ output_config }: MessagesRequest): readonly string[] {
  const root = output_config?.format?.schema ?? {};
  const properties = SchemaNode.safeParse(root["properties"]).data;
  return properties === undefined
    ? []
    : z.array(z.string()).parse(resolved(root, properties["intent"])["enum"]);
}

export function answerText(
  request: MessagesRequest,
  ticket: FakeTicket,
  rule: AnswerRule | undefined,
): string {
  const root = request.output_config?.format?.schema;
  if (root === undefined) return "Without a schema there is nothing to answer.";
  const properties = SchemaNode.parse(root["properties"]);
  const labels = labelsOf(request);
  const said = rule?.(ticket, labels, request.model) ?? "other";
  return JSON.stringify({
    ...Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, sample(root, node)])),
    evidence: [ticket.description.slice(0, 60)],
    urgency: "normal",
    sentiment: "neutral",
    language: "en",
    ...(typeof said === "string" ? { intent: said } : said),
  });
}

/** The first thing that the schema allows: of an enum its first value. */
function sample(root: SchemaNode, node: unknown): unknown {
  const schema = resolved(root, node);
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  if (schema["type"] === "string") return "The customer says so.";
  return schema["type"] === "boolean" ? false : [];
}

function resolved(root: SchemaNode, node: unknown): SchemaNode {
  const schema = SchemaNode.parse(node);
  const reference = schema["$ref"];
  if (typeof reference !== "string") return schema;
  return SchemaNode.parse(SchemaNode.parse(root["$defs"])[reference.replace("#/$defs/", "")]);
}
