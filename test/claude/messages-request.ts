/** What the Messages API (version 2026-10-21) refuses, for the fake that stands in for it. */
import { z } from "zod";

const LIMITS = { breakpoints: 4, optionalProperties: 24, unionProperties: 16 } as const;

const cacheControl = z.strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() });
const text = z.strictObject({
  type: z.literal("text"),
  text: z.string().min(1, "text content blocks must be non-empty"),
  cache_control: cacheControl.nullish(),
});
const toolUse = z.strictObject({
  type: z.literal("tool_use"),
  id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  cache_control: cacheControl.nullish(),
});
const toolResult = z.strictObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(text)]).optional(),
  is_error: z.boolean().optional(),
  cache_control: cacheControl.nullish(),
});
const block = z.discriminatedUnion("type", [text, toolUse, toolResult]);
const message = z.strictObject({
  role: z.enum(["user", "assistant"]),
  content: z.union([z.string().min(1, "text content blocks must be non-empty"), z.array(block).min(1)]),
});
const tool = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal("object") }),
  strict: z.boolean().optional(),
  cache_control: cacheControl.nullish(),
});

export const MessagesRequest = z.strictObject({
  model: z.string(),
  max_tokens: z.number().int().positive().max(128_000),
  messages: z.array(message).min(1),
  system: z.union([z.string(), z.array(text)]).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z
    .union([
      z.strictObject({ type: z.enum(["auto", "any", "none"]) }),
      z.strictObject({ type: z.literal("tool"), name: z.string() }),
    ])
    .optional(),
  thinking: z.strictObject({ type: z.enum(["adaptive", "disabled", "between_tools"]) }).optional(),
  output_config: z
    .strictObject({
      effort: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
      format: z
        .strictObject({ type: z.literal("json_schema"), schema: z.record(z.string(), z.unknown()) })
        .nullish(),
    })
    .optional(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
  service_tier: z.enum(["auto", "standard_only"]).optional(),
  stop_sequences: z.array(z.string()).optional(),
  stream: z.literal(false, "this fake does not stream").optional(),
});
export type MessagesRequest = z.infer<typeof MessagesRequest>;

/** @returns the request, or why the API answers it with 400 */
export function checkRequest(body: unknown): { request: MessagesRequest } | { problem: string } {
  const parsed = MessagesRequest.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { problem: `${issue?.path.join(".")}: ${issue?.message}` };
  }
  const request = parsed.data;
  const problem = [
    illFormed(request),
    conversationProblem(request),
    toolProblem(request),
    breakpointProblem(request),
    modelProblem(request),
    request.output_config?.format ? schemaProblem(request.output_config.format.schema) : null,
  ].find((found) => found !== null);
  return problem == null ? { request } : { problem };
}

const illFormed = (request: MessagesRequest): string | null =>
  /\\u[dD][89a-fA-F]/.test(JSON.stringify(request)) ? "the request body is not valid Unicode text" : null;

function conversationProblem({ messages }: MessagesRequest): string | null {
  if (messages[0]?.role !== "user") return "messages: first message must use the user role";
  return messages.at(-1)?.role === "assistant"
    ? "This model does not support assistant message prefill. The conversation must end with a user message."
    : null;
}

/** Every call of a tool is answered in the very next message, every answer has its call, and the tool is declared. */
function toolProblem({ messages, tools = [] }: MessagesRequest): string | null {
  const blocks = messages.map(({ content }) => (typeof content === "string" ? [] : content));
  for (const [index, content] of blocks.entries()) {
    const calls = content.filter((part) => part.type === "tool_use");
    const answered = (blocks[index + 1] ?? []).flatMap((part) =>
      part.type === "tool_result" ? part.tool_use_id : [],
    );
    const results = content.flatMap((part) => (part.type === "tool_result" ? part.tool_use_id : []));
    const called = (blocks[index - 1] ?? []).flatMap((part) => (part.type === "tool_use" ? part.id : []));
    if (calls.some((call) => !answered.includes(call.id)))
      return `messages.${index}: tool_use ids were found without tool_result blocks immediately after`;
    if (results.some((id) => !called.includes(id)))
      return `messages.${index}: unexpected tool_use_id found in tool_result blocks`;
    if (calls.some((call) => !tools.some(({ name }) => name === call.name)))
      return "Requests which include tool_use or tool_result blocks must define tools";
  }
  return null;
}

function breakpointProblem({ tools = [], system, messages }: MessagesRequest): string | null {
  const parts = [tools, typeof system === "string" ? [] : (system ?? []), messages.map((m) => m.content)];
  const ttls = parts
    .flat(2)
    .flatMap((part) =>
      typeof part === "object" && "cache_control" in part ? (part.cache_control ?? []) : [],
    )
    .map(({ ttl }) => ttl ?? "5m");
  if (ttls.length > LIMITS.breakpoints)
    return `A maximum of 4 blocks with cache_control may be provided. Found ${ttls.length}.`;
  return ttls.lastIndexOf("1h") > ttls.indexOf("5m") && ttls.includes("5m")
    ? "a ttl='1h' cache_control block must not come after a ttl='5m' one"
    : null;
}

function modelProblem({ model, thinking, output_config, tool_choice }: MessagesRequest): string | null {
  if (model.startsWith("claude-haiku-4-5") && output_config?.effort)
    return "This model does not support the effort parameter.";
  if (model === "claude-sonnet-5-5" && thinking?.type === "disabled")
    return "thinking: this model cannot run without thinking";
  return model === "claude-sonnet-5-5" && (tool_choice?.type === "tool" || tool_choice?.type === "any")
    ? "tool_choice: this model does not support forced tool use"
    : null;
}

const KEYWORDS: ReadonlySet<string> = new Set(
  "type properties required additionalProperties items enum const anyOf allOf $ref $defs description title format minItems".split(
    " ",
  ),
);

/** Structured outputs take a part of JSON Schema only. */
function schemaProblem(schema: Record<string, unknown>): string | null {
  const nodes = [...nodesOf(schema)];
  const foreign = nodes.flatMap((node) => Object.keys(node)).find((keyword) => !KEYWORDS.has(keyword));
  if (foreign !== undefined) return `output_config.format.schema: keyword '${foreign}' is not supported`;
  const objects = nodes.filter((node) => node["type"] === "object");
  if (objects.some((node) => node["additionalProperties"] !== false))
    return "output_config.format.schema: for 'object' type, 'additionalProperties' must be false";
  if (nodes.some((node) => "minItems" in node && node["minItems"] !== 0 && node["minItems"] !== 1))
    return "output_config.format.schema: for 'array' type, 'minItems' values other than 0 or 1 are not supported";
  const optional = objects.flatMap((node) => {
    const required = Array.isArray(node["required"]) ? node["required"] : [];
    return Object.keys(node["properties"] ?? {}).filter((name) => !required.includes(name));
  });
  if (optional.length > LIMITS.optionalProperties)
    return "output_config.format.schema: too many optional parameters";
  return nodes.filter((node) => "anyOf" in node || Array.isArray(node["type"])).length >
    LIMITS.unionProperties
    ? "output_config.format.schema: too many union-typed parameters"
    : null;
}

type SchemaNode = Record<string, unknown>;
const isNode = (value: unknown): value is SchemaNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function* nodesOf(node: SchemaNode): Generator<SchemaNode> {
  yield node;
  const named = [node["properties"], node["$defs"]].filter(isNode).flatMap(Object.values);
  const listed = [node["anyOf"], node["allOf"]].filter(Array.isArray).flat();
  for (const child of [...named, ...listed, node["items"]]) if (isNode(child)) yield* nodesOf(child);
}
