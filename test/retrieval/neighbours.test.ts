import { expect, test } from "vitest";
import { chosen, voteOf } from "../../src/retrieval/neighbours.ts";
import type { Near } from "../../src/retrieval/shelf.ts";

const near = (id: string, label: string, similarity: number, overrides: Partial<Near["example"]> = {}) =>
  ({
    example: { id, label, text: `text ${id}`, language: "en", ticketId: null, ...overrides },
    similarity,
  }) as Near;

const wanted = { k: 5, perLabel: 2, excludeTicketId: 7, topLabels: [] };

test("the same words are shown once, and a ticket is no example of itself", () => {
  const found = [
    near("own", "refund", 1, { ticketId: 7 }),
    near("a", "refund", 0.9, { text: "the same words" }),
    near("b", "refund", 0.89, { text: "the same words" }),
    near("c", "refund", 0.88, { ticketId: 8 }),
    near("d", "refund", 0.87),
    near("e", "outage", 0.5),
  ];
  expect(chosen(found, wanted).map(({ id }) => id)).toEqual(["a", "c", "e"]);
});

test("a ticket has no vote about itself", () => {
  const found = [near("own", "refund", 1, { ticketId: 7 }), near("a", "outage", 0.8)];
  expect(voteOf(found, 7).shares).toEqual([{ label: "outage", share: 1 }]);
  expect(voteOf(found, null).shares[0]?.label).toBe("refund");
});
