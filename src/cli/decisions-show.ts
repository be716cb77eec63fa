/** `switchyard decisions show`: one decision with everything that is known about it. */
import type { Command } from "commander";
import type { Example } from "../ports/examples.ts";
import type { Store } from "../ports/store.ts";
import type { Decision } from "../triage/decision.ts";
import type { Outcome } from "../triage/outcome.ts";
import { decisionDetailToJson, outcomeSentences, outcomeToJson } from "../triage/outcome-json.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import { placeOf, verdictLines } from "./answer-view.ts";
import {
  classificationLines,
  classifierLine,
  intentName,
  type Line,
  promptLine,
  receiptLines,
} from "./classification-view.ts";
import { labelled, type Screen, screenFor, spoken } from "./output.ts";
import { hasStore, withStore } from "./routing-source.ts";
import { EXIT, type Shell, Stop, settingsOf } from "./shell.ts";

interface Found {
  readonly decision: Decision;
  readonly outcome: Outcome | null;
  /** What a person has said that the ticket was about. */
  readonly said: Example | null;
  /** As far as decisions name it: nothing is asked of Zendesk. */
  readonly nameOf: (groupId: number) => string | null;
  /** Earlier decisions about the same ticket, when it was asked for by its ticket. */
  readonly earlier: number;
  readonly table: RoutingTable | null;
}

const EXAMPLES = `
Examples:
  $ switchyard decisions show 4711          the latest decision about ticket 4711
  $ switchyard decisions show <decision id> --json`;
/** Enough to say how many there are; a ticket has few. */
const PER_TICKET = 50;
/** Decisions that are asked for the names of groups. */
const NAMING = 200;

export function addDecisionsShow(decisions: Command, shell: Shell): void {
  decisions
    .command("show")
    .description("show one decision in full: intent, reasons, evidence, cost")
    .argument("<id>", "a decision's id, or a ticket's number")
    .addHelpText("after", EXAMPLES)
    .action(async (id: string, _options: unknown, command: Command) => {
      const screen = screenFor(command, shell);
      const settings = settingsOf(shell);
      const found = (await hasStore(settings))
        ? await withStore(settings, shell.now, (store) => find(id, store))
        : null;
      if (found === null)
        throw new Stop(
          EXIT.failed,
          `There is no decision of that id, nor one about a ticket ${spoken(id)}. "switchyard decisions list" shows what there is.`,
        );
      if (screen.json) return screen.data(decisionDetailToJson(found.decision, found, found.nameOf));
      screen.print(textOf(found, screen));
      if (found.earlier > 0)
        screen.note(
          `There are ${found.earlier} earlier ones: switchyard decisions list --ticket ${found.decision.ticketId}`,
        );
    });
}

async function find(id: string, { decisions, examples, routing }: Store): Promise<Found | null> {
  const byId = await decisions.byId(id);
  const ofTicket = byId === null && /^\d{1,15}$/.test(id);
  const { items } = ofTicket
    ? await decisions.list({ ticketId: Number(id), limit: PER_TICKET })
    : { items: byId === null ? [] : [byId] };
  const [decision, ...earlier] = items;
  if (decision === undefined) return null;
  const version = await routing.version(decision.routingVersion);
  const [outcome, said] = await Promise.all([
    decisions.outcome(decision.id),
    examples.ofTicket(decision.ticketId),
  ]);
  const { items: recent } = await decisions.list({ limit: NAMING });
  return {
    decision,
    outcome,
    said,
    nameOf: (groupId) => recent.find((other) => other.groupId === groupId)?.group ?? null,
    earlier: earlier.length,
    table: version?.table ?? null,
  };
}

function textOf(found: Found, screen: Screen): string {
  const { decision, table } = found;
  const { classification, ticketId } = decision;
  const intent = classification === null ? "not read" : intentName(classification.intent, table);
  const lines = labelled(
    [
      ...(classification === null ? [] : classificationLines(classification, table)),
      ...verdictLines(decision),
      ...recordLines(found),
      ...(classification === null
        ? []
        : [
            ...receiptLines(classification),
            classifierLine(classification, null),
            promptLine(classification),
          ]),
    ],
    screen,
  );
  return `${screen.paint("bold", `#${ticketId} ${intent}`)} → ${placeOf(decision, screen)}\n\n${lines}`;
}

/** Local time that nobody reads the wrong way round: 2026-11-22 21:45. */
const FULL = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" });
const localTime = (ms: number): string => FULL.format(ms);

const outcomeLines = ({ outcome, nameOf }: Found): Line[] =>
  outcome === null
    ? []
    : outcomeSentences(outcomeToJson(outcome, nameOf)).map((sentence, place) => [
        place === 0 ? "Outcome" : "",
        spoken(sentence),
      ]);

const saidLines = ({ said, table }: Found): Line[] =>
  said === null
    ? []
    : [["Told", `${spoken(intentName(said.label, table))}, by ${spoken(said.confirmedBy ?? "")}`]];

const recordLines = (found: Found): Line[] => {
  const { id, state, createdAt, writtenAt, routingVersion } = found.decision;
  return [
    ["State", writtenAt === null ? state : `${state} ${localTime(writtenAt)}`],
    ...outcomeLines(found),
    ...saidLines(found),
    ["Decided", `${localTime(createdAt)}, routing table version ${routingVersion}`],
    ["Id", id],
  ];
};
