import { expect, test } from "vitest";
import { datasetHash, labelFaults, parseDataset, sampleOf, together } from "../../src/evaluation/dataset.ts";
import { table, ticket } from "./scored.ts";

test("a line needs something to read and the right answer; ids, and whatever else it carries, are as you like", () => {
  const lines = [
    '{"id":7,"subject":"Hi","description":"Money back","intent":"refund","language":"en","tags":["short"],"channel":"web"}',
    "",
    '{"text":"My password","group":"Accounts"}\r',
  ];
  const { tickets, faults } = parseDataset(`\ufeff${lines.join("\n")}\n`, "a.jsonl");
  expect(faults).toEqual([]);
  expect(tickets).toEqual([
    {
      ...{ id: "7", place: "a.jsonl, line 1", subject: "Hi", description: "Money back" },
      ...{ intent: "refund", group: null, language: "en", tags: ["short"] },
    },
    {
      ...{ id: "a.jsonl:3", place: "a.jsonl, line 3", subject: "", description: "My password" },
      ...{ intent: null, group: "Accounts", language: null, tags: [] },
    },
  ]);
});

test("every fault is told at once, with its line and what to do", () => {
  const { faults } = parseDataset(
    [
      "{bad",
      '{"subject":"x"}',
      '{"subject":" ","intent":"refund"}',
      '{"text":"a","description":"b","intent":"refund"}',
      '{"text":"a","intent":3}',
      '["text"]',
    ].join("\n"),
    "b.jsonl",
  );
  expect(faults).toHaveLength(6);
  expect(faults[0]).toMatch(/^b\.jsonl, line 1: this is no JSON object; write \{"subject"/);
  expect(faults[1]).toMatch(/line 2: .*give "intent", "group" or both/);
  expect(faults[2]).toMatch(/line 3: .*give "subject" and "description", or "text"/);
  expect(faults[3]).toMatch(/line 4: .*keep one/);
  expect(faults[4]).toMatch(/line 5: "intent": .*expected string/);
  expect(faults[5]).toMatch(/line 6: this is no JSON object/);
});

test("a ticket that stands in two files is told with both places", () => {
  const line = '{"id":"t","text":"a","intent":"refund"}';
  const { faults } = together([parseDataset(line, "a.jsonl"), parseDataset(`\n${line}`, "b.jsonl")]);
  expect(faults).toEqual([
    'b.jsonl, line 2: the id "t" is already that of a.jsonl, line 1; give each ticket its own.',
  ]);
});

test("labels that the table does not have are faults; abstentions are labels of every table", () => {
  const faults = labelFaults(
    [
      ticket({ place: "1", intent: "refund", group: "Billing DE" }),
      ticket({ place: "2", intent: "not_a_ticket" }),
      ticket({ place: "3", intent: "refunds" }),
      ticket({ place: "4", group: "Nobody" }),
    ],
    table,
  );
  expect(faults).toHaveLength(2);
  expect(faults[0]).toMatch(/^3: .*no intent "refunds".*--table/);
  expect(faults[1]).toMatch(/^4: .*no team "Nobody"/);
});

test("a sample is the same for the same seed whatever the order, and a smaller one is part of a larger one", () => {
  const all = Array.from({ length: 60 }, (_, index) => ticket({ id: `s${index}`, intent: "refund" }));
  const ids = (tickets: typeof all, limit: number | null, seed = "a") =>
    sampleOf(tickets, { limit, seed }).map(({ id }) => id);
  const ten = ids(all, 10);
  expect(ten).toHaveLength(10);
  expect(ids(all.toReversed(), 10).toSorted()).toEqual(ten.toSorted());
  expect(ids(all, 20)).toEqual(expect.arrayContaining(ten));
  expect(ids(all, 10, "b")).not.toEqual(ten);
  expect(ids(all, null)).toHaveLength(60);
});

test("a corrected label does not change what was asked, another text does", () => {
  const one = ticket({ id: "x", intent: "refund" });
  expect(datasetHash([{ ...one, intent: "invoice" }])).toBe(datasetHash([one]));
  expect(datasetHash([{ ...one, description: "Else" }])).not.toBe(datasetHash([one]));
});
