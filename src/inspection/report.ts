/** An inspection as a page with pictures. */
import { Fragment, createElement as h, type ReactNode } from "react";
import { DataTable } from "../charts/figure.ts";
import { reportPage } from "../charts/report-page.ts";
import type { Inspection } from "./inspection.ts";
import {
  draftFigure,
  flowsFigure,
  hoursFigure,
  nativeFigure,
  placersFigure,
  volumeFigure,
  weekdaysFigure,
} from "./report-figures.ts";
import { counted, DRAFT_CAVEAT, leadText, MEASURES, percentOf, shareText } from "./wording.ts";

/** One self-contained HTML document: counts, ids and the names of rules and groups; nothing that a customer wrote. */
export function inspectionReport(inspection: Inspection): string {
  const { volume, placers, assigners, failingRules, draft } = inspection;
  return reportPage({
    title: "How tickets are routed today",
    lead: leadText(inspection),
    sections: [
      part("In short", summary(inspection), ...unreadOf(inspection)),
      part(
        "What comes in",
        columns(
          volumeFigure("By group", "Where tickets stand now.", volume.byGroup),
          volumeFigure("By channel", "How tickets come in.", volume.byChannel),
          volumeFigure(
            "By language",
            "As read from the text; where that is too short, the requester's profile.",
            volume.byLanguage,
          ),
          volumeFigure("By brand", "Which brand they were written to.", volume.byBrand),
          hoursFigure(inspection),
          weekdaysFigure(inspection),
        ),
      ),
      part(
        "Who routes",
        columns(
          placersFigure(
            "Who or what gave the first group",
            "Rules that act on the same update count as one: the last of them.",
            placers,
          ),
          volumeFigure("Who or what gave the first agent", "The first assignee of each ticket.", assigners),
        ),
      ),
      part(
        "Where it fails",
        columns(
          flowsFigure(inspection),
          placersFigure(
            "Rules whose tickets people moved on",
            "Triggers and automations that put tickets where a person did not leave them.",
            failingRules,
          ),
        ),
        ...fightsOf(inspection),
      ),
      part("What the rules ask for", ...criteriaOf(inspection)),
      ...nativeOf(inspection),
      ...(draft === null
        ? []
        : [
            part(
              "A first guess at a routing table",
              h("p", null, DRAFT_CAVEAT),
              columns(draftFigure(draft)),
              ...unused(draft.unused),
            ),
          ]),
      part("How to read this", ...READING.map((text) => h("p", null, text))),
    ],
  });
}

const part = (heading: string, ...content: ReactNode[]): ReactNode =>
  h(Fragment, null, h("h2", null, heading), ...content);
const columns = (...figures: ReactNode[]): ReactNode => h("div", { className: "columns" }, ...figures);

const table = (
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): ReactNode => h("div", { className: "chart" }, h(DataTable, { name, table: { columns: heads, rows } }));

const summary = (inspection: Inspection): ReactNode =>
  table(
    "In short",
    ["Measure", "Today"],
    MEASURES.map(({ name, of }) => [name, of(inspection)]),
  );

const unreadOf = ({ unread }: Inspection): ReactNode[] =>
  unread.map(({ what, why }) => h("p", null, `Not read: ${what}. ${why}`));

const fightsOf = ({ fights }: Inspection): ReactNode[] =>
  fights.length === 0
    ? []
    : [
        h("h3", null, "Triggers that would fight a router"),
        table(
          "Triggers that would fight a router",
          ["Trigger", "What it does", "What to change"],
          fights.map(({ title, why, remedy }) => [title, why, remedy]),
        ),
      ];

const KINDS = { sla: "SLA", priority: "Priority", group: "Group" } as const;
const criteriaOf = ({ criteria }: Inspection): ReactNode[] =>
  criteria.length === 0
    ? [h("p", null, "No SLA policy, and no rule that sets priority or group, was found.")]
    : [
        table(
          "What the rules ask for",
          ["About", "Rule", "What it says"],
          criteria.map(({ kind, rule, says }) => [KINDS[kind], rule, says]),
        ),
      ];

const nativeOf = (inspection: Inspection): ReactNode[] => {
  const { native } = inspection;
  if (native === null) return [];
  const text = `${shareText(native.tagged)} of the tickets carry an intent of Zendesk's own intelligent triage. A table from those intents to groups would at best have got ${percentOf(native.agreement)} of them right.`;
  return [
    part("Zendesk's intelligent triage", h("p", null, text), columns(nativeFigure(inspection, native))),
  ];
};

const unused = (groups: readonly string[]): ReactNode[] =>
  groups.length === 0
    ? []
    : [h("p", null, `${counted(groups.length)} groups get nothing in this guess: ${groups.join(", ")}.`)];

const READING = [
  "Times are from the making of a ticket to the first audit that gives it a group, or an agent: calendar time, nights and weekends included.",
  "Rerouted means moved from one group to another one after the first was given. What several rules make of one update counts as one step.",
  "A person's move after a rule's placement does not prove the rule wrong: tickets also move on because work is done. Look at the ones with the highest shares first.",
  "Deleted tickets are missing, and so are those of the last minutes, which Zendesk's search does not know yet.",
];
