import { z } from "zod";
import { DecisionJson, decisionToJson } from "../../triage/decision-json.ts";
import type { AppDeps } from "../deps.ts";
import { type Route, route } from "../route.ts";
import { By, IntentName, Learned, learned } from "./examples.ts";
import { NextCursor, PageQuery } from "./page-query.ts";

/** The queue of what was left to people. A review leaves it when somebody works on the ticket, or says here what it was about. */
export const reviewRoutes = ({ store, learn }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/reviews",
    summary: "Decisions that wait for a person, newest first",
    access: "admin",
    query: PageQuery,
    response: z.object({ reviews: z.array(DecisionJson), next_cursor: NextCursor }),
    handle: async ({ query: { limit, cursor } }) => {
      const page = await store.decisions.list({
        waiting: true,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { reviews: page.items.map(decisionToJson), next_cursor: page.nextCursor };
    },
  }),
  route({
    method: "post",
    path: "/reviews/{id}",
    summary: "Say what the ticket of a review was about; it becomes an example, and is not moved",
    access: "admin",
    params: z.strictObject({ id: z.string().min(1).max(100) }),
    body: z.strictObject({
      /** What the ticket was about. */
      intent: IntentName,
      by: By,
    }),
    response: Learned,
    refusals: [404, 409],
    handle: async ({ params, body }) => learned(await learn({ decisionId: params.id, ...body })),
  }),
];
