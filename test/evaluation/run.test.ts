import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { PermanentError, RetryableError } from "../../src/errors.ts";
import { type Answer, classificationOf } from "../../src/evaluation/answer.ts";
import { runEvaluation } from "../../src/evaluation/run.ts";
import { openRunFile } from "../../src/evaluation/run-file.ts";
import type { Classifier } from "../../src/ports/classifier.ts";
import { answer, table, ticket } from "./scored.ts";

const TICKETS = Array.from({ length: 12 }, (_, index) =>
  ticket({ id: `t${index + 1}`, description: `Text ${index + 1}`, intent: "refund" }),
);

/** Answers after a moment at a price of 0.01; `before` may do something else with a ticket, counted from 1. */
function classifierWith(
  before: (asked: number, signal?: AbortSignal) => void = () => {},
  said: (asked: number) => Partial<Answer> = () => ({}),
) {
  const seen = { asked: 0, atOnce: 0, most: 0, mostAtFirst: 0 };
  const classifier: Classifier = {
    kind: "claude",
    async classify(_ticket, _routing, signal) {
      seen.asked++;
      seen.most = Math.max(seen.most, ++seen.atOnce);
      try {
        before(seen.asked, signal);
        await wait(2, undefined, signal === undefined ? {} : { signal });
        return classificationOf(answer({ intent: "refund", cost_usd: 0.01, ...said(seen.asked) }));
      } finally {
        seen.atOnce--;
      }
    },
  };
  return { classifier, seen };
}

async function run(
  classifier: Classifier,
  more: Partial<Parameters<typeof runEvaluation>[0]> = {},
): Promise<{ end: string; answers: Answer[]; waits: number[]; codes: string[] }> {
  const answers: Answer[] = [];
  const waits: number[] = [];
  const codes: string[] = [];
  const end = await runEvaluation({
    classifier,
    routing: { version: 1, table },
    tickets: TICKETS,
    concurrency: 3,
    maxCostUsd: null,
    expected: [{ model: "m", coldUsd: 0.01, warmUsd: 0.01 }],
    signal: new AbortController().signal,
    now: Date.now,
    sleep: async (ms) => void waits.push(ms),
    onAnswer: (each) => answers.push(each),
    onWait: ({ code }) => codes.push(code),
    ...more,
  });
  return { end, answers, waits, codes };
}

test("every ticket is asked about once, as many at a time as was said, the first alone", async () => {
  let atSecond = 0;
  const { classifier, seen } = classifierWith((asked) => {
    if (asked === 2) atSecond = seen.atOnce;
  });
  const { end, answers } = await run(classifier);
  expect(end).toBe("complete");
  expect(answers.map(({ id }) => id).toSorted()).toEqual(TICKETS.map(({ id }) => id).toSorted());
  expect(seen).toMatchObject({ asked: 12, most: 3 });
  expect(atSecond).toBe(1);
});

test("the money given is never passed, also with tickets under way, and also when one is dearer than expected", async () => {
  const { classifier } = classifierWith();
  const exact = await run(classifier, { maxCostUsd: 0.055 });
  expect(exact.end).toBe("max_cost");
  expect(exact.answers).toHaveLength(5);
  const cheapLooking = await run(classifier, { maxCostUsd: 0.055, expected: [] });
  expect(cheapLooking.answers.length * 0.01).toBeLessThanOrEqual(0.055);
  const poor = await run(classifier, { maxCostUsd: 0.005 });
  expect(poor).toMatchObject({ end: "max_cost", answers: [] });
});

test("what the first call of each model paid for the cache is not kept back for every ticket", async () => {
  const tokens = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 };
  const { classifier } = classifierWith(undefined, (asked) =>
    asked === 1
      ? { model: "large", cost_usd: 0.05, tokens: { ...tokens, cacheWrite: 9 } }
      : { model: "small", cost_usd: 0.001, tokens },
  );
  const expected = [
    { model: "small", coldUsd: 0.002, warmUsd: 0.001 },
    { model: "large", coldUsd: 0.05, warmUsd: 0.005 },
  ];
  expect(await run(classifier, { maxCostUsd: 0.1, expected })).toMatchObject({ end: "complete" });
  expect((await run(classifier, { maxCostUsd: 0.051, expected })).end).toBe("max_cost");
});

test("being stopped ends what is under way, keeps what is done, and is no error", async () => {
  const stop = new AbortController();
  const { classifier } = classifierWith((asked) => {
    if (asked === 6) stop.abort();
  });
  const { end, answers } = await run(classifier, { signal: stop.signal });
  expect(end).toBe("interrupted");
  expect(answers.length).toBeGreaterThanOrEqual(3);
  expect(answers.length).toBeLessThan(6);
});

test("what may pass is waited for as long as it asks, and the ticket still gets its answer", async () => {
  const { classifier } = classifierWith((asked) => {
    if (asked === 3) throw new RetryableError("claude.rate_limited", "Later.", { retryAfterMs: 700 });
  });
  const { end, answers, waits, codes } = await run(classifier);
  expect({ end, answers: answers.length }).toEqual({ end: "complete", answers: 12 });
  expect({ waits, codes }).toEqual({ waits: [700], codes: ["claude.rate_limited"] });
});

test("what waiting does not mend ends the run with its reason, and the answers before it are kept", async () => {
  for (const error of [
    new RetryableError("claude.configuration", "The key is wrong."),
    new PermanentError("claude.bad_prices", "No."),
  ]) {
    const kept: Answer[] = [];
    const { classifier } = classifierWith((asked) => {
      if (asked > 4) throw error;
    });
    await expect(run(classifier, { onAnswer: (each) => kept.push(each) })).rejects.toBe(error);
    expect(kept.length).toBeGreaterThanOrEqual(1);
  }
});

test("a run file gives back whole answers, forgets a line that was cut off, and holds no text", () => {
  const folder = mkdtempSync(join(tmpdir(), "switchyard-run-"));
  const path = join(folder, "run.jsonl");
  try {
    const file = openRunFile(path, { fresh: false });
    file.add(answer({ id: "a", confidence: 0.7 }));
    file.add(answer({ id: "b", refused: "classifier_refused", cost_usd: null }));
    appendFileSync(path, '{"id":"c","intent":"ref');
    const again = openRunFile(path, { fresh: false });
    expect([...again.answers.keys()]).toEqual(["a", "b"]);
    expect(again.answers.get("a")).toEqual(answer({ id: "a", confidence: 0.7 }));
    again.add(answer({ id: "c" }));
    expect([...openRunFile(path, { fresh: false }).answers.keys()]).toEqual(["a", "b", "c"]);
    expect(readFileSync(path, "utf8")).not.toMatch(/Text|reasoning|evidence/);
    expect(openRunFile(path, { fresh: true }).answers.size).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
