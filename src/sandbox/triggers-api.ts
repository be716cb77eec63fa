/** /api/v2/triggers: the account's rules. */
import { Router } from "express";
import { z } from "zod";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { notFound, recordInvalid } from "./api-error.ts";
import { paged } from "./paging.ts";
import { bodyPart, idOf, requireAdmin } from "./principal.ts";
import { isoSecond, type TriggerRecord } from "./records.ts";
import { ACTION_FIELDS, CONDITION_FIELDS } from "./triggers.ts";

const Condition = z.object({
  field: z.string().refine((field) => CONDITION_FIELDS.includes(field), "is not a condition known here"),
  operator: z.string().default("is"),
  value: z.coerce.string().default(""),
});
const TriggerInput = z.object({
  title: z.string().min(1).max(255),
  active: z.boolean().default(true),
  position: z.int().nonnegative().optional(),
  conditions: z.object({ all: z.array(Condition).default([]), any: z.array(Condition).default([]) }),
  actions: z
    .array(
      z.object({
        field: z.string().refine((field) => ACTION_FIELDS.includes(field), "is not an action known here"),
        value: z.union([z.string(), z.array(z.string())]),
      }),
    )
    .min(1),
});
export type TriggerInput = z.input<typeof TriggerInput>;

/** @throws ApiError 422 */
export function addTrigger(account: Account, input: unknown): TriggerRecord {
  const position = account.triggers.all().length + 1;
  const trigger: TriggerRecord = {
    position,
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

export function triggersApi({ account }: Api): Router {
  const { triggers } = account;
  const router = Router();
  router.use((_request, response, next) => {
    requireAdmin(response);
    next();
  });
  router.get("/", (request, response) => {
    const ordered = triggers.all().sort((a, b) => a.position - b.position);
    response.json(paged(request, "triggers", ordered));
  });
  router.post("/", (request, response) => {
    response.status(201).json({ trigger: addTrigger(account, bodyPart(request, "trigger")) });
  });
  router.get("/:id", (request, response) => {
    const trigger = triggers.get(idOf(request));
    if (trigger === undefined) throw notFound();
    response.json({ trigger });
  });
  router.put("/:id", (request, response) => {
    const present = triggers.get(idOf(request));
    if (present === undefined) throw notFound();
    const trigger = { ...present, ...read({ ...present, ...Object(bodyPart(request, "trigger")) }) };
    triggers.put(trigger.id, trigger);
    response.json({ trigger });
  });
  router.delete("/:id", (request, response) => {
    if (triggers.get(idOf(request)) === undefined) throw notFound();
    triggers.delete(idOf(request));
    response.status(204).end();
  });
  return router;
}
