/** PUT /tickets/update_many and GET /job_statuses/{id}: bulk changes, done a moment after the answer. */
import { randomUUID } from "node:crypto";
import { type Request, type Response, Router } from "express";
import type { Account, Actor } from "./account.ts";
import type { Api } from "./api.ts";
import { ApiError, invalidAttribute, notFound } from "./api-error.ts";
import { originOf } from "./paging.ts";
import { actorOf, bodyPart } from "./principal.ts";
import { readPatch, type TicketPatch, tagList } from "./ticket-patch.ts";
import { idsOf } from "./tickets-api.ts";

const MAX_TICKETS = 100;
const MAX_JOBS = 30;

interface JobStatus {
  readonly id: string;
  readonly job_type: string;
  readonly total: number;
  readonly progress: number;
  readonly status: "queued" | "completed";
  readonly message: string | null;
  readonly results: readonly Record<string, unknown>[] | null;
}

interface Change {
  readonly id: number;
  readonly patch: () => TicketPatch;
}

export interface Jobs {
  readonly updateMany: Router;
  readonly statuses: Router;
}

export function createJobs(api: Api): Jobs {
  const jobs = new Map<string, JobStatus>();
  const json = (job: JobStatus, request: Request): Record<string, unknown> => ({
    job_status: { ...job, url: `${originOf(request)}/api/v2/job_statuses/${job.id}.json` },
  });
  const updateMany = Router();
  updateMany.put("/update_many", (request: Request, response: Response) => {
    const changes = request.query["ids"] === undefined ? batch(api, request) : bulk(api, request);
    refuseTooMany([...jobs.values()]);
    const job: JobStatus = {
      id: randomUUID().replaceAll("-", ""),
      job_type: "Bulk Update Ticket",
      total: changes.length,
      progress: 0,
      status: "queued",
      message: null,
      results: null,
    };
    jobs.set(job.id, job);
    const actor = actorOf(response);
    setImmediate(() => {
      const results = changes.map((change) => result(api.account, change, actor));
      jobs.set(job.id, { ...job, status: "completed", progress: changes.length, results });
    });
    response.json(json(job, request));
  });
  const statuses = Router();
  statuses.get("/:id", (request, response) => {
    const job = jobs.get(request.params.id);
    if (job === undefined) throw notFound();
    response.json(json(job, request));
  });
  return { updateMany, statuses };
}

function refuseTooMany(jobs: readonly JobStatus[]): void {
  const running = jobs.filter((job) => job.status === "queued").map((job) => job.id);
  if (running.length < MAX_JOBS) return;
  const description = "You have too many jobs queued or running.";
  throw new ApiError(
    429,
    { error: "TooManyJobs", description, current_job_ids: running },
    { "retry-after": "60" },
  );
}

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
