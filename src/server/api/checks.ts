import { z } from "zod";
import { CHECK_STATES, type CheckRound } from "../../ports/checks.ts";
import type { AppDeps } from "../deps.ts";
import { type Route, route } from "../route.ts";

const CheckJson = z.object({
  /** Stable, for programs. */
  id: z.string(),
  title: z.string(),
  state: z.enum(CHECK_STATES),
  message: z.string(),
  details: z.array(z.string()),
  remedy: z.string().nullable(),
});

const ChecksJson = z
  .object({
    /** Null: none has run since the server started. */
    ran_at: z.iso.datetime().nullable(),
    checks: z.array(CheckJson),
  })
  .meta({ id: "Checks" });

const toJson = (round: CheckRound | null): z.input<typeof ChecksJson> =>
  round === null
    ? { ran_at: null, checks: [] }
    : {
        ran_at: new Date(round.ranAt).toISOString(),
        checks: round.checks.map((check) => ({ ...check, details: [...check.details] })),
      };

export const checkRoutes = ({ checks }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/checks",
    summary: "What the last round of checks found, as `switchyard doctor` does",
    access: "admin",
    response: ChecksJson,
    handle: async () => toJson(checks.latest()),
  }),
  route({
    method: "post",
    path: "/checks",
    summary: "Run all checks now; asks Zendesk, and lets Claude read one tiny test ticket",
    access: "admin",
    response: ChecksJson,
    handle: async () => toJson(await checks.run()),
  }),
];
