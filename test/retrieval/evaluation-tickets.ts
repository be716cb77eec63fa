/** The shipped evaluation tickets and the shipped table, as the tests read them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Classifier } from "../../src/ports/classifier.ts";
import { parseRoutingFile } from "../../src/routing-file.ts";
import type { Classification } from "../../src/triage/classification.ts";
import { type RoutingTable, rowOf } from "../../src/triage/routing-table.ts";
import { ticket as ticketWith } from "../triage/builders.ts";

const CONFIG = join(import.meta.dirname, "../../config");

type EvaluationFile = "base" | "multilingual" | "edge";

const EvaluationTicket = z.strictObject({
  id: z.string(),
  subject: z.string(),
  description: z.string().min(1),
  intent: z.string(),
  language: z.string(),
  tags: z.array(z.string()),
});
type EvaluationTicket = z.infer<typeof EvaluationTicket>;

export const evaluationTickets = (file: EvaluationFile): EvaluationTicket[] =>
  readFileSync(join(CONFIG, "evaluation", `${file}.jsonl`), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => EvaluationTicket.parse(JSON.parse(line)));

export function defaultTable(): RoutingTable {
  const file = parseRoutingFile(readFileSync(join(CONFIG, "routing.yaml"), "utf8"));
  if ("problems" in file) throw new Error(file.problems.map((problem) => problem.message).join("\n"));
  return file.table;
}

interface Answered {
  readonly ticket: EvaluationTicket;
  readonly answer: Classification;
}

export async function answersTo(
  tickets: readonly EvaluationTicket[],
  classifier: Classifier,
  table: RoutingTable,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const ticket of tickets) {
    const answer = await classifier.classify(
      ticketWith({ subject: ticket.subject, description: ticket.description }),
      { version: 1, table },
    );
    if ("refused" in answer) throw new Error(`${ticket.id} was refused: ${answer.message}`);
    answers.push({ ticket, answer });
  }
  return answers;
}

/** Shares of 1: right intent, right group, and what the classifier said of itself. */
export function measure(answers: readonly Answered[], table: RoutingTable) {
  const groupOf = (intent: string): string => rowOf(table, intent)?.group ?? table.fallback.group;
  const share = (value: (answered: Answered) => number): number =>
    answers.reduce((sum, answered) => sum + value(answered), 0) / answers.length;
  return {
    intent: share(({ ticket, answer }) => Number(ticket.intent === answer.intent)),
    group: share(({ ticket, answer }) => Number(groupOf(ticket.intent) === groupOf(answer.intent))),
    confidence: share(({ answer }) => answer.confidence),
  };
}
