import { expect, test } from "vitest";
import { readReply } from "../../src/claude/reply.ts";

const message = (content: readonly unknown[]) => ({
  ...{ type: "message", stop_reason: "end_turn", content },
  usage: { input_tokens: 400, output_tokens: 120 },
});
const text = (words: unknown) => ({ type: "text", text: words });

test.each<[string, readonly unknown[], string]>([
  ["thinking before it", [{ type: "thinking", thinking: "…" }, text("{}")], "{}"],
  ["a block of a new kind", [{ type: "novelty", text: null }, { type: "other", text: {} }, text("{}")], "{}"],
  ["an empty block first", [text(""), text("{}")], "{}"],
  ["its text in two blocks", [text('{"a":'), text("1}")], '{"a":1}'],
  ["no text at all", [text(null)], ""],
])("an answer with %s is read, and its bill with it", (_, content, expected) => {
  expect(readReply(message(content))).toMatchObject({ text: expected, usage: { input_tokens: 400 } });
});

test("a count of tokens that no context holds is cut to what one may hold", () => {
  const reply = readReply({ ...message([text("{}")]), usage: { input_tokens: 1e15, output_tokens: 7 } });
  expect(reply.usage).toMatchObject({ input_tokens: 1_000_000, output_tokens: 7 });
});
