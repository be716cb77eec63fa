/** The pictures of the report, each with its numbers as a table. */
import { createElement as h, type ReactElement } from "react";
import { BarChart } from "../charts/bar-chart.ts";
import { CalibrationPlot } from "../charts/calibration-plot.ts";
import { Figure } from "../charts/figure.ts";
import { Heatmap } from "../charts/heatmap.ts";
import { Histogram } from "../charts/histogram.ts";
import { LineChart } from "../charts/line-chart.ts";
import { REASONS } from "../triage/decision.ts";
import type { Figures } from "./evaluation.ts";
import type { Share } from "./share.ts";
import type { Slice } from "./slices.ts";
import { counted, milliseconds, percentOf, shareText } from "./wording.ts";

const bar = (label: string, share: Share, note = `${counted(share.count)} of ${counted(share.total)}`) => ({
  label,
  value: share.share ?? 0,
  low: share.low,
  high: share.high,
  note,
});

export function accuracyFigure(all: readonly Figures[]): ReactElement {
  const shares = all.flatMap(({ classifier, accuracy }) => [
    { label: `${classifier}: right intent`, share: accuracy.intent },
    { label: `${classifier}: right team, by the intent`, share: accuracy.groupMeant },
    { label: `${classifier}: placed right, of all tickets`, share: accuracy.group },
    { label: `${classifier}: placed right, of those assigned`, share: accuracy.assignedRight },
    { label: `${classifier}: assigned without a person`, share: accuracy.assigned },
  ]);
  return h(
    Figure,
    {
      title: "Accuracy",
      description: "Shares of tickets, each with its 95 % interval.",
      table: {
        columns: ["What", "Right", "Of", "Share (95 % interval)"],
        rows: shares.map(({ label, share }) => [label, share.count, share.total, shareText(share)]),
      },
    },
    h(BarChart, { max: 1, bars: shares.map(({ label, share }) => bar(label, share)) }),
  );
}

export function calibrationFigure(all: readonly Figures[]): ReactElement {
  const errors = all.map(({ classifier, calibration }) => `${classifier} ${percentOf(calibration.ece)}`);
  return h(
    Figure,
    {
      title: "Calibration",
      description: `On the dashed line, confidence means what it says; below it, it promises too much. Numbers are tickets. Expected calibration error: ${errors.join(", ")}.`,
      table: {
        columns: ["Classifier", "Confidence", "Stated on average", "Right", "Tickets"],
        rows: all.flatMap(({ classifier, calibration }) =>
          calibration.bins.map(({ from, to, stated, right }) => [
            classifier,
            `${percentOf(from)} to ${percentOf(to)}`,
            percentOf(stated),
            shareText(right),
            right.total,
          ]),
        ),
      },
    },
    h(CalibrationPlot, {
      series: all.map(({ classifier, calibration }) => ({
        name: classifier,
        bins: calibration.bins.map(({ stated, right: { share, low, high, total } }) => ({
          ...{ stated, low, high },
          right: share ?? 0,
          count: total,
        })),
      })),
    }),
  );
}

/** Below so many tickets a line jumps about and says nothing. */
const STEADY = 10;

export function coverageFigure(all: readonly Figures[]): ReactElement {
  return h(
    Figure,
    {
      title: "Accuracy against coverage",
      description:
        "Acting only on the surest tickets (left) is right more often; acting on more of them (right) leaves fewer to people. The band is the 95 % interval.",
      table: {
        columns: ["Classifier", "Acted on", "Lowest confidence", "Right intent"],
        rows: all.flatMap(({ classifier, atCoverage }) =>
          atCoverage.flatMap(({ point }) =>
            point === null
              ? []
              : [[classifier, percentOf(point.coverage), percentOf(point.threshold), shareText(point.right)]],
          ),
        ),
      },
    },
    h(LineChart, {
      labelX: "acted on, of all tickets",
      labelY: "right intent",
      domainX: [0, 1],
      formatX: (value) => `${Math.round(value * 100)} %`,
      series: all.map(({ classifier, riskCoverage }) => ({
        name: classifier,
        points: riskCoverage
          .filter(({ right }) => right.total >= STEADY)
          .map(({ coverage, right: { share, low, high } }) => ({ x: coverage, y: share ?? 0, low, high })),
      })),
    }),
  );
}

