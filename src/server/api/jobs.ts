import { z } from "zod";
import { JOB_KINDS, type JobRecord, type JobState } from "../../ports/jobs.ts";
import type { AppDeps } from "../deps.ts";
import { notFound } from "../http-error.ts";
import { type Route, route } from "../route.ts";
import { idFromText, limitFromText } from "./query-number.ts";

const MAX_JOBS = 100;
const USUAL_JOBS = 50;
export const JOB_STATES = ["ready", "active", "done", "dead"] as const satisfies readonly JobState[];
const state = z.enum(JOB_STATES);

const JobJson = z
  .object({
    id: z.number().int(),
    kind: z.enum(JOB_KINDS),
    ticket_id: z.number().int(),
    state,
    attempt: z.number().int(),
    max_attempts: z.number().int(),
    /** Why the last attempt failed. */
    error: z.string().nullable(),
    /** Zendesk's id of the delivery, as its webhook log shows it; empty when there was none. */
    invocation_id: z.string(),
    created_at: z.iso.datetime(),
    run_at: z.iso.datetime(),
  })
  .meta({ id: "Job", description: "Work on one ticket. `dead` jobs wait for a person to retry them." });

const iso = (ms: number): string => new Date(ms).toISOString();

const jobToJson = (job: JobRecord): z.input<typeof JobJson> => ({
  id: job.id,
  kind: job.kind,
  ticket_id: job.ticketId,
  state: job.state,
  attempt: job.attempt,
  max_attempts: job.maxAttempts,
  error: job.error,
  invocation_id: job.invocationId,
  created_at: iso(job.createdAt),
  run_at: iso(job.runAt),
});

export const jobRoutes = ({ store }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/jobs",
    summary: "Jobs, newest first; state=dead are those that nobody works on any more",
    access: "admin",
    query: z.strictObject({ state: state.optional(), limit: limitFromText(MAX_JOBS, USUAL_JOBS) }),
    response: z.object({ jobs: z.array(JobJson) }),
    handle: async ({ query }) => {
      const jobs = await store.jobs.list({
        limit: query.limit,
        ...(query.state === undefined ? {} : { state: query.state }),
      });
      return { jobs: jobs.map(jobToJson) };
    },
  }),
  route({
    method: "post",
    path: "/jobs/{id}/retry",
    summary: "Put a dead job back into the queue",
    access: "admin",
    params: z.strictObject({ id: idFromText }),
    response: z.object({ id: z.number().int(), state: z.literal("ready") }),
    refusals: [404],
    handle: async ({ params }) => {
      if (!(await store.jobs.retry(params.id))) throw notFound("dead job of this id");
      return { id: params.id, state: "ready" as const };
    },
  }),
];
