import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Zendesk } from "../../src/ports/zendesk.ts";
import { sweepWhenDue } from "../../src/worker/sweep.ts";
import { decision } from "../triage/builders.ts";
import { INTERVAL_MS, MINUTE_MS, sweepBench } from "./sweep-bench.ts";

const HOUR_MS = 60 * MINUTE_MS;

describe("a ticket whose event never came", () => {
  test("is found within two sweeps, whenever it was made", async () => {
    const { pass, sweepNext, create, routed, found } = await sweepBench();
    await sweepNext();
    for (const wait of [1_000, 45_000, 119_000]) {
      pass(wait);
      const id = create();
      await sweepNext();
      await sweepNext();
      expect(await routed()).toContain(id);
    }
    expect(found()).toBe(3);
  });

  test("is enqueued once, however often it changes", async () => {
    const { account, pass, sweepNext, create, routed } = await sweepBench();
    await sweepNext();
    const id = create();
    for (let n = 0; n < 3; n++) {
      await sweepNext();
      account.personComments(id, "still waiting", { as: "requester" });
      // A ticket that changed within the last minute is hidden by the export.
      pass(MINUTE_MS);
    }
    await sweepNext();
    expect(await routed()).toEqual([id]);
  });

  test("is found although it came while no process was running", async () => {
    const { pass, sweepNext, create, routed } = await sweepBench();
    await sweepNext();
    pass(9 * HOUR_MS);
    const id = create();
    pass(26 * HOUR_MS);
    await sweepNext({ holder: "the-next-process" });
    expect(await routed()).toEqual([id]);
  });

  test("says that a webhook is in trouble, where webhooks are expected", async () => {
    const { sweepNext, create, events } = await sweepBench();
    await sweepNext();
    create();
    await sweepNext();
    await sweepNext();
    expect(events("sweep.found_missed")).toEqual([]);
    create();
    await sweepNext({ webhooks: true });
    await sweepNext({ webhooks: true });
    expect(events("sweep.found_missed")).toMatchObject([[expect.anything(), { count: 1 }]]);
  });
});

test("a ticket that Zendesk has erased for good is erased here without any event, and only where it is known", async () => {
  const { account, store, pass, sweepNext, create, routed } = await sweepBench();
  const [known, unknown] = [create(), create()];
  pass(2_000);
  await sweepNext();
  await store.decisions.record({ ...decision(), id: "d1", ticketId: known, jobId: 1 });
  for (const id of [known, unknown]) {
    account.deleteTicket(id);
    account.eraseTicket(id);
  }
  pass(MINUTE_MS);
  await sweepNext();
  await sweepNext();
  const jobs = await store.jobs.list({ limit: 10 });
  expect(jobs.map(({ kind, ticketId }) => [kind, ticketId])).toContainEqual(["erase_ticket", known]);
  expect(await routed()).not.toContain(unknown);
});

describe("what is left alone", () => {
  test("every ticket that was there before the first start, though people work on it", async () => {
    const { account, pass, sweepNext, create, routed } = await sweepBench();
    const old = create();
    pass(2_000);
    await sweepNext();
    account.personComments(old, "any news?", { as: "requester" });
    await sweepNext();
    await sweepNext();
    expect(await routed()).toEqual([]);
  });

  test("what is decided, waiting or dead already", async () => {
    const { store, sweepNext, create, routed, found } = await sweepBench();
    await sweepNext();
    const [decided, waiting, dead, missed] = [create(), create(), create(), create()];
    const enqueue = (ticketId: number) =>
      store.jobs.enqueue({
        kind: "route_ticket",
        ticketId,
        dedupeKey: `event:${ticketId}`,
        invocationId: "",
      });
    await enqueue(decided);
    await enqueue(dead);
    for (const job of await store.jobs.claim(2)) {
      if (job.ticketId === dead)
        await store.jobs.fail(job, { error: "broken", retry: false, spends: true, delayMs: 0 });
      else {
        await store.decisions.record(decision({ jobId: job.id, ticketId: decided }));
        await store.jobs.complete(job);
      }
    }
    await enqueue(waiting);
    await sweepNext();
    await sweepNext();
    expect(await routed()).toEqual([decided, waiting, dead, missed].sort());
    expect(found()).toBe(1);
  });

  test("solved tickets; a conversation is looked at before its customer has spoken", async () => {
    const { account, sweepNext, create, routed } = await sweepBench();
    await sweepNext();
    account.personUpdates(create(), { status: "solved" });
    // Its export tells the same of it for ever: only who knows it already can see that its customer has spoken.
    const silent = create("Conversation with Web User 6567", { channel: "native_messaging" });
    const missed = create("Where is my parcel?", { channel: "native_messaging" });
    await sweepNext();
    await sweepNext();
    expect(await routed()).toEqual([silent, missed]);
  });
});

describe("Zendesk's ten exports a minute", () => {
  test("are not reached, however much there is to read and however short the interval", async () => {
    const { now, sweepNext } = await sweepBench();
    let requests: number[] = [];
    const pages: Zendesk["exportTickets"] = async () => {
      requests.push(now());
      return { tickets: [], cursor: randomUUID(), endOfStream: false };
    };
    for (let n = 0; n < 60; n++) await sweepNext({ zendesk: { exportTickets: pages }, intervalMs: 1_000 });
    requests = requests.slice(1);
    for (const at of requests)
      expect(requests.filter((other) => other >= at && other < at + MINUTE_MS).length).toBeLessThan(10);
  });

  test("are shared: of many processes one sweeps", async () => {
    const { zendesk, pass, options } = await sweepBench();
    let asked = 0;
    const counting: Pick<Zendesk, "exportTickets"> = {
      exportTickets: (from) => {
        asked++;
        return zendesk.exportTickets(from);
      },
    };
    const processes = Array.from({ length: 6 }, (_, n) => options({ holder: `p${n}`, zendesk: counting }));
    await Promise.all(processes.map((one) => sweepWhenDue(one)));
    for (const one of processes) await sweepWhenDue(one);
    expect(asked).toBe(1);
    pass(INTERVAL_MS);
    await Promise.all(processes.map((one) => sweepWhenDue(one)));
    expect(asked).toBe(2);
  });

  test("a process that died in a sweep is replaced", async () => {
    const { store, pass, sweepNext, create, routed } = await sweepBench();
    await sweepNext();
    const id = create();
    pass(INTERVAL_MS);
    await store.cursors.lease("sweep", "dead-process", MINUTE_MS);
    await sweepNext();
    expect(await routed()).toEqual([]);
    await sweepNext();
    await sweepNext();
    expect(await routed()).toEqual([id]);
  });
});
