/** The fake is only worth something while it refuses what the real API refuses. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestFor } from "../../src/claude/prompt.ts";
import { KEY, table, ticket } from "./desk.ts";
import { type FakeMessagesApi, startFakeMessagesApi } from "./fake-messages-api.ts";

let api: FakeMessagesApi;
beforeAll(async () => {
  api = await startFakeMessagesApi({ apiKey: KEY });
});
afterAll(() => api.close());

const VERSION = "2026-10-21";
const valid = requestFor({ table, ticket: ticket(), model: "claude-haiku-5-5" });
const post = async (body: unknown, headers: Record<string, string> = { authorization: `Bearer ${KEY}` }) => {
  const response = await fetch(`${api.url}/v1/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", "anthropic-version": VERSION, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, id: response.headers.get("request-id"), text: await response.text() };
};

const user = { role: "user", content: "hi" };
const cached = (ttl?: string) => ({
  type: "text",
  text: "x",
  cache_control: { type: "ephemeral", ...(ttl ? { ttl } : {}) },
});
const withSchema = (schema: unknown) => ({
  ...valid,
  output_config: { format: { type: "json_schema", schema } },
});
const object = (properties: object, rest: object = {}) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...rest,
});
const manyOptional = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`p${i}`, { type: "string" }]));

test("a valid request is answered, and every answer has a request id", async () => {
  expect(await post(valid)).toMatchObject({ status: 200, id: expect.stringMatching(/^req_/) });
  expect(await post(valid, { "x-api-key": KEY })).toMatchObject({ status: 200 });
});

describe("the fake refuses", () => {
  test.each([
    ["no key", {}, 401],
    ["another key", { authorization: "Bearer sk-ant-other" }, 401],
    ["another version", { authorization: `Bearer ${KEY}`, "anthropic-version": "2023-06-01" }, 400],
  ])("%s", async (_, headers: Record<string, string>, status) => {
    expect((await post(valid, headers)).status).toBe(status);
  });

  const { max_tokens: _max, ...unlimited } = valid;
  test.each([
    ["no limit of tokens", unlimited, /max_tokens/],
    ["a temperature", { ...valid, temperature: 0 }, /temperature/],
    ["top_p", { ...valid, top_p: 1 }, /top_p/],
    ["top_k", { ...valid, top_k: 1 }, /top_k/],
    ["a prefill", { ...valid, messages: [user, { role: "assistant", content: "{" }] }, /prefill/],
    ["an empty text", { ...valid, messages: [{ role: "user", content: "" }] }, /non-empty/],
    ["a call without its result", { ...valid, messages: [...valid.messages.slice(0, 2), user] }, /tool_use/],
    ["a result without its call", { ...valid, messages: valid.messages.slice(2) }, /tool_use_id/],
    ["a tool that nobody declared", { ...valid, tools: [] }, /define tools/],
    ["five breakpoints", { ...valid, system: Array.from({ length: 5 }, () => cached()) }, /maximum of 4/],
    ["a long-lived breakpoint after a short one", { ...valid, system: [cached(), cached("1h")] }, /1h/],
    ["an effort that the model lacks", { ...valid, model: "claude-haiku-4-5" }, /effort/],
    ["an open object", withSchema(object({}, { additionalProperties: true })), /additionalProperties/],
    ["a bound on a number", withSchema(object({ n: { type: "number", maximum: 1 } })), /maximum/],
    ["25 optional properties", withSchema(object(manyOptional, { required: [] })), /optional/],
    [
      "half a character",
      JSON.stringify({ ...valid, messages: [{ role: "user", content: "\ud800" }] }),
      /Unicode/,
    ],
    ["broken JSON", "{", /JSON/],
  ])("%s", async (_, body, why) => {
    const { status, text } = await post(body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
    expect(text).toMatch(why);
  });

  test("a model that there is not", async () => {
    expect((await post({ ...valid, model: "claude-3-5-haiku-20241022" })).status).toBe(404);
  });
});
