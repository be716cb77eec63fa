import { expect, test } from "vitest";
import { withConversation } from "../../src/worker/conversation.ts";
import { ticket } from "../triage/builders.ts";

const opened = {
  ...ticket({ requesterId: 7 }),
  subject: "Conversation with Ann",
  description: "Conversation with Ann",
};
const says = (authorId: number | null, text: string, isPublic = true) => ({
  ...{ authorId, text, isPublic },
  at: "2026-11-22T07:00:00Z",
  attachments: [],
});

test("what the customer says is read; a bot's greeting and what agents say among themselves are not", async () => {
  const comments = [
    says(null, "Hi, I am the bot. Would you like to cancel your subscription?"),
    says(7, "My parcel is broken."),
    says(99, "Looks like a refund to me.", false),
  ];
  const read = await withConversation(opened, { readComments: async () => comments });
  expect(read.description).toBe("My parcel is broken.");
  const silent = await withConversation(opened, { readComments: async () => comments.slice(0, 1) });
  expect(silent).toBe(opened);
});
