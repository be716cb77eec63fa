import { z } from "zod";
import type { Decisions } from "../../ports/store.ts";
import type { Decision } from "../../triage/decision.ts";
import { DecisionJson, decisionToJson } from "../../triage/decision-json.ts";
import { DecisionDetailJson, decisionDetailToJson } from "../../triage/outcome-json.ts";
import type { AppDeps } from "../deps.ts";
import { notFound } from "../http-error.ts";
import { type Route, route } from "../route.ts";
import { NextCursor, PageQuery } from "./page-query.ts";
import { idFromText } from "./query-number.ts";

const id = z.strictObject({ id: z.string().min(1).max(100) });
const List = PageQuery.extend({ ticket_id: idFromText.optional() });
const DecisionPage = z.object({ decisions: z.array(DecisionJson), next_cursor: NextCursor });

export const decisionRoutes = ({ store, groups, replay }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/decisions",
    summary: "Decisions, newest first",
    access: "admin",
    query: List,
    response: DecisionPage,
    handle: async ({ query: { ticket_id: ticketId, limit, cursor } }) => {
      const page = await store.decisions.list({
        limit,
        ...(ticketId === undefined ? {} : { ticketId }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { decisions: page.items.map(decisionToJson), next_cursor: page.nextCursor };
    },
  }),
  route({
    method: "get",
    path: "/decisions/{id}",
    summary: "One decision, with what became of it",
    access: "admin",
    params: id,
    response: DecisionDetailJson,
    refusals: [404],
    handle: async ({ params }) => {
      const decision = await existing(store.decisions, params.id);
      const [outcome, said] = await Promise.all([
        store.decisions.outcome(decision.id),
        store.examples.ofTicket(decision.ticketId),
      ]);
      // Zendesk may be out of reach; what is known here is told all the same.
      const names = outcome === null ? [] : await groups().catch(() => []);
      return decisionDetailToJson(
        decision,
        { outcome, said },
        (groupId) => names.find(({ id }) => id === groupId)?.name ?? null,
      );
    },
  }),
  route({
    method: "post",
    path: "/decisions/{id}/replay",
    summary: "What the router would decide today about the same ticket; nothing is written",
    access: "admin",
    params: id,
    response: z.object({ original: DecisionJson, replay: DecisionJson }),
    refusals: [404],
    handle: async ({ params }) => {
      const original = await existing(store.decisions, params.id);
      const again = await replay(params.id);
      if (again === null) throw notFound("decision of this id");
      return { original: decisionToJson(original), replay: again };
    },
  }),
];

async function existing(decisions: Decisions, decisionId: string): Promise<Decision> {
  const decision = await decisions.byId(decisionId);
  if (decision === null) throw notFound("decision of this id");
  return decision;
}
