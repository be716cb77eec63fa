/** A desk with a table that is asked in two steps, in front of fake batches. */
import type { BatchDesk } from "../../src/claude/batch-run.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import type { Ticket } from "../../src/triage/ticket.ts";
import { batchDesk, settingsAt } from "./batch-desk.ts";
import { ticket } from "./desk.ts";
import type { AnswerRule } from "./fake-answer.ts";
import { type FakeBatches, startFakeBatches } from "./fake-batches.ts";
import { tableOf } from "./large-table.ts";

export const LARGER = "claude-sonnet-5-5";
export const routing = {
  version: 3,
  table: RoutingTable.parse({
    ...tableOf(3, 4, { groupOf: (_, intent) => (intent < 1 ? "Few" : "Many") }),
    classification: { cascade_above: 5, larger_model_languages: ["sw"] },
  }),
};

export const ticketsOf = (count: number): Ticket[] =>
  Array.from({ length: count }, (_, index) => ({
    ...ticket({ subject: `Ticket ${index}`, description: `I would like something. Number ${index}.` }),
    id: 100 + index,
  }));
export const idsOf = (tickets: readonly Ticket[]) => tickets.map(({ id }) => id);

export const asksForIntent = (labels: readonly string[]): boolean =>
  labels.some((label) => label.startsWith("want_"));

/** All agree on what it is, and each model is as sure of it as is said here. */
export const agreeing =
  (small: string, larger = small): AnswerRule =>
  (_, labels, model) => ({
    intent: asksForIntent(labels) ? "want_1_3" : "area_1",
    confidence: model === LARGER ? larger : small,
  });

type Ending = NonNullable<NonNullable<Parameters<typeof startFakeBatches>[0]>["ending"]>;
type Options = Partial<BatchDesk> & { escalationModel?: string | null; dailyBudgetUsd?: number | null };

export interface TwoSteps {
  readonly fake: FakeBatches;
  says(rule: AnswerRule): void;
  ends(rule: Ending): void;
  /** Of the small model alone, unless a test says otherwise. */
  desk(tickets: readonly Ticket[], options?: Options): BatchDesk;
  /** `s` for the small model and `l` for the larger, with the step, of each request in its order. */
  rounds(): readonly (string | undefined)[];
}

/** Everybody is sure, until a test says otherwise. */
export async function startTwoSteps(): Promise<TwoSteps> {
  let answer = agreeing("high");
  let ending: Ending = () => "succeeded";
  const fake = await startFakeBatches({
    answer: (...asked) => answer(...asked),
    ending: (...asked) => ending(...asked),
  });
  return {
    fake,
    says: (rule) => {
      answer = rule;
    },
    ends: (rule) => {
      ending = rule;
    },
    desk: (tickets, { escalationModel = null, dailyBudgetUsd = null, ...more } = {}) =>
      batchDesk(fake, tickets, {
        routing,
        settings: settingsAt(fake, { escalationModel, dailyBudgetUsd }),
        ...more,
      }),
    rounds: () => fake.names().map((name) => name.split("-")[1]),
  };
}
