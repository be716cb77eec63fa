import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collectTickets } from "../../src/inspection/collect.ts";
import { createPace } from "../../src/inspection/pace.ts";
import { openStateFile } from "../../src/inspection/state-file.ts";
import { newTicket } from "../../src/triage/new-ticket.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { MONDAY, record } from "./records.ts";

let folder: string;
const path = (): string => join(folder, "inspect-test.jsonl");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchyard-inspect-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (account = "acme", fresh = false) => openStateFile(path(), { account, fresh });

test("a run that was killed in the middle of a line goes on with what is whole", () => {
  const begun = open();
  begun.begin({ account: "acme", at: MONDAY, ids: [1, 2, 3] });
  begun.add(record({ id: 1 }));
  begun.add(record({ id: 9 }));
  appendFileSync(path(), '\n{"id": 2, "crea');
  const again = open();
  expect(again.header?.ids).toEqual([1, 2, 3]);
  // The ninth belongs to no ticket of this run.
  expect([...again.records.keys()]).toEqual([1]);
  again.add(record({ id: 2 }));
  expect([...open().records.keys()]).toEqual([1, 2]);
  expect(open("another account").header).toBeNull();
  expect(open("acme", true).header).toBeNull();
});

test("what was read is not asked again", async () => {
  const state = open();
  state.begin({ account: "acme", at: MONDAY, ids: [1, 2, 3] });
  state.add(record({ id: 2 }));
  const asked: number[] = [];
  const never = async (): Promise<never> => {
    throw new Error("nobody asked for that");
  };
  const result = await collectTickets([1, 2, 3], {
    state,
    serviceUserId: 5,
    signal: new AbortController().signal,
    patiently: (work) => work(),
    pace: async () => {},
    onRecord: () => {},
    readers: { languageOf: async () => "und", guess: async () => null },
    reads: {
      ...{ visitor: never, groups: never, triggers: never, automations: never, slaPolicies: never },
      ...{ queues: never, forms: never, fields: never, brands: never, omnichannel: never },
      ...{ countSince: never, ticketsSince: never, requestsPerMinute: () => 400 },
      async readTickets(ids) {
        if (ids.includes(2)) throw new Error("the second was read before");
        // The third is gone since it was found.
        return [{ ticket: ticketOf(1), locale: "de-AT" }];
      },
      async readAudits(id) {
        asked.push(id);
        return [];
      },
    },
  });
  expect(asked).toEqual([1]);
  expect(result).toEqual({ failed: 0, why: null, gone: 1 });
  expect(open().records.get(1)?.language).toBe("de");
});

test("requests keep to half of what the account allows, whoever asks", async () => {
  let now = 0;
  const pace = createPace(() => 60, {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  });
  for (let at = 0; at < 10; at++) await pace();
  // Thirty a minute: one every two seconds, the first at once.
  expect(now).toBe(18_000);
});

const ticketOf = (id: number): Ticket => ({
  ...newTicket({ subject: "", description: "" }, MONDAY, id),
  status: "open",
  channel: "email",
});
