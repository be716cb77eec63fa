import { z } from "zod";
import type { Example } from "../../ports/examples.ts";
import type { AppDeps } from "../deps.ts";
import { HttpError, notFound } from "../http-error.ts";
import { type Route, route } from "../route.ts";

const MAX_NAME = 120;

const ExampleJson = z
  .object({
    id: z.string(),
    /** The ticket's text without what is nobody's business. */
    text: z.string(),
    intent: z.string(),
    language: z.string(),
    source: z.enum(["seed", "correction", "review"]),
    /** Null: nobody has said that the label is right, so it is not used. */
    confirmed_by: z.string().nullable(),
    ticket_id: z.number().int().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({
    id: "Example",
    description: "A labelled ticket that is shown to Claude when a ticket is like it.",
  });

const exampleToJson = (example: Example): z.input<typeof ExampleJson> => ({
  id: example.id,
  text: example.text,
  intent: example.label,
  language: example.language,
  source: example.source,
  confirmed_by: example.confirmedBy,
  ticket_id: example.ticketId,
  created_at: new Date(example.createdAt).toISOString(),
});

/** Who says so. */
export const By = z.string().trim().min(1).max(MAX_NAME).default("admin");
export const IntentName = z.string().min(1).max(MAX_NAME);
export const Learned = z.object({ example_id: z.string() });

const REFUSALS = {
  no_decision: "There is no such decision.",
  no_ticket: "Zendesk knows this ticket no longer, so there is nothing to learn from.",
  no_intent:
    "The current routing table has no such intent. Name one of its rows, or other, needs_person or not_a_ticket.",
} as const;

export function learned(result: Awaited<ReturnType<AppDeps["learn"]>>): z.input<typeof Learned> {
  if ("learned" in result) return { example_id: result.learned };
  if (result.refused === "no_decision") throw notFound("decision of this id");
  throw new HttpError(409, result.refused, REFUSALS[result.refused]);
}

export const exampleRoutes = ({ store, learn }: AppDeps): Route[] => [
  route({
    method: "post",
    path: "/feedback",
    summary:
      "Say what a ticket was about: it becomes an example, shown to Claude with tickets that are like it",
    access: "admin",
    body: z.strictObject({
      decision_id: z.string().min(1).max(MAX_NAME),
      /** What the ticket was about, `other`, `needs_person` and `not_a_ticket` included; absent: the decision was right. */
      intent: IntentName.optional(),
      by: By,
    }),
    response: Learned,
    refusals: [404, 409],
    handle: async ({ body }) =>
      learned(await learn({ decisionId: body.decision_id, intent: body.intent ?? null, by: body.by })),
  }),
  route({
    method: "get",
    path: "/examples",
    summary: "The labelled tickets that are learned from, the newest first",
    access: "admin",
    response: z.object({ examples: z.array(ExampleJson) }),
    handle: async () => ({ examples: (await store.examples.list()).toReversed().map(exampleToJson) }),
  }),
  route({
    method: "delete",
    path: "/examples/{id}",
    summary: "Forget an example",
    access: "admin",
    params: z.strictObject({ id: z.string().min(1).max(MAX_NAME) }),
    response: z.object({ id: z.string() }),
    refusals: [404],
    handle: async ({ params }) => {
      if (!(await store.examples.remove(params.id))) throw notFound("example of this id");
      return { id: params.id };
    },
  }),
];
