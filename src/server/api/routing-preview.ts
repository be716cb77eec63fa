import { z } from "zod";
import { storedCalibration } from "../../ports/calibration.ts";
import type { Decisions } from "../../ports/store.ts";
import type { Calibration } from "../../triage/calibration.ts";
import { type DecideInput, decide, type Groups, groupsByName } from "../../triage/decide.ts";
import type { Decision, Verdict } from "../../triage/decision.ts";
import type { RoutingTable } from "../../triage/routing-table.ts";
import type { AppDeps } from "../deps.ts";
import { type Route, route } from "../route.ts";
import { TableIn } from "./routing-json.ts";

const MAX_COMPARED = 2_000;
const USUAL_COMPARED = 500;
const PAGE = 100;
const MAX_LISTED = 50;

/** Where a ticket ends: a group's name, with " (shadow)" when the row only pretends; null for the review queue. */
const Place = z.string().nullable();

const PreviewJson = z
  .object({
    /** How many recent decisions could be decided again: those of which ticket and classification are known. */
    compared: z.number().int(),
    moved: z.number().int(),
    moves: z.array(z.object({ from: Place, to: Place, count: z.number().int() })),
    /** The newest of those that would move. */
    decisions: z.array(z.object({ id: z.string(), ticket_id: z.number().int(), from: Place, to: Place })),
  })
  .meta({ id: "RoutingPreview", description: "What a table would have done with recent tickets." });

export const previewRoutes = ({ store, groups }: AppDeps): Route[] => [
  route({
    method: "post",
    path: "/routing/preview",
    summary: "Where recent tickets would go with the table sent along, or with the draft; nothing is written",
    access: "admin",
    body: z.strictObject({
      table: TableIn.optional(),
      limit: z.int().min(1).max(MAX_COMPARED).default(USUAL_COMPARED),
    }),
    response: PreviewJson,
    handle: async ({ body }) => {
      const [current, draft, known] = await Promise.all([
        store.routing.current(),
        body.table === undefined ? store.routing.draft() : null,
        groups(),
      ]);
      const next = body.table ?? draft?.table ?? current.table;
      return preview(store.decisions, body.limit, {
        current: current.table,
        next,
        groups: groupsByName(known),
        calibration: await storedCalibration(store.cursors, current.version),
      });
    },
  }),
];

interface WhatIf {
  readonly current: RoutingTable;
  readonly next: RoutingTable;
  readonly groups: Groups;
  readonly calibration: Calibration | null;
}

interface Move {
  readonly id: string;
  readonly ticket_id: number;
  readonly from: string | null;
  readonly to: string | null;
}

async function preview(
  decisions: Decisions,
  limit: number,
  whatIf: WhatIf,
): Promise<z.input<typeof PreviewJson>> {
  const moved: Move[] = [];
  let compared = 0;
  for await (const decision of newest(decisions, limit)) {
    const again = againWith(decision, whatIf);
    if (again === null) continue;
    compared++;
    if (again.from !== again.to) moved.push({ id: decision.id, ticket_id: decision.ticketId, ...again });
  }
  return { compared, moved: moved.length, moves: counted(moved), decisions: moved.slice(0, MAX_LISTED) };
}

async function* newest(decisions: Decisions, limit: number): AsyncGenerator<Decision> {
  let left = limit;
  let cursor: string | null = null;
  do {
    const page = await decisions.list({
      limit: Math.min(PAGE, left),
      ...(cursor === null ? {} : { cursor }),
    });
    yield* page.items;
    left -= page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && left > 0);
}

/** Null: the table had no say in this decision, or too little of it was kept. */
function againWith(
  decision: Decision,
  { current, next, groups, calibration }: WhatIf,
): Pick<Move, "from" | "to"> | null {
  const { ticket, action, createdAt } = decision;
  const classification = answerOf(decision);
  if (ticket === null || classification === null || action === "skip") return null;
  const place = (table: RoutingTable): string | null =>
    // Live for both: what is compared are the tables, not the mode that the server happened to run in.
    placeOf(decide({ ticket, classification, table, groups, mode: "live", now: createdAt, calibration }));
  return { from: place(current), to: place(next) };
}

function answerOf({ classification, reason }: Decision): DecideInput["classification"] | null {
  if (classification !== null) return classification;
  return reason === "classifier_refused" || reason === "classifier_failed" ? reason : null;
}

const placeOf = ({ action, group, mode }: Verdict): string | null => {
  if (action !== "assign" || group === null) return null;
  return mode === "shadow" ? `${group} (shadow)` : group;
};

/** The most frequent first. */
function counted(moved: readonly Move[]): { from: string | null; to: string | null; count: number }[] {
  const byPlaces = Map.groupBy(moved, ({ from, to }) => JSON.stringify([from, to]));
  return [...byPlaces.values()]
    .flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ from: first.from, to: first.to, count: others.length + 1 }],
    )
    .sort((a, b) => b.count - a.count);
}
