/** The pictures of an inspection's report, each with its numbers as a table. */
import { createElement as h, type ReactElement } from "react";
import { BarChart } from "../charts/bar-chart.ts";
import { Figure } from "../charts/figure.ts";
import { Histogram } from "../charts/histogram.ts";
import type { Draft } from "./draft.ts";
import { basisInWords } from "./draft-file.ts";
import type { Counted } from "./figures.ts";
import { byHour, byWeekday, WEEKDAYS } from "./hours.ts";
import type { Inspection } from "./inspection.ts";
import type { NativeTriage } from "./native-triage.ts";
import type { PlacerReport } from "./rules-report.ts";
import { counted, percentOf } from "./wording.ts";

/** Bars that a picture holds; all of them are in its table. */
const SHOWN = 12;

const ofAll = (count: number, total: number): string =>
  total === 0 ? "" : `${((count / total) * 100).toFixed(1)} %`;
const sumOf = (all: readonly { readonly tickets: number }[]): number =>
  all.reduce((sum, { tickets }) => sum + tickets, 0);
const describe = (text: string, all: readonly unknown[]): string =>
  all.length > SHOWN ? `${text} The first ${SHOWN} of ${counted(all.length)}; all are in the table.` : text;

export function volumeFigure(
  title: string,
  description: string,
  all: readonly Counted[],
): ReactElement | null {
  if (all.length === 0) return null;
  const total = sumOf(all);
  return h(
    Figure,
    {
      title,
      description: describe(description, all),
      table: {
        columns: ["Name", "Tickets", "Share"],
        rows: all.map(({ name, tickets }) => [name, tickets, ofAll(tickets, total)]),
      },
    },
    h(BarChart, {
      format: counted,
      bars: all
        .slice(0, SHOWN)
        .map(({ name, tickets }) => ({ label: name, value: tickets, note: ofAll(tickets, total) })),
    }),
  );
}

export function hoursFigure({ volume: { week }, timeZone, tickets }: Inspection): ReactElement | null {
  if (tickets === 0) return null;
  const hours = byHour(week);
  return h(
    Figure,
    {
      title: "By hour",
      description: `When tickets are made, by the clock of ${timeZone}.`,
      table: { columns: ["Hour", "Tickets"], rows: hours.map((count, hour) => [`${hour}:00`, count]) },
    },
    h(Histogram, {
      labelX: "hour of the day",
      bins: hours.map((count, hour) => ({ from: hour, to: hour + 1, count })),
    }),
  );
}

export function weekdaysFigure({ volume: { week }, timeZone, tickets }: Inspection): ReactElement | null {
  if (tickets === 0) return null;
  const days = byWeekday(week).map((count, day) => ({ name: WEEKDAYS[day] ?? "", tickets: count }));
  return volumeFigure("By weekday", `By the clock of ${timeZone}.`, days);
}

export function placersFigure(
  title: string,
  description: string,
  all: readonly PlacerReport[],
): ReactElement | null {
  if (all.length === 0) return null;
  return h(
    Figure,
    {
      title,
      description: describe(
        `${description} Beside the count: how many of them people moved to another group.`,
        all,
      ),
      table: {
        columns: ["By", "Tickets", "Moved by people", "Share"],
        rows: all.map(({ name, tickets, moved }) => [name, tickets, moved.count, percentOf(moved)]),
      },
    },
    h(BarChart, {
      format: counted,
      bars: all.slice(0, SHOWN).map(({ name, tickets, moved }) => ({
        label: name,
        value: tickets,
        note: `${percentOf(moved)} moved`,
      })),
    }),
  );
}

export function flowsFigure({ flows }: Inspection): ReactElement | null {
  if (flows.length === 0) return null;
  return h(
    Figure,
    {
      title: "Where people moved tickets",
      description: describe("From the group on the left to the one on the right.", flows),
      table: {
        columns: ["From", "To", "Moves"],
        rows: flows.map(({ from, to, tickets }) => [from, to, tickets]),
      },
    },
    h(BarChart, {
      format: counted,
      bars: flows
        .slice(0, SHOWN)
        .map(({ from, to, tickets }) => ({ label: `${from} → ${to}`, value: tickets })),
    }),
  );
}

export function draftFigure({ rows }: Draft): ReactElement {
  const seen = rows.filter(({ tickets }) => tickets > 0);
  return h(
    Figure,
    {
      title: "What the tickets seem to be about",
      description: describe(
        "Tickets by the intent that the local classifier guesses, and the group proposed for it.",
        seen,
      ),
      table: {
        columns: ["Intent", "Group", "Why"],
        rows: rows.map((row) => [row.name, row.group, basisInWords(row)]),
      },
    },
    h(BarChart, {
      format: counted,
      bars: seen
        .slice(0, SHOWN)
        .map(({ name, group, tickets }) => ({ label: `${name} → ${group}`, value: tickets })),
    }),
  );
}

export function nativeFigure({ volume }: Inspection, { intents }: NativeTriage): ReactElement {
  return h(
    Figure,
    {
      title: "Its intents, and how steadily each ends in one group",
      description: describe(
        `Of ${counted(sumOf(volume.byGroup))} tickets, those that carry the intent. Beside the count: how many of them stand where most of them do.`,
        intents,
      ),
      table: {
        columns: ["Intent", "Tickets", "In one group"],
        rows: intents.map(({ intent, tickets, inThere }) => [intent, tickets, percentOf(inThere)]),
      },
    },
    h(BarChart, {
      format: counted,
      bars: intents.slice(0, SHOWN).map(({ intent, tickets, inThere }) => ({
        label: intent,
        value: tickets,
        note: `${percentOf(inThere)} in one group`,
      })),
    }),
  );
}
