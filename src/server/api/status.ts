import { z } from "zod";
import { MODES } from "../../triage/decision.ts";
import type { AppDeps } from "../deps.ts";
import { type Route, route } from "../route.ts";
import { JOB_STATES } from "./jobs.ts";

export const StatusJson = z
  .object({
    /** The Zendesk account: its subdomain, or the host of its address. */
    account: z.string(),
    sandbox: z.boolean(),
    mode: z.enum(MODES),
    classifier: z.object({ kind: z.enum(["claude", "local"]), model: z.string().nullable() }),
    /** For the operator: what is degraded or missing, and what to do about it. */
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    routing_version: z.number().int(),
    jobs: z.record(z.enum([...JOB_STATES, "scheduled"]), z.number().int()),
  })
  .meta({ id: "Status" });
export type StatusJson = z.infer<typeof StatusJson>;

const Groups = z.object({ groups: z.array(z.object({ id: z.number().int(), name: z.string() })) });

export const statusRoutes = ({ status, groups }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/status",
    summary: "Which account this is, what classifies, and what needs attention",
    access: "admin",
    response: StatusJson,
    handle: status,
  }),
  route({
    method: "get",
    path: "/groups",
    summary: "The Zendesk groups that a table can send tickets to",
    access: "admin",
    response: Groups,
    handle: async () => ({ groups: (await groups()).map(({ id, name }) => ({ id, name })) }),
  }),
];
