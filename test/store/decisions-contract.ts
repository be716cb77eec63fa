import { expect, test } from "vitest";
import { PermanentError } from "../../src/errors.ts";
import type { Classification } from "../../src/triage/classification.ts";
import type { Decision } from "../../src/triage/decision.ts";
import type { TicketFacts } from "../../src/triage/ticket.ts";
import type { Bench } from "./ground.ts";

const TICKET: TicketFacts = {
  id: 35_436,
  status: "new",
  priority: null,
  tags: ["vip", "日本語"],
  groupId: 360_001_234_567,
  assigneeId: null,
  requesterId: 1_900_000_000_001,
  submitterId: null,
  organizationId: null,
  brandId: 12,
  formId: null,
  channel: "email",
  customFields: { "360": "blue", "361": 4, "362": true, "363": ["a", "b"], "364": null },
  createdAt: "2026-11-22T11:59:00Z",
  updatedAt: "2026-11-22T11:59:30Z",
  requester: { id: 1, role: "end-user", locale: "de", tags: ["gold"], fields: { plan: "pro" } },
};

const CLASSIFICATION: Classification = {
  intent: "refund_request",
  reasoning: 'She wants her money back: "now"; \u0000 and \ud800 must not break the store.',
  evidence: ["I want my money back"],
  alternatives: [{ intent: "double_charge", confidence: 0.1 }],
  urgency: "high",
  sentiment: "negative",
  language: "en",
  confidence: 0.83,
  confidenceLevel: "medium",
  injectionSuspected: false,
  classifier: "claude",
  model: "a-model",
  promptVersion: "p1",
  examples: ["ex1"],
  tokens: { input: 10, output: 20, cacheRead: 3_000, cacheWrite: 0 },
  costUsd: 0.0012,
  timingsMs: { classify: 812.5 },
};

const decisionOf = (number: number, over: Partial<Decision> = {}): Decision => ({
  id: `d-${String(number).padStart(4, "0")}`,
  jobId: number,
  ticketId: TICKET.id,
  action: "assign",
  reason: "confident",
  mode: "live",
  group: "Billing",
  groupId: 360_001_234_567,
  priority: "high",
  tags: ["sy_routed"],
  state: "recorded",
  ticket: TICKET,
  classification: CLASSIFICATION,
  routingVersion: 1,
  createdAt: Date.UTC(2026, 10, 22, 12) + number,
  writtenAt: null,
  outcome: null,
  ...over,
});

const UNREAD = { action: "skip", reason: "ticket_not_found", ticket: null, classification: null } as const;

