/** `classify --jsonl`: many tickets, one JSON line each. */
import { createInterface } from "node:readline/promises";
import type { Readable } from "node:stream";
import type { Now } from "../ports/now.ts";
import { answerToJson } from "./answer-view.ts";
import { isConfiguration } from "./configuration-fault.ts";
import type { DryRun } from "./dry-run.ts";
import type { Screen } from "./output.ts";
import type { RoutingSource } from "./routing-source.ts";
import { EXIT, type ExitCode, Stop } from "./shell.ts";
import { emptyTicket, ticketFromJson } from "./ticket-input.ts";

/** A line that is no ticket, or that fails, is answered by its error: the others still count. */
export async function classifyLines(
  input: Readable,
  run: DryRun,
  source: RoutingSource,
  { screen, now }: { screen: Screen; now: Now },
): Promise<ExitCode> {
  let line = 0;
  const count = { done: 0, failed: 0 };
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === "") continue;
    const answer = await answerTo(text, run, source, now());
    screen.dataLine({ line, ...answer });
    count["error" in answer ? "failed" : "done"]++;
  }
  const { done, failed } = count;
  if (done + failed === 0) throw emptyTicket();
  screen.note(`${done} of ${done + failed} classified`);
  if (failed === 0) return EXIT.ok;
  return done > 0 ? EXIT.partly : EXIT.failed;
}

async function answerTo(text: string, run: DryRun, source: RoutingSource, now: number): Promise<object> {
  try {
    return answerToJson(await run(ticketFromJson(jsonIn(text), now)), source);
  } catch (error) {
    // It would be the same for every other line.
    if (isConfiguration(error)) throw error;
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Stop(EXIT.usage, "This line is not JSON.");
  }
}
