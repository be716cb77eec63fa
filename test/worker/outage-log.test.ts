import { expect, test } from "vitest";
import type { Fields } from "../../src/log.ts";
import { createOutageLog } from "../../src/worker/outage-log.ts";

function heardBy() {
  const seen: Fields[] = [];
  const heard: Fields[] = [];
  const log = {
    info: () => {},
    error: () => {},
    warn: (_event: string, fields: Fields = {}) => void seen.push(fields),
    debug: (_event: string, fields: Fields = {}) => void heard.push(fields),
  };
  return { seen, heard, log };
}

test("a ticket that waits for its turn at our own pace is for debug alone", () => {
  const { seen, heard, log } = heardBy();
  const tell = createOutageLog(log, "job.retrying", () => 0);
  tell("claude.no_room", { ticket_id: 1 });
  tell("zendesk.not_sent", { ticket_id: 2 });
  expect([seen, heard]).toEqual([[], [{ ticket_id: 1 }, { ticket_id: 2 }]]);
});

test("an outage of an hour is a line a minute that counts the tickets, and another trouble is told at once", () => {
  const { seen, heard, log } = heardBy();
  let clock = 0;
  const tell = createOutageLog(log, "job.retrying", () => clock);
  for (let second = 0; second < 3_600; second++) {
    clock = second * 1_000;
    tell("claude.overloaded", { ticket_id: second });
    if (second === 90) tell("zendesk.unavailable", { ticket_id: -1 });
  }
  expect(seen.filter(({ ticket_id }) => ticket_id === -1)).toHaveLength(1);
  expect(seen).toHaveLength(61);
  expect(seen[0]).toEqual({ ticket_id: 0 });
  expect(seen[1]).toEqual({ ticket_id: 60, others: 59 });
  expect(seen.length + heard.length).toBe(3_601);
});