export function decisionsContract(bench: () => Bench): void {
  test("a decision is read back as it was made, by its id and by its job", async () => {
    const { decisions } = bench().store;
    const decision = decisionOf(1);
    const unread = decisionOf(2, { ...UNREAD, group: null, groupId: null, priority: null, tags: [] });
    expect(await decisions.record(decision)).toBe(true);
    expect(await decisions.record(unread)).toBe(true);
    expect(await decisions.byId(decision.id)).toEqual(decision);
    expect(await decisions.byJob(unread.jobId)).toEqual(unread);
    expect(await decisions.byId("d-none")).toBeNull();
    expect(await decisions.byJob(99)).toBeNull();
  });

  test("a job decides once: the second decision is refused, also of another process at the same time", async () => {
    const { store, other } = bench();
    const rivals = [decisionOf(1, { id: "d-a" }), decisionOf(1, { id: "d-b" })] as const;
    const ends = await Promise.all([store.decisions.record(rivals[0]), other.decisions.record(rivals[1])]);
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect((await store.decisions.byJob(1))?.id).toBe(ends[0] ? "d-a" : "d-b");
    expect((await store.decisions.list({ limit: 9 })).items).toHaveLength(1);
  });

  test("the same decision again changes how it went on, and nothing of what was decided", async () => {
    const { decisions } = bench().store;
    const first = decisionOf(1);
    await decisions.record(first);
    const ended = { state: "written", writtenAt: first.createdAt + 5, outcome: "kept" } as const;
    expect(await decisions.record({ ...first, ...ended, group: "Another", reason: "rule" })).toBe(true);
    expect(await decisions.byId(first.id)).toEqual({ ...first, ...ended });
  });

  test("a decision can be finished, and one that does not exist cannot", async () => {
    const { decisions } = bench().store;
    await decisions.record(decisionOf(1));
    await decisions.finish("d-0001", "written", 1_795_000_000_000);
    expect(await decisions.byId("d-0001")).toMatchObject({ state: "written", writtenAt: 1_795_000_000_000 });
    await expect(decisions.finish("d-none", "written", 1)).rejects.toMatchObject({
      code: "store.no_decision",
    });
  });

  test("pages are newest first, miss nothing and repeat nothing while new decisions arrive", async () => {
    const { decisions } = bench().store;
    // Three share a millisecond, across the edge of a page.
    for (const number of [1, 2, 3, 4, 5, 6, 7])
      await decisions.record(
        decisionOf(number, number > 2 && number < 6 ? { createdAt: 5 } : { createdAt: number }),
      );
    const newestFirst = ["d-0007", "d-0006", "d-0005", "d-0004", "d-0003", "d-0002", "d-0001"];
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await decisions.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((decision) => decision.id));
      cursor = page.nextCursor;
      await decisions.record(decisionOf(100 + seen.length));
    }
    expect(seen).toEqual(newestFirst);
  });

  test("a page can be of one ticket, and the last page has no cursor", async () => {
    const { decisions } = bench().store;
    await decisions.record(decisionOf(1, { ticketId: 7 }));
    await decisions.record(decisionOf(2, { ticketId: 8 }));
    await decisions.record(decisionOf(3, { ticketId: 7 }));
    const page = await decisions.list({ ticketId: 7, limit: 2 });
    expect(page.items.map((decision) => decision.id)).toEqual(["d-0003", "d-0001"]);
    expect(page.nextCursor).toBeNull();
  });

  test.each(["", "nonsense", "W10", "WyJhIiwxXQ", "%%%"])("the cursor %j is refused", async (cursor) => {
    const refused = bench().store.decisions.list({ limit: 2, cursor });
    await expect(refused).rejects.toBeInstanceOf(PermanentError);
    await expect(refused).rejects.toMatchObject({ code: "store.bad_cursor" });
  });

  test("counts are by action and state", async () => {
    const { decisions } = bench().store;
    expect(await decisions.counts()).toEqual({});
    await decisions.record(decisionOf(1, { state: "written" }));
    await decisions.record(decisionOf(2, { state: "written" }));
    await decisions.record(decisionOf(3, UNREAD));
    expect(await decisions.counts()).toEqual({ "assign:written": 2, "skip:recorded": 1 });
  });

  test("what could not be read back is not taken in, and the error quotes nothing of the ticket", async () => {
    const { decisions } = bench().store;
    const broken = {
      ...CLASSIFICATION,
      evidence: "my secret" as unknown as string[],
      confidence: Number.NaN,
    };
    const error: unknown = await decisions.record(decisionOf(1, { classification: broken })).catch((e) => e);
    expect(error).toMatchObject({ code: "store.invalid_value" });
    expect(String(error)).toContain("classification.evidence, classification.confidence");
    expect(String(error)).not.toContain("my secret");
  });

  test("a decision that was damaged in the store is named, and not guessed at", async () => {
    const { store, db } = bench();
    await store.decisions.record(decisionOf(1));
    await db.updateTable("decision").set({ classification_json: '{"intent":' }).execute();
    await expect(store.decisions.byId("d-0001")).rejects.toMatchObject({
      code: "store.unreadable",
      message: expect.stringMatching(/d-0001.*classification/),
    });
  });
}
