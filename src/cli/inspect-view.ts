/** An inspection on a terminal. */
import type { DraftRow } from "../inspection/draft.ts";
import type { Counted } from "../inspection/figures.ts";
import { byHour, byWeekday, WEEKDAYS } from "../inspection/hours.ts";
import type { Inspection } from "../inspection/inspection.ts";
import type { Flow, PlacerReport } from "../inspection/rules-report.ts";
import { counted, DRAFT_CAVEAT, leadText, MEASURES, percentOf, shareText } from "../inspection/wording.ts";
import { type Column, labelled, type Screen, spoken, tableOf } from "./output.ts";

/** Lines of a list; the rest is in the report and in the JSON. */
const SHOWN = 8;
const ROWS_SHOWN = 12;

export function inspectionLines(inspection: Inspection, screen: Screen): string {
  const { volume, placers, assigners, flows, failingRules, fights, criteria, native } = inspection;
  const title = (text: string): string => screen.paint("bold", text);
  const part = <T>(
    name: string,
    columns: readonly Column<T>[],
    rows: readonly T[],
    most = SHOWN,
  ): string[] =>
    rows.length === 0
      ? []
      : [`${title(name)}${more(rows, most)}\n${tableOf(columns, rows.slice(0, most), screen)}`];
  const listed = (name: string, lines: readonly string[]): string[] =>
    lines.length === 0
      ? []
      : [
          `${title(name)}${more(lines, SHOWN)}\n${lines
            .slice(0, SHOWN)
            .map((line) => wrapped(line, screen.width))
            .join("\n")}`,
        ];
  return [
    wrapped(spoken(leadText(inspection)), screen.width),
    ...unreadLines(inspection, screen),
    labelled(
      MEASURES.map(({ name, of }) => [name, of(inspection)]),
      screen,
    ),
    ...part("By group", volumeColumns("Group"), volume.byGroup),
    ...part("By channel", volumeColumns("Channel"), volume.byChannel),
    ...part("By language", volumeColumns("Language"), volume.byLanguage),
    ...weekLines(inspection, title),
    ...part("Who or what gave the first group", PLACERS, placers),
    ...part("Who or what gave the first agent", ASSIGNERS, assigners),
    ...part("Where people moved tickets", FLOWS, flows),
    ...part("Rules whose tickets people moved on", PLACERS, failingRules),
    ...listed(
      "Triggers that would fight a router",
      fights.map(({ title: name, why }) => spoken(`${name}: ${why}`)),
    ),
    ...listed(
      "What the rules ask for",
      criteria.map(({ rule, says }) => spoken(`${rule}: ${says}`)),
    ),
    ...(native === null
      ? []
      : [
          `${title("Zendesk's intelligent triage")}\n${wrapped(
            `${shareText(native.tagged)} of the tickets carry its intent. ${shareText(native.agreement)} of those in a group stand where most of their intent do.`,
            screen.width,
          )}`,
        ]),
    ...draftLines(inspection, part, screen),
  ].join("\n\n");
}

const more = (rows: readonly unknown[], most: number): string =>
  rows.length > most ? ` (${most} of ${counted(rows.length)})` : "";

const unreadLines = ({ unread }: Inspection, { width }: Screen): string[] =>
  unread.length === 0
    ? []
    : [unread.map(({ what, why }) => wrapped(`Not read: ${what}. ${why}`, width)).join("\n")];

const volumeColumns = (head: string): readonly Column<Counted>[] => [
  { head, cell: ({ name }) => spoken(name) },
  { head: "Tickets", cell: ({ tickets }) => counted(tickets), align: "right", fixed: true },
];

const TICKETS = { head: "Tickets", align: "right", fixed: true } as const;

const PLACERS: readonly Column<PlacerReport>[] = [
  { head: "By", cell: ({ name }) => spoken(name) },
  { ...TICKETS, cell: ({ tickets }) => counted(tickets) },
  { head: "Moved by people", cell: ({ moved }) => percentOf(moved), align: "right", fixed: true },
];
const ASSIGNERS = PLACERS.slice(0, 2);

const FLOWS: readonly Column<Flow>[] = [
  { head: "From", cell: ({ from }) => spoken(from) },
  { head: "To", cell: ({ to }) => spoken(to) },
  { ...TICKETS, cell: ({ tickets }) => counted(tickets) },
];

const ROWS: readonly Column<DraftRow>[] = [
  { head: "Intent", cell: ({ name }) => spoken(name) },
  { head: "Group", cell: ({ group }) => spoken(group) },
  { ...TICKETS, cell: ({ tickets }) => counted(tickets) },
  { head: "In there", cell: ({ agreement }) => percentOf(agreement), align: "right", fixed: true },
  { head: "By", cell: ({ basis }) => basis, fixed: true },
];

/** A column of eight heights for each hour: a picture where there are no pictures. */
const HEIGHTS = "▁▂▃▄▅▆▇█";

function weekLines(
  { volume: { week }, timeZone, tickets }: Inspection,
  title: (text: string) => string,
): string[] {
  if (tickets === 0) return [];
  const hours = byHour(week);
  const most = Math.max(...hours, 1);
  const bars = hours.map((count) =>
    count === 0 ? " " : HEIGHTS[Math.ceil((count / most) * HEIGHTS.length) - 1],
  );
  const days = byWeekday(week).map((count, day) => `${WEEKDAYS[day]} ${counted(count)}`);
  return [
    [
      title(`By hour and weekday (${spoken(timeZone)})`),
      bars.join(" "),
      hours
        .map((_, hour) => (hour % 6 === 0 ? String(hour).padEnd(12) : ""))
        .join("")
        .trimEnd(),
      days.join("  "),
    ].join("\n"),
  ];
}

type Part = <T>(name: string, columns: readonly Column<T>[], rows: readonly T[], most?: number) => string[];

function draftLines({ draft }: Inspection, part: Part, { width }: Screen): string[] {
  if (draft === null) return [];
  const seen = draft.rows.filter(({ tickets }) => tickets > 0);
  const unsure = draft.rows.filter(({ basis }) => basis === "fallback").length;
  const lost =
    unsure === 0
      ? ""
      : ` ${counted(unsure)} of ${counted(draft.rows.length)} intents found no group and go to “${spoken(draft.fallback)}”.`;
  return [
    ...part("A first guess at a routing table", ROWS, seen, ROWS_SHOWN),
    wrapped(`${DRAFT_CAVEAT}${lost}`, width),
  ];
}

/** At blanks, so that sentences keep to the width as tables do. */
function wrapped(text: string, width: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}
