/** /api/v2/triggers: the account's rules. */
import { type Request, Router } from "express";
import { z } from "zod";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { notFound, recordInvalid } from "./api-error.ts";
import { paged } from "./paging.ts";
import { bodyPart, idOf, requireAdmin } from "./principal.ts";
import { isoSecond, type TriggerRecord } from "./records.ts";
import { isConditionField } from "./trigger-conditions.ts";
import { isActionField } from "./triggers.ts";

const Condition = z.object({
  field: z.string().refine(isConditionField, "is not a condition known here"),
  operator: z.string().default("is"),
  value: z
    .union([z.string(), z.number(), z.boolean(), z.null()])
    .default("")
    .transform((value) => (value === null ? "" : String(value))),
});
const TriggerInput = z.object({
  title: z.string().min(1).max(255),
  active: z.boolean().default(true),
  position: z.int().nonnegative().optional(),
  conditions: z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) }),
  actions: z
    .array(
      z.object({
        field: z.string().refine(isActionField, "is not an action known here"),
        value: z.union([z.string(), z.array(z.string())]),
      }),
    )
    .min(1),
});
export type TriggerInput = z.input<typeof TriggerInput>;

/** Last in line unless it says where it wants to stand. @throws ApiError 422 */
export function addTrigger(account: Account, input: unknown): TriggerRecord {
  const last = Math.max(0, ...account.triggers.all().map(({ position }) => position));
  const trigger: TriggerRecord = {
    position: last + 1,
    ...read(input),
    id: account.nextId(),
    created_at: isoSecond(account.now()),
  };
  account.triggers.put(trigger.id, trigger);
  return trigger;
}

function read(input: unknown): Omit<TriggerRecord, "id" | "created_at" | "position"> & { position?: number } {
  const parsed = TriggerInput.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw recordInvalid("base", `${issue?.path.join(".") ?? "trigger"}: ${issue?.message ?? "is invalid"}`);
  }
  const { position, ...rest } = parsed.data;
  return position === undefined ? rest : { ...rest, position };
}

/** Agents may look, admins may change. */
export function triggersApi({ account }: Api): Router {
  const { triggers } = account;
  const router = Router();
  const inOrder = (): TriggerRecord[] => triggers.all().sort((a, b) => a.position - b.position);
  const named = (request: Request): TriggerRecord => {
    const trigger = triggers.get(idOf(request));
    if (trigger === undefined) throw notFound();
    return trigger;
  };
  router.use((request, response, next) => {
    if (request.method !== "GET") requireAdmin(response);
    next();
  });
  router.get("/", (request, response) => {
    const asked = request.query["active"];
    const wanted = inOrder().filter((one) => asked === undefined || one.active === (asked === "true"));
    response.json(paged(request, "triggers", wanted));
  });
  router.get("/active", (request, response) => {
    const active = inOrder().filter((one) => one.active);
    response.json(paged(request, "triggers", active));
  });
  router.post("/", (request, response) => {
    response.status(201).json({ trigger: addTrigger(account, bodyPart(request, "trigger")) });
  });
  router.put("/reorder", (request, response) => {
    moveTo(account, orderOf(bodyPart(request, "trigger_ids"), inOrder()));
    response.json(paged(request, "triggers", inOrder()));
  });
  router.put("/update_many", (request, response) => {
    const changed = changesOf(bodyPart(request, "triggers"), account);
    for (const trigger of changed) triggers.put(trigger.id, trigger);
    response.json(paged(request, "triggers", changed));
  });
  router.get("/:id", (request, response) => {
    response.json({ trigger: named(request) });
  });
  router.put("/:id", (request, response) => {
    const present = named(request);
    const trigger = { ...present, ...read({ ...present, ...Object(bodyPart(request, "trigger")) }) };
    triggers.put(trigger.id, trigger);
    response.json({ trigger });
  });
  router.delete("/:id", (request, response) => {
    triggers.delete(named(request).id);
    response.status(204).end();
  });
  return router;
}

/** Every trigger once: what is left out would have no place. @throws ApiError 422 */
function orderOf(ids: unknown, present: readonly TriggerRecord[]): number[] {
  const wanted = z.array(z.int()).safeParse(ids).data ?? [];
  const complete = wanted.length === present.length && present.every(({ id }) => wanted.includes(id));
  if (!complete) throw recordInvalid("base", "trigger_ids: must name each trigger of the account once");
  return wanted;
}

function moveTo({ triggers, records }: Account, ids: readonly number[]): void {
  records.transaction(() => {
    for (const [index, id] of ids.entries()) {
      const trigger = triggers.get(id);
      if (trigger !== undefined) triggers.put(id, { ...trigger, position: index + 1 });
    }
  });
}

const Changes = z
  .array(
    z.object({ id: z.int(), position: z.int().nonnegative().optional(), active: z.boolean().optional() }),
  )
  .min(1);

/** @throws ApiError 404 or 422 */
function changesOf(input: unknown, { triggers }: Account): TriggerRecord[] {
  const changes = Changes.safeParse(input).data;
  if (changes === undefined)
    throw recordInvalid("base", "triggers: must be a list of triggers with their ids");
  return changes.map(({ id, position, active }) => {
    const present = triggers.get(id);
    if (present === undefined) throw notFound();
    return { ...present, position: position ?? present.position, active: active ?? present.active };
  });
}
