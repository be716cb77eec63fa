/** The evaluation as a page with pictures. */
import { Fragment, createElement as h, type ReactNode } from "react";
import { DataTable } from "../charts/figure.ts";
import { reportPage } from "../charts/report-page.ts";
import type { Evaluation } from "./evaluation.ts";
import {
  abstentionFigure,
  accuracyFigure,
  calibrationFigure,
  confusionFigure,
  coverageFigure,
  intentFigure,
  latencyFigure,
  sliceFigure,
} from "./report-figures.ts";
import { counted, MEASURES, percentOf, versusText } from "./wording.ts";

/** Mistakes listed; the rest is in the JSON. */
const MISTAKES_MAX = 200;

/** One self-contained HTML document. It names tickets by id and line, and holds none of their text. */
export function evaluationReport(evaluation: Evaluation): string {
  const { classifiers, tickets, data, routingTable, at, complete } = evaluation;
  const each = (figure: (figures: (typeof classifiers)[number]) => ReactNode): ReactNode[] =>
    classifiers.map(figure);
  return reportPage({
    title: `Evaluation of ${new Intl.ListFormat("en").format(classifiers.map(({ classifier }) => classifier))}`,
    lead:
      `${counted(tickets)} labelled tickets from ${data.join(", ")}, against ${routingTable}, on ${at.slice(0, 16).replace("T", " ")} UTC.` +
      (complete ? "" : " Not finished: the figures are of the tickets that were answered so far."),
    sections: [
      part("In short", ...summary(evaluation)),
      columns(accuracyFigure(classifiers), calibrationFigure(classifiers)),
      columns(coverageFigure(classifiers), ...each(latencyFigure)),
      part("Where it goes wrong", columns(...each(confusionFigure), ...each(intentFigure))),
      columns(...each(abstentionFigure)),
      part(
        "For whom",
        columns(
          ...each((figures) => sliceFigure(figures, "language", figures.byLanguage)),
          ...each((figures) => sliceFigure(figures, "length", figures.byLength)),
          ...each((figures) => sliceFigure(figures, "kind of ticket", figures.byTag)),
        ),
      ),
      part("Tickets to look at", ...each(mistakes)),
      part("How to read this", ...reading()),
    ],
  });
}

const part = (heading: string, ...content: ReactNode[]): ReactNode =>
  h(Fragment, null, h("h2", null, heading), ...content);
const columns = (...figures: ReactNode[]): ReactNode => h("div", { className: "columns" }, ...figures);

const summary = ({ classifiers, comparisons }: Evaluation): ReactNode[] => [
  h(
    "div",
    { className: "chart" },
    h(DataTable, {
      name: "In short",
      table: {
        columns: ["Measure", ...classifiers.map(({ classifier }) => classifier)],
        rows: [
          ["Model", ...classifiers.map(({ models }) => models.join(", "))],
          ["Tickets answered", ...classifiers.map((figures) => counted(figures.tickets))],
          ...MEASURES.map(({ name, of }) => [name.trim(), ...classifiers.map(of)]),
        ],
      },
    }),
  ),
  ...comparisons.map((versus) => h("p", null, versusText(versus))),
];

function mistakes({ classifier, mistakes: all }: Evaluation["classifiers"][number]): ReactNode {
  const rest = all.length - MISTAKES_MAX;
  return h(
    "details",
    { className: "chart" },
    h("summary", null, `${classifier}: ${counted(all.length)} tickets with another answer than the label`),
    h(DataTable, {
      name: `Other answers of ${classifier}`,
      table: {
        columns: ["Ticket", "Expected", "Answered", "Confidence", "Team expected", "Sent to"],
        rows: all
          .slice(0, MISTAKES_MAX)
          .map((each) => [
            `${each.id} (${each.place})`,
            each.expectedIntent ?? "–",
            each.answered,
            percentOf(each.confidence),
            each.expectedGroup ?? "people",
            each.group ?? "people",
          ]),
      },
    }),
    rest > 0 ? h("p", null, `And ${counted(rest)} more: run it with --json.`) : null,
  );
}

const READING = [
  "Numbers in brackets and whiskers are 95 % Wilson intervals: the true share lies in there, as far as these tickets are like those to come.",
  "The right team of a ticket is the one that its label names, or the one that the routing table, its rules included, gives to the right intent. A ticket that fits no intent belongs to people. By the intent: where the answered intent leads, however sure the answer was. Placed: where the ticket went; one that was left to people although a team was right is not placed right.",
  "A ticket left to people with the right intent costs time; a ticket assigned to the wrong team costs more. That is why both are shown apart.",
  "Answers that stand in this report were given by the same code that routes tickets, with the same limits on confidence.",
];
const reading = (): ReactNode[] => READING.map((text) => h("p", null, text));
