/** /api/v2/ticket_fields: list, create, delete, and add options one by one. */
import { type Request, Router } from "express";
import { z } from "zod";
import type { Api } from "./api.ts";
import { notFound, recordInvalid } from "./api-error.ts";
import { paged } from "./paging.ts";
import { bodyPart, idOf, requireAdmin } from "./principal.ts";
import { isoSecond, type TicketField } from "./records.ts";

const TYPES = [
  "text",
  "textarea",
  "checkbox",
  "date",
  "integer",
  "decimal",
  "regexp",
  "multiselect",
  "tagger",
] as const;
const MAX_OPTIONS = 2_000;
const NewField = z.object({
  type: z.enum(TYPES),
  title: z.string().min(1).max(255),
  custom_field_options: z
    .array(z.object({ name: z.string().min(1), value: z.string().min(1) }))
    .max(MAX_OPTIONS)
    .optional(),
});
const NewOption = z.object({
  /** Named: the option is changed instead of added. */
  id: z.int().optional(),
  name: z.string().min(1),
  value: z.string().min(1),
});

export function ticketFieldsApi({ account }: Api): Router {
  const router = Router();
  const { fields } = account;
  router.get("/", (request, response) => {
    response.json(paged(request, "ticket_fields", fields.all()));
  });
  const named = (request: Request): TicketField => {
    const field = fields.get(idOf(request));
    if (field === undefined) throw notFound();
    return field;
  };
  router.get("/:id", (request, response) => {
    response.json({ ticket_field: named(request) });
  });
  router.delete("/:id", (request, response) => {
    requireAdmin(response);
    fields.delete(named(request).id);
    response.status(204).end();
  });
  router.post("/:id/options", (request, response) => {
    requireAdmin(response);
    const field = named(request);
    const parsed = NewOption.safeParse(bodyPart(request, "custom_field_option"));
    if (!parsed.success || field.custom_field_options === undefined)
      throw recordInvalid("base", "Custom field option: name or value is not valid");
    const { id = account.nextId(), name, value } = parsed.data;
    const others = field.custom_field_options.filter((option) => option.id !== id);
    refuseSharedValues(
      [{ value }],
      fields.all().map((each) => (each.id === field.id ? { ...field, custom_field_options: others } : each)),
    );
    const option = { id, name, value };
    const isNew = others.length === field.custom_field_options.length;
    const options = field.custom_field_options.map((each) => (each.id === id ? option : each));
    fields.put(field.id, { ...field, custom_field_options: isNew ? [...options, option] : options });
    response.status(isNew ? 201 : 200).json({ custom_field_option: option });
  });
  router.post("/", (request, response) => {
    requireAdmin(response);
    const parsed = NewField.safeParse(bodyPart(request, "ticket_field"));
    if (!parsed.success) throw recordInvalid("base", "Ticket field: type, title or options are not valid");
    const { type, title, custom_field_options: options = [] } = parsed.data;
    refuseSharedValues(options, fields.all());
    const field: TicketField = {
      id: account.nextId(),
      type,
      title,
      active: true,
      ...(type === "tagger" || type === "multiselect"
        ? { custom_field_options: options.map((option) => ({ id: account.nextId(), ...option })) }
        : {}),
      created_at: isoSecond(account.now()),
    };
    fields.put(field.id, field);
    response.status(201).json({ ticket_field: field });
  });
  return router;
}

/** An option's value is a tag: two fields must not fight over it. */
function refuseSharedValues(options: readonly { value: string }[], fields: readonly TicketField[]): void {
  const taken = new Set(
    fields.flatMap((field) => field.custom_field_options?.map((option) => option.value) ?? []),
  );
  const shared = options.find((option) => taken.has(option.value));
  if (shared !== undefined)
    throw recordInvalid("custom_field_options", `Value: ${shared.value} is already used`, "DuplicateValue");
}
