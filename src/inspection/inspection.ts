/** How an account routes its tickets today: every figure of the report, from plain records. Pure. */
import type { AccountSetup, Unread } from "../ports/inspection.ts";
import { type TriggerFight, triggerFights } from "../triage/trigger-fights.ts";
import { type Criterion, criteriaOf } from "./criteria.ts";
import { type Draft, type DraftGround, draftOf } from "./draft.ts";
import { type Counted, countBy, type Share, type Spread, shareOf, shareWhere, spreadOf } from "./figures.ts";
import { type Week, weekOf } from "./hours.ts";
import { type NativeTriage, nativeTriageOf } from "./native-triage.ts";
import {
  agentPlacers,
  type Flow,
  failingRules,
  flowsOf,
  groupPlacers,
  movedByPerson,
  type PlacerReport,
} from "./rules-report.ts";
import type { TicketRecord } from "./ticket-record.ts";

export interface Inspection {
  readonly account: string;
  /** ISO 8601. */
  readonly at: string;
  /** False: it was stopped, or some tickets could not be read. */
  readonly complete: boolean;
  readonly tickets: number;
  /** When the first and the last of them were made, ISO 8601; null when there are none. */
  readonly from: string | null;
  readonly until: string | null;
  /** IANA: whose clock the hours are told by. */
  readonly timeZone: string;
  readonly unread: readonly Unread[];
  /** How many there are of each; null: could not be read. */
  readonly setup: Readonly<Record<keyof Omit<AccountSetup, "omnichannel">, number | null>>;
  readonly volume: {
    readonly byGroup: readonly Counted[];
    readonly byChannel: readonly Counted[];
    readonly byLanguage: readonly Counted[];
    readonly byBrand: readonly Counted[];
    readonly week: Week;
  };
  readonly placers: readonly PlacerReport[];
  readonly assigners: readonly PlacerReport[];
  readonly toGroup: Spread;
  readonly toAgent: Spread;
  readonly rerouted: Share;
  readonly reroutedByPeople: Share;
  readonly flows: readonly Flow[];
  readonly reopened: Share;
  readonly escalated: Share;
  readonly solved: Share;
  /** Of all tickets: no trigger and no automation changed anything. */
  readonly untouchedByRules: Share;
  /** Of all tickets: no trigger and no automation gave it its group. */
  readonly unplacedByRules: Share;
  /** Of all tickets: Switchyard gave it its group, so these figures are no longer those of before. */
  readonly placedByUs: Share;
  readonly failingRules: readonly PlacerReport[];
  readonly fights: readonly TriggerFight[];
  readonly criteria: readonly Criterion[];
  readonly native: NativeTriage | null;
  readonly draft: Draft | null;
}

export interface Findings {
  readonly account: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly complete: boolean;
  readonly timeZone: string;
  readonly setup: AccountSetup;
  readonly unread: readonly Unread[];
  readonly records: readonly TicketRecord[];
  readonly ground: Omit<DraftGround, "groups">;
}

export function inspectionOf(findings: Findings): Inspection {
  const { account, at, complete, timeZone, setup, unread, records, ground } = findings;
  const groupName = namesFor(setup.groups, "group");
  const times = records.map(({ createdAt }) => createdAt).sort((a, b) => a - b);
  const omnichannel = setup.omnichannel?.on === true;
  return {
    ...{ account, complete, timeZone, unread },
    at: new Date(at).toISOString(),
    tickets: records.length,
    from: isoOf(times[0]),
    until: isoOf(times.at(-1)),
    setup: sizesOf(setup),
    volume: volumeOf(records, { setup, times, timeZone }),
    placers: groupPlacers(records, omnichannel),
    assigners: agentPlacers(records, omnichannel),
    toGroup: spreadOf(since(records, ({ placed }) => placed?.at)),
    toAgent: spreadOf(since(records, ({ assigned }) => assigned?.at)),
    ...ratesOf(records),
    flows: flowsOf(records, groupName),
    failingRules: failingRules(records),
    fights: triggerFights(setup.triggers ?? []),
    criteria: criteriaOf(setup),
    native: nativeTriageOf(records),
    draft: draftOf(records, { ...ground, groups: setup.groups ?? [] }),
  };
}

const isoOf = (time: number | undefined): string | null =>
  time === undefined ? null : new Date(time).toISOString();

/** Groups that are gone, or that we may not see, keep their number. */
export const namesFor =
  (things: readonly { readonly id: number; readonly name: string }[] | null, word: string) =>
  (id: number | null): string =>
    id === null ? `no ${word}` : (things?.find((thing) => thing.id === id)?.name ?? `${word} ${id}`);

function sizesOf({ omnichannel: _settings, ...lists }: AccountSetup): Inspection["setup"] {
  const size = (list: readonly unknown[] | null): number | null => list?.length ?? null;
  return {
    groups: size(lists.groups),
    triggers: size(lists.triggers),
    automations: size(lists.automations),
    slaPolicies: size(lists.slaPolicies),
    queues: size(lists.queues),
    forms: size(lists.forms),
    fields: size(lists.fields),
    brands: size(lists.brands),
  };
}

interface Ground {
  readonly setup: AccountSetup;
  readonly times: readonly number[];
  readonly timeZone: string;
}

const volumeOf = (
  records: readonly TicketRecord[],
  { setup, times, timeZone }: Ground,
): Inspection["volume"] => ({
  byGroup: countBy(records, ({ groupId }) => namesFor(setup.groups, "group")(groupId)),
  byChannel: countBy(records, ({ channel }) => channel),
  byLanguage: countBy(records, ({ language }) => language),
  byBrand: countBy(records, ({ brandId }) => namesFor(setup.brands, "brand")(brandId)),
  week: weekOf(times, timeZone),
});

/** Durations from the making of the ticket, milliseconds; without the tickets to which it never happened. */
const since = (
  records: readonly TicketRecord[],
  momentOf: (record: TicketRecord) => number | undefined,
): number[] =>
  records.flatMap((record) => {
    const moment = momentOf(record);
    return moment === undefined ? [] : [Math.max(0, moment - record.createdAt)];
  });

function ratesOf(records: readonly TicketRecord[]) {
  const placed = records.filter((record) => record.placed !== null);
  const solved = records.filter(({ solvedAt, status }) => solvedAt !== null || isEnded(status));
  const byRule = ({ placed: placement }: TicketRecord): boolean =>
    placement?.by === "trigger" || placement?.by === "automation";
  return {
    rerouted: shareWhere(placed, ({ moves }) => moves.length > 0),
    reroutedByPeople: shareWhere(placed, movedByPerson),
    reopened: shareWhere(solved, ({ reopens }) => reopens > 0),
    escalated: shareWhere(records, ({ escalated }) => escalated),
    solved: shareOf(solved.length, records.length),
    untouchedByRules: shareWhere(records, ({ touchedByRule }) => !touchedByRule),
    unplacedByRules: shareWhere(records, (record) => !byRule(record)),
    placedByUs: shareWhere(records, (record) => record.placed?.by === "switchyard"),
  };
}

const isEnded = (status: string): boolean => status === "solved" || status === "closed";
