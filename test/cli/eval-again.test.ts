/** An evaluation that met a broken model: what it could not answer is asked again when it is run again. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "@anthropic-ai/sdk/resources/messages";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { startFakeMessagesApi } from "../claude/fake-messages-api.ts";
import { createPlace } from "./run-cli.ts";

const INTENT = "billing_inquiries";
const TICKETS = ["a", "b"].map((id) => ({
  id,
  subject: `Case ${id}`,
  description: "My bill is wrong.",
  intent: INTENT,
}));
const Figures = z.object({
  classifiers: z.array(z.object({ accuracy: z.object({ intent: z.object({ count: z.number() }) }) })),
});
const broken = (valid: Message): Message => ({
  ...valid,
  content: [{ type: "text", text: "no JSON", citations: null }],
});

test("what got no usable answer is asked again by the next run, and nothing else is", async () => {
  const claude = await startFakeMessagesApi({ answer: () => INTENT });
  const place = createPlace({ ANTHROPIC_API_KEY: "sk-test", ANTHROPIC_BASE_URL: claude.url });
  onTestFinished(async () => {
    place.remove();
    await claude.close();
  });
  writeFileSync(join(place.folder, "mine.jsonl"), TICKETS.map((each) => JSON.stringify(each)).join("\n"));
  const run = async () => {
    const before = claude.requests.length;
    const { stdout } = await place.run([
      ...["eval", "mine.jsonl", "--classifier", "claude", "--concurrency", "1", "--no-learn", "--json"],
    ]);
    const right = Figures.parse(JSON.parse(stdout)).classifiers[0]?.accuracy.intent.count;
    return { right, asked: claude.requests.length - before };
  };
  // Both ways of asking about the first ticket.
  for (let call = 0; call < 2; call++) claude.next({ kind: "message", change: broken });
  expect(await run()).toEqual({ right: 1, asked: 3 });
  expect(await run()).toEqual({ right: 2, asked: 1 });
  expect(await run()).toEqual({ right: 2, asked: 0 });
});
