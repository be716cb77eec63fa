/** /api/v2/queues: omnichannel routing's custom queues. Admins list and make them, agents may look at one. */
import { randomBytes } from "node:crypto";
import { type Request, Router } from "express";
import { z } from "zod";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { notFound, recordInvalid } from "./api-error.ts";
import { originOf } from "./paging.ts";
import { bodyPart, requireAdmin } from "./principal.ts";
import type { QueueRecord } from "./queue-record.ts";
import { isoSecond } from "./records.ts";
import { isConditionField } from "./trigger-conditions.ts";

const MAX_NAME_CHARACTERS = 255;

const Condition = z.object({
  field: z.string().refine(isConditionField, "is not a condition known here"),
  operator: z.string(),
  value: z.union([z.string(), z.number()]).default("").transform(String),
});
const Groups = z.object({
  count: z.int().optional(),
  groups: z.array(z.object({ id: z.int() })).default([]),
});
const QueueInput = z.object({
  name: z.string().min(1).max(MAX_NAME_CHARACTERS),
  description: z.string().default(""),
  definition: z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) }),
  order: z.int().positive().optional(),
  priority: z.int().positive().default(1),
  primary_groups: Groups,
  secondary_groups: Groups.default({ groups: [] }),
});
export type QueueInput = z.input<typeof QueueInput>;

/** The last in line unless told. @throws ApiError 422 */
export function addQueue(account: Account, input: unknown): QueueRecord {
  const parsed = QueueInput.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw recordInvalid("base", `${issue?.path.join(".") ?? "queue"}: ${issue?.message ?? "is invalid"}`);
  }
  const { primary_groups, secondary_groups, order, ...rest } = parsed.data;
  const queue: QueueRecord = {
    ...rest,
    id: `01${randomBytes(12).toString("hex").toUpperCase()}`,
    order: order ?? account.queues.all().length + 1,
    primary_group_ids: idsOf(account, primary_groups),
    secondary_group_ids: idsOf(account, secondary_groups),
    created_at: isoSecond(account.now()),
  };
  account.queues.put(queue.id, queue);
  return queue;
}

function idsOf({ groups }: Account, wanted: z.infer<typeof Groups>): number[] {
  const ids = wanted.groups.map(({ id }) => id);
  const unknown = ids.find((id) => groups.get(id) === undefined);
  if (unknown !== undefined)
    throw recordInvalid("base", `Group: ${unknown} is not a group of this account`, "InvalidValue");
  return ids;
}

export function queuesApi({ account }: Api): Router {
  const router = Router();
  const named = (request: Request): QueueRecord => {
    const queue = account.queues.get(String(request.params["id"]));
    if (queue === undefined) throw notFound();
    return queue;
  };
  router.get("/", (request, response) => {
    requireAdmin(response);
    const queues = account.queues.all().sort((a, b) => a.order - b.order);
    response.json({
      queues: queues.map((queue) => queueJson(account, queue, originOf(request))),
      count: queues.length,
      next_page: null,
      previous_page: null,
    });
  });
  router.post("/", (request, response) => {
    requireAdmin(response);
    const queue = addQueue(account, bodyPart(request, "queue"));
    response.status(201).json({ queue: queueJson(account, queue, originOf(request)) });
  });
  router.get("/:id", (request, response) => {
    response.json({ queue: queueJson(account, named(request), originOf(request)) });
  });
  router.delete("/:id", (request, response) => {
    requireAdmin(response);
    account.queues.delete(named(request).id);
    response.status(204).end();
  });
  return router;
}

function queueJson(account: Account, queue: QueueRecord, origin: string): Record<string, unknown> {
  const { primary_group_ids, secondary_group_ids, ...rest } = queue;
  const shown = (ids: readonly number[]): unknown => ({
    count: ids.length,
    groups: ids.map((id) => ({ id, name: account.groups.get(id)?.name ?? "" })),
  });
  return {
    url: `${origin}/api/v2/queues/${queue.id}.json`,
    ...rest,
    primary_groups: shown(primary_group_ids),
    secondary_groups: shown(secondary_group_ids),
    updated_at: queue.created_at,
  };
}