export function latencyFigure({ classifier, latencyMs, latencyBins }: Figures): ReactElement {
  return h(
    Figure,
    {
      title: `Time an answer took: ${classifier}`,
      description: `Half within ${milliseconds(latencyMs.p50)}, 95 of 100 within ${milliseconds(latencyMs.p95)}, the slowest ${milliseconds(latencyMs.slowest)}. The slowest 1 % are not drawn.`,
      table: {
        columns: ["From", "To", "Tickets"],
        rows: latencyBins.map(({ from, to, count }) => [`${from} ms`, `${to} ms`, count]),
      },
    },
    h(Histogram, { bins: latencyBins, labelX: "milliseconds" }),
  );
}

export function confusionFigure({ classifier, confusion, confusedPairs }: Figures): ReactElement | null {
  if (confusedPairs.length === 0) return null;
  return h(
    Figure,
    {
      title: `What was taken for what: ${classifier}`,
      description: `The intents that most mistakes are about: rows are the right ones, columns the answers (by the numbers of the rows). The diagonal is right.`,
      table: {
        columns: ["Expected", "Answered", "Tickets"],
        rows: confusedPairs.map(({ expected, answered, count }) => [expected, answered, count]),
      },
    },
    h(Heatmap, { ...confusion, labelRows: "expected", labelColumns: "answered" }),
  );
}

const INTENTS_SHOWN = 12;

export function intentFigure({ classifier, perIntent }: Figures): ReactElement | null {
  if (perIntent.length === 0) return null;
  return h(
    Figure,
    {
      title: `Weakest intents: ${classifier}`,
      description:
        "F1: high only where few are missed and few are taken for it wrongly. All intents are in the table.",
      table: {
        columns: ["Intent", "F1", "Precision", "Recall", "Tickets", "Answered", "Right"],
        rows: perIntent.map(({ intent, f1, precision, recall, expected, answered, right }) => [
          intent,
          percentOf(f1),
          percentOf(precision.share),
          percentOf(recall.share),
          ...[expected, answered, right],
        ]),
      },
    },
    h(BarChart, {
      max: 1,
      bars: perIntent
        .slice(0, INTENTS_SHOWN)
        .map(({ intent, f1, expected }) => ({ label: intent, value: f1 ?? 0, note: `n=${expected}` })),
    }),
  );
}

export function abstentionFigure({ classifier, leftToPeople, tickets }: Figures): ReactElement | null {
  if (leftToPeople.length === 0) return null;
  return h(
    Figure,
    {
      title: `Left to people: ${classifier}`,
      description: `Why ${counted(leftToPeople.reduce((sum, { count }) => sum + count, 0))} of ${counted(tickets)} tickets were not assigned, and how many of them belong to no team.`,
      table: {
        columns: ["Reason", "Meaning", "Tickets", "Rightly"],
        rows: leftToPeople.map(({ reason, count, rightly }) => [reason, REASONS[reason], count, rightly]),
      },
    },
    h(BarChart, {
      format: counted,
      bars: leftToPeople.map(({ reason, count, rightly }) => ({
        label: reason,
        value: count,
        note: `${counted(rightly)} rightly`,
      })),
    }),
  );
}

export function sliceFigure(
  { classifier }: Figures,
  by: string,
  slices: readonly Slice[],
): ReactElement | null {
  if (slices.length === 0) return null;
  return h(
    Figure,
    {
      title: `By ${by}: ${classifier}`,
      description: "Tickets with the right intent (or, where only that is known, the right team).",
      table: {
        columns: ["Part", "Tickets", "Right intent", "Right team", "Assigned without a person"],
        rows: slices.map(({ name, tickets, accuracy }) => [
          ...[name, tickets],
          shareText(accuracy.intent),
          shareText(accuracy.groupMeant),
          shareText(accuracy.assigned),
        ]),
      },
    },
    h(BarChart, {
      max: 1,
      bars: slices.map(({ name, accuracy: { intent, groupMeant } }) =>
        bar(name, intent.share === null ? groupMeant : intent),
      ),
    }),
  );
}
