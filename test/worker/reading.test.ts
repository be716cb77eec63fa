/** What is read of a ticket, and what is kept of how it was read. */
import { expect, test } from "vitest";
import { type Desk, startDesk } from "./support-desk.ts";

const LETTER = `Please refund my order. My card is 4111 1111 1111 1111, write to mia@shop.example or anna@shop.example.

> On Monday you wrote: thank you for your order, we shall send it soon, and here is some more text that is quoted.`;

async function receiptOf(desk: Desk, id: number) {
  await desk.settle();
  return (await desk.decisions(id))[0]?.receipt;
}

test("a decision keeps counts of what was blacked out and left out, and not a word of it", async () => {
  const desk = await startDesk();
  const id = desk.write(LETTER);
  const receipt = await receiptOf(desk, id);
  expect(receipt).toMatchObject({ redacted: { card: 1, email: 2 }, cut: 0, attachments: 0, language: "en" });
  expect(receipt?.ballast).toBeGreaterThan(60);
  expect(receipt?.characters).toBeGreaterThan(LETTER.length);
  expect(JSON.stringify(await desk.decisions(id))).not.toMatch(/4111|shop\.example|quoted/);
});

test("it tells how much of a long ticket was not read", async () => {
  const desk = await startDesk();
  const id = desk.write(`Please refund. ${"It came broken, and nobody answers. ".repeat(600)}`);
  const receipt = await receiptOf(desk, id);
  expect(receipt?.cut).toBeGreaterThan(10_000);
  expect(receipt?.redacted).toEqual({});
});

/** Zendesk's answer about the comments of a ticket; the sandbox knows no files. */
function sendFiles(
  desk: Desk,
  id: number,
  names: readonly string[],
  authorId = desk.account.ticket(id)?.requester_id,
): void {
  const comment = {
    ...{ id: 1, type: "Comment", author_id: authorId, public: true, created_at: "2026-11-22T08:00:00Z" },
    ...{ body: "See attached", plain_body: "See attached", html_body: "<p>See attached</p>" },
    attachments: names.map((name, at) => ({
      id: at,
      file_name: name,
      content_url: "https://x.example",
      size: 1,
    })),
  };
  desk.account.fail({
    ...{ method: "GET", path: /comments/, status: 200 },
    body: { comments: [comment], meta: { has_more: false } },
  });
}

test.each([
  ["points at a file", "Please see the attached bill", 2],
  ["says nothing by itself", "Hi", 2],
  ["says what it wants", "Please refund my order, it arrived broken", 0],
])("of a ticket that %s the names of files are read, or not", async (_name, text, count) => {
  const desk = await startDesk({}, { webhooks: false });
  const id = desk.write(text);
  sendFiles(desk, id, ["invoice.pdf", "outage.png"]);
  await desk.store.jobs.enqueue({ kind: "route_ticket", ticketId: id, dedupeKey: "a", invocationId: "" });
  expect((await receiptOf(desk, id))?.attachments).toBe(count);
});

test("files of others than the customer are not the customer's, and comments that cannot be read keep nothing up", async () => {
  const desk = await startDesk({}, { webhooks: false });
  const [id, other] = [desk.write("See attached"), desk.write("See attached, too")];
  sendFiles(desk, id, ["reply.pdf"], 1);
  await desk.store.jobs.enqueue({ kind: "route_ticket", ticketId: id, dedupeKey: "a", invocationId: "" });
  expect((await receiptOf(desk, id))?.attachments).toBe(0);
  desk.account.fail({ method: "GET", path: /comments/, status: 500, times: 3 });
  await desk.store.jobs.enqueue({ kind: "route_ticket", ticketId: other, dedupeKey: "b", invocationId: "" });
  expect((await receiptOf(desk, other))?.attachments).toBe(0);
  expect(await desk.decisions(other)).toMatchObject([{ state: "written" }]);
});
