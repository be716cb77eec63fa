/** How the account's rules do: what each placed, and what people moved away from where it had put it. Pure. */
import { type Share, shareOf } from "./figures.ts";
import type { Placement } from "./journey.ts";
import type { TicketRecord } from "./ticket-record.ts";

export interface PlacerReport {
  /** `trigger “VIP to Tier 2”`, `a person`, … */
  readonly name: string;
  readonly tickets: number;
  /** Of those, how many people moved to another group afterwards. */
  readonly moved: Share;
}

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly tickets: number;
}

/** Who a placement is told as. @param omnichannel whether the account routes so, as far as it tells */
export function placerName({ by, rule }: Placement, omnichannel: boolean): string {
  const named: Readonly<Record<Placement["by"], string>> = {
    person: "a person",
    trigger: `trigger “${rule ?? "without a name"}”`,
    automation: `automation “${rule ?? "without a name"}”`,
    zendesk: omnichannel ? "omnichannel routing" : "Zendesk itself, naming no rule",
    program: "a program, through the API",
    switchyard: "Switchyard",
    creation: "its group when it came in",
  };
  return named[by];
}

export const NOBODY = "nobody";

/** By whoever gave the ticket its first group; the busiest first. */
export function groupPlacers(records: readonly TicketRecord[], omnichannel: boolean): PlacerReport[] {
  return placers(records, ({ placed }) => placed && placerName(placed, omnichannel));
}

/** The same for the first agent. */
export function agentPlacers(records: readonly TicketRecord[], omnichannel: boolean): PlacerReport[] {
  return placers(records, ({ assigned }) => assigned && placerName(assigned, omnichannel));
}

function placers(
  records: readonly TicketRecord[],
  nameOf: (record: TicketRecord) => string | null,
): PlacerReport[] {
  const groups = Map.groupBy(records, (record) => nameOf(record) ?? NOBODY);
  return [...groups]
    .map(([name, some]) => ({
      name,
      tickets: some.length,
      moved: shareOf(some.filter(movedByPerson).length, some.length),
    }))
    .sort((a, b) => b.tickets - a.tickets || a.name.localeCompare(b.name, "en"));
}

export const movedByPerson = ({ moves }: TicketRecord): boolean => moves.some(({ by }) => by === "person");

/** Triggers and automations that put a ticket where a person did not leave it; most tickets first. */
export const failingRules = (records: readonly TicketRecord[]): PlacerReport[] =>
  groupPlacers(
    records.filter(({ placed }) => placed?.by === "trigger" || placed?.by === "automation"),
    false,
  )
    .filter(({ moved }) => moved.count > 0)
    .sort((a, b) => b.moved.count - a.moved.count);

/** From which group to which one people moved tickets most. */
export function flowsOf(records: readonly TicketRecord[], nameOf: (groupId: number) => string): Flow[] {
  const moves = records.flatMap((record) => record.moves.filter(({ by }) => by === "person"));
  return [...Map.groupBy(moves, ({ from, to }) => `${from} ${to}`).values()]
    .flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : [{ from: nameOf(first.from), to: nameOf(first.to), tickets: rest.length + 1 }],
    )
    .sort(
      (a, b) => b.tickets - a.tickets || a.from.localeCompare(b.from, "en") || a.to.localeCompare(b.to, "en"),
    );
}
