/** PUT /tickets/update_many and GET /job_statuses/{id}: bulk changes, done a moment after the answer. */
import { type Request, type Response, Router } from "express";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { ApiError, invalidAttribute, notFound } from "./api-error.ts";
import { type JobStatus, type Jobs, MAX_JOBS } from "./jobs.ts";
import { originOf } from "./paging.ts";
import { actorOf, bodyPart } from "./principal.ts";
import type { Actor } from "./ticket-change.ts";
import { readPatch, type TicketPatch, tagList } from "./ticket-patch.ts";
import { idsOf } from "./tickets-api.ts";

const MAX_TICKETS = 100;

interface Change {
  readonly id: number;
  readonly patch: () => TicketPatch;
}

interface JobsApi {
  readonly updateMany: Router;
  readonly statuses: Router;
}

export function jobsApi(api: Api): JobsApi {
  const { jobs } = api;
  const answer = (job: JobStatus, request: Request, response: Response): void => {
    response
      .set("zendesk-ratelimit-inflight-jobs", inFlight(jobs))
      .json({ job_status: { ...job, url: `${originOf(request)}/api/v2/job_statuses/${job.id}.json` } });
  };
  const updateMany = Router();
  updateMany.put("/update_many", (request, response) => {
    const changes = request.query["ids"] === undefined ? batch(api, request) : bulk(api, request);
    const actor = actorOf(response);
    const work = (): Record<string, unknown>[] => changes.map((change) => result(api.account, change, actor));
    answer(jobs.start("Bulk Update Ticket", changes.length, work), request, response);
  });
  const statuses = Router();
  const named = (id: string): JobStatus => {
    const job = jobs.get(id);
    if (job === undefined) throw notFound();
    return job;
  };
  statuses.get("/show_many", (request, response) => {
    const ids = String(request.query["ids"] ?? "")
      .split(",")
      .filter(Boolean);
    response.json({ job_statuses: ids.flatMap((id) => jobs.get(id) ?? []) });
  });
  statuses.get("/:id", (request, response) => {
    answer(named(request.params.id), request, response);
  });
  return { updateMany, statuses };
}

const inFlight = (jobs: Jobs): string =>
  `total=${MAX_JOBS}; remaining=${MAX_JOBS - jobs.underWay()}; resets=60`;

/** One change for many tickets; always safe against changes that came after it was queued. Tags may be added here. */
function bulk({ account, warn }: Api, request: Request): Change[] {
  const { additional_tags, remove_tags, ...rest } = Object(bodyPart(request, "ticket"));
  readPatch(rest, warn);
  return idsOf(request).map((id) => {
    const stamp = account.tickets.get(id)?.ticket.updated_at;
    return {
      id,
      patch: () => {
        const { tags } = account.ticketFile(id).ticket;
        const removed = tagList(remove_tags ?? []);
        const merged = tagList([...tags, ...tagList(additional_tags ?? [])]).filter(
          (tag) => !removed.includes(tag),
        );
        return readPatch(
          {
            ...rest,
            ...(additional_tags === undefined && remove_tags === undefined ? {} : { tags: merged }),
            safe_update: true,
            updated_stamp: stamp,
          },
          warn,
        );
      },
    };
  });
}

/** Each ticket with its own change: a safe one brings its own stamp, or fails. */
function batch({ warn }: Api, request: Request): Change[] {
  const tickets = bodyPart(request, "tickets");
  if (!Array.isArray(tickets) || tickets.length === 0 || tickets.length > MAX_TICKETS)
    throw invalidAttribute("tickets", `must be a list of 1 to ${MAX_TICKETS} tickets`);
  return tickets.map((entry: unknown) => {
    const { id, ...rest } = Object(entry);
    return { id: Number(id), patch: () => readPatch(rest, warn) };
  });
}

function result(account: Account, { id, patch }: Change, actor: Actor): Record<string, unknown> {
  try {
    account.updateTicket(id, patch(), actor);
    return { id, action: "update", status: "Updated", success: true };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { id, success: false, ...Object(error.body) };
  }
}
