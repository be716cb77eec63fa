import { expect, test } from "vitest";
import type { Example } from "../../src/ports/examples.ts";
import { goneSince, type Result } from "../../src/triage/outcome.ts";
import { classification, decision } from "../triage/builders.ts";
import type { Bench } from "./ground.ts";

const example = (id: string, over: Partial<Example> = {}): Example => ({
  id,
  text: "I was charged twice, 日本語 \u0000",
  label: "refund",
  language: "en",
  source: "review",
  confirmedBy: null,
  ticketId: 9_007_199_254_740,
  embedding: null,
  embeddedBy: null,
  createdAt: 5,
  ...over,
});

/** What the store remembers so that the router gets better, and what that costs. */
export function learningContract(bench: () => Bench): void {
  test("an example comes out as it went in, vector and all; a second of the same id is refused", async () => {
    const { examples } = bench().store;
    expect(await examples.add(example("a"))).toBe(true);
    expect(await examples.add(example("a", { label: "outage" }))).toBe(false);
    const vector = Float32Array.from([0.25, -1, 3e-20]);
    await examples.keepEmbeddings("minilm", [{ id: "a", embedding: vector }]);
    expect(await examples.list()).toEqual([
      { ...example("a"), text: "I was charged twice, 日本語 ", embedding: vector, embeddedBy: "minilm" },
    ]);
  });

  test("a review waits until somebody works on its ticket, says what it was about, or it is decided anew", async () => {
    const { decisions, examples } = bench().store;
    const left = { action: "review", reason: "low_confidence", state: "written" } as const;
    const made = (ticketId: number, over: Parameters<typeof decision>[0]) =>
      decisions.record({ ...decision(over), id: `d${over?.jobId}`, ticketId });
    await made(1, { ...left, jobId: 1, createdAt: 1 });
    await made(2, { ...left, jobId: 2, createdAt: 2 });
    await made(3, { ...left, jobId: 3, createdAt: 3 });
    await made(4, { ...left, jobId: 4, createdAt: 4 });
    await made(5, { ...left, jobId: 5, createdAt: 5, state: "superseded" });
    await made(6, { jobId: 6, createdAt: 6 });
    await made(1, { jobId: 7, createdAt: 7 });
    await made(4, { action: "skip", reason: "unchanged", state: "recorded", jobId: 8, createdAt: 8 });
    const waiting = async () =>
      (await decisions.list({ waiting: true, limit: 9 })).items.map(({ ticketId }) => ticketId);
    expect(await waiting()).toEqual([4, 3, 2]);
    await decisions.recordOutcome("d2", { ...goneSince(null), result: "kept" }, 9);
    await examples.add(example("ticket-3", { ticketId: 3 }));
    expect(await waiting()).toEqual([4, 3]);
    expect(await examples.ofTicket(3)).toBeNull();
    await examples.confirm("ticket-3", "Mia");
    expect(await waiting()).toEqual([4]);
    expect(await examples.ofTicket(3)).toMatchObject({ id: "ticket-3", confirmedBy: "Mia" });
  });

  test("whoever has learned from the examples can tell that they have changed, and that vectors are no change", async () => {
    const { examples } = bench().store;
    const seen = [await examples.revision()];
    const look = async () => seen.push(await examples.revision());
    await examples.add(example("a"));
    await look();
    await examples.keepEmbeddings("minilm", [{ id: "a", embedding: Float32Array.from([1]) }]);
    expect(await examples.revision()).toBe(seen.at(-1));
    expect(await examples.confirm("a", "Mia")).toBe(true);
    await look();
    expect((await examples.list())[0]?.confirmedBy).toBe("Mia");
    expect(await examples.remove("a")).toBe(true);
    await look();
    expect(new Set(seen).size).toBe(4);
    expect(await examples.confirm("a", "Mia")).toBe(false);
    expect(await examples.remove("a")).toBe(false);
  });

  test("no example is left of an erased ticket", async () => {
    const { examples } = bench().store;
    await examples.add(example("a", { ticketId: 1 }));
    await examples.add(example("b", { ticketId: 2 }));
    await examples.eraseTicket(1);
    expect((await examples.list()).map(({ id }) => id)).toEqual(["b"]);
  });

  test("what a day has cost is one sum, whoever adds to it at once", async () => {
    const { store, other } = bench();
    expect(await store.spending.spent("2026-11-22")).toBe(0);
    await Promise.all([
      store.spending.add("2026-11-22", 0.5),
      other.spending.add("2026-11-22", 0.25),
      store.spending.add("2026-11-23", 9),
    ]);
    expect(await other.spending.spent("2026-11-22")).toBe(0.75);
  });

  test("what became of decisions that the intent alone made, and what people say of them, is there to learn from", async () => {
    const { decisions, outcomes, examples } = bench().store;
    const review = { action: "review", reason: "low_confidence" } as const;
    const ends: [Result | null, Parameters<typeof decision>[0]][] = [
      ["kept", {}],
      ["rerouted", {}],
      ["kept", { reason: "rule" }],
      ["rerouted", { action: "review", reason: "injection_suspected" }],
      ["rerouted", review],
      ["differed", { mode: "shadow" }],
      [null, {}],
      [null, review],
      [null, {}],
    ];
    for (const [at, [result, over]] of ends.entries()) {
      const made = {
        ...decision({ classification: classification(), ...over }),
        id: `d${at}`,
        jobId: at + 1,
        ticketId: at + 1,
        createdAt: 100 + at,
      };
      await decisions.record(made);
      if (result !== null) await decisions.recordOutcome(made.id, { ...goneSince(null), result }, 1_000);
    }
    await examples.add(example("ticket-8", { ticketId: 8, label: "outage", confirmedBy: "Mia" }));
    await examples.add(example("ticket-9", { ticketId: 9, label: "outage", confirmedBy: null }));
    const ended = await outcomes.ended({ since: 0, limit: 10 });
    expect(
      ended.map(({ decision: { ticketId }, outcome, said }) => [ticketId, outcome?.result, said]),
    ).toEqual([
      [8, undefined, "outage"],
      [6, "differed", null],
      [5, "rerouted", null],
      [2, "rerouted", null],
      [1, "kept", null],
    ]);
    expect(await outcomes.ended({ since: 105, limit: 10 })).toHaveLength(2);
    expect(await outcomes.ended({ since: 0, limit: 1 })).toHaveLength(1);
    expect(await outcomes.decided(0)).toEqual({ routed: 5, reviewed: 2 });
    expect(await outcomes.decided(108)).toEqual({ routed: 1, reviewed: 0 });
    expect(await outcomes.decided(1_000)).toEqual({ routed: 0, reviewed: 0 });
  });
}
