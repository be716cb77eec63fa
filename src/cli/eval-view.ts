/** An evaluation on a terminal. */

import type { Evaluation, Figures } from "../evaluation/evaluation.ts";
import type { Slice } from "../evaluation/slices.ts";
import { counted, MEASURES, percentOf, shareText, versusText } from "../evaluation/wording.ts";
import { REASONS } from "../triage/decision.ts";
import { type Column, type Screen, spoken, tableOf } from "./output.ts";
import { wrapped } from "./wrapped.ts";

/** Lines of a list; the rest is in the report. */
const SHOWN = 8;

export function evaluationLines(evaluation: Evaluation, screen: Screen): string {
  const { classifiers, comparisons } = evaluation;
  return [
    headline(classifiers, screen),
    ...comparisons.map((versus) => wrapped(versusText(versus), screen.width)),
    ...classifiers.flatMap((figures) => details(figures, classifiers.length > 1, screen)),
  ].join("\n\n");
}

function headline(classifiers: readonly Figures[], screen: Screen): string {
  const models: Row = ["Model", ...classifiers.map(({ models: names }) => names.map(spoken).join(", "))];
  const rows: Row[] = [
    models,
    ["Prompt", ...classifiers.map(({ promptVersions }) => promptVersions.map(spoken).join(", "))],
    ["Tickets answered", ...classifiers.map(({ tickets }) => counted(tickets))],
    ...MEASURES.map(({ name, of }): Row => [name, ...classifiers.map(of)]),
  ];
  const columns: Column<Row>[] = ["", ...classifiers.map(({ classifier }) => classifier)].map(
    (head, index) => ({ head, cell: (row) => row[index] ?? "" }),
  );
  return tableOf(columns, rows, screen);
}

type Row = readonly string[];

function details(figures: Figures, named: boolean, screen: Screen): string[] {
  const title = (text: string): string =>
    screen.paint("bold", named ? `${text}: ${figures.classifier}` : text);
  const part = <T>(text: string, columns: readonly Column<T>[], rows: readonly T[]): string[] =>
    rows.length === 0 ? [] : [`${title(text)}\n${tableOf(columns, rows.slice(0, SHOWN), screen)}`];
  const weak = figures.perIntent.filter(({ f1 }) => f1 !== null && f1 < 1);
  return [
    ...part("Weakest intents", WEAK, weak),
    ...part("Taken for another", CONFUSED, figures.confusedPairs),
    ...part("Left to people", LEFT, figures.leftToPeople),
    ...part("By language", SLICE, figures.byLanguage),
    ...part("By length", SLICE, figures.byLength),
    ...part("By kind of ticket", SLICE, figures.byTag),
  ];
}

const WEAK: readonly Column<Figures["perIntent"][number]>[] = [
  { head: "Intent", cell: ({ intent }) => spoken(intent) },
  { head: "F1", cell: ({ f1 }) => percentOf(f1), align: "right", fixed: true },
  { head: "Precision", cell: ({ precision }) => percentOf(precision.share), align: "right", fixed: true },
  { head: "Recall", cell: ({ recall }) => percentOf(recall.share), align: "right", fixed: true },
  { head: "Tickets", cell: ({ expected }) => counted(expected), align: "right", fixed: true },
];

const CONFUSED: readonly Column<Figures["confusedPairs"][number]>[] = [
  { head: "Expected", cell: ({ expected }) => spoken(expected) },
  { head: "Answered", cell: ({ answered }) => spoken(answered) },
  { head: "Tickets", cell: ({ count }) => counted(count), align: "right", fixed: true },
];

const LEFT: readonly Column<Figures["leftToPeople"][number]>[] = [
  { head: "Why", cell: ({ reason }) => REASONS[reason] },
  { head: "Tickets", cell: ({ count }) => counted(count), align: "right", fixed: true },
  { head: "Rightly", cell: ({ rightly }) => counted(rightly), align: "right", fixed: true },
];

const SLICE: readonly Column<Slice>[] = [
  { head: "", cell: ({ name }) => spoken(name) },
  { head: "Tickets", cell: ({ tickets }) => counted(tickets), align: "right", fixed: true },
  { head: "Right intent", cell: ({ accuracy }) => shareText(accuracy.intent), fixed: true },
  {
    head: "Right team",
    cell: ({ accuracy }) => percentOf(accuracy.groupMeant.share),
    align: "right",
    fixed: true,
  },
];
