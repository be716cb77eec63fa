/** What the API answers, checked at the door. The shapes of decisions and of the table are the router's own. */
import { z } from "zod";
import { DecisionJson } from "../../triage/decision-json.ts";
import { RoutingTable } from "../../triage/routing-table.ts";

export const Status = z.object({
  account: z.string(),
  sandbox: z.boolean(),
  mode: z.enum(["live", "shadow"]),
  classifier: z.object({ kind: z.enum(["claude", "local"]), model: z.string().nullish() }),
  routing_version: z.number().int(),
  jobs: z.object({
    ready: z.number(),
    scheduled: z.number(),
    active: z.number(),
    done: z.number(),
    dead: z.number(),
  }),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type Status = z.infer<typeof Status>;

export const Checks = z.object({
  /** Null: none has run since the server started. */
  ran_at: z.string().nullable(),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: z.enum(["ok", "warning", "error", "skipped"]),
      message: z.string(),
      details: z.array(z.string()),
      remedy: z.string().nullable(),
    }),
  ),
});
export type Checks = z.infer<typeof Checks>;
export type Check = Checks["checks"][number];

export const Jobs = z.object({
  jobs: z.array(
    z.object({
      id: z.number().int(),
      ticket_id: z.number().int(),
      attempt: z.number().int().optional(),
      error: z.string().nullish(),
      created_at: z.string().optional(),
    }),
  ),
});
export type Jobs = z.infer<typeof Jobs>;

export const DecisionsPageAnswer = z.object({
  decisions: z.array(DecisionJson),
  next_cursor: z.string().nullable(),
});

export const ReviewsPageAnswer = z
  .object({ reviews: z.array(DecisionJson), next_cursor: z.string().nullable() })
  .transform(({ reviews, next_cursor }) => ({ decisions: reviews, next_cursor }));

export const Replay = z.object({
  original: DecisionJson,
  replay: DecisionJson,
});
export type Replay = z.infer<typeof Replay>;

export const Groups = z.object({ groups: z.array(z.object({ id: z.number().int(), name: z.string() })) });
export type Group = z.infer<typeof Groups>["groups"][number];

const versionFields = {
  version: z.number().int(),
  note: z.string(),
  author: z.string(),
  created_at: z.string(),
};
export const Routing = z.object({ ...versionFields, table: RoutingTable });
export type Routing = z.infer<typeof Routing>;
export const Versions = z.object({ versions: z.array(z.object(versionFields)) });
export type Version = z.infer<typeof Versions>["versions"][number];

export const Draft = z.object({
  base_version: z.number().int(),
  table: RoutingTable,
  updated_at: z.string().nullish(),
  /** False: nobody has a draft, and this is the published table. */
  saved: z.boolean().optional(),
});
export type Draft = z.infer<typeof Draft>;

export const Preview = z.object({
  compared: z.number().int(),
  moved: z.number().int(),
  moves: z.array(
    z.object({ from: z.string().nullable(), to: z.string().nullable(), count: z.number().int() }),
  ),
});
export type Preview = z.infer<typeof Preview>;

export const Published = z.object({ version: z.number().int() });
export const Anything = z.unknown();
