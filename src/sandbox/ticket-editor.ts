/** Changes to one ticket, each with its trace: what an audit will say about them. */
import { recordInvalid } from "./api-error.ts";
import { canBeAssigned } from "./availability.ts";
import type { Table } from "./persistence.ts";
import type {
  AuditEvent,
  CustomField,
  GroupRecord,
  TicketField,
  TicketRecord,
  UserRecord,
  Via,
} from "./records.ts";
import { type TicketPatch, tagList } from "./ticket-patch.ts";

export interface Directory {
  readonly groups: Table<GroupRecord>;
  readonly users: Table<UserRecord>;
  readonly fields: Table<TicketField>;
}

type Settable =
  | "subject"
  | "status"
  | "priority"
  | "type"
  | "group_id"
  | "assignee_id"
  | "requester_id"
  | "organization_id"
  | "brand_id"
  | "ticket_form_id"
  | "external_id"
  | "tags";

export interface Editor {
  readonly ticket: TicketRecord;
  readonly events: AuditEvent[];
  /** @param by a trigger, when it is not the author of the audit who does it */
  set<K extends Settable>(field: K, value: TicketRecord[K], by?: Via): void;
  setCustomField(id: number, value: unknown, by?: Via): void;
}

export function createEditor(ticket: TicketRecord, nextId: () => number): Editor {
  const events: AuditEvent[] = [];
  const note = (field: string, previous: unknown, value: unknown, by?: Via): void => {
    const trace = {
      field_name: field,
      value: auditValue(value),
      previous_value: auditValue(previous),
      ...(by === undefined ? {} : { via: by }),
    };
    events.push({ id: nextId(), type: "Change", ...trace });
  };
  return {
    ticket,
    events,
    set: (field, value, by) => {
      const previous = ticket[field];
      if (same(previous, value)) return;
      ticket[field] = value;
      note(field, previous, value, by);
    },
    setCustomField: (id, value, by) => {
      const previous = fieldValue(ticket.custom_fields, id);
      if (same(previous, value)) return;
      ticket.custom_fields = [...ticket.custom_fields.filter((field) => field.id !== id), { id, value }];
      note(String(id), previous, value, by);
    },
  };
}

const fieldValue = (fields: readonly CustomField[], id: number): unknown =>
  fields.find((field) => field.id === id)?.value ?? null;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Audits write ids as strings. */
const auditValue = (value: unknown): unknown => (typeof value === "number" ? String(value) : value);

/** @throws ApiError 422 naming the field that the account cannot take */
export function applyPatch(editor: Editor, patch: TicketPatch, directory: Directory, by?: Via): void {
  const { ticket } = editor;
  for (const field of [
    "subject",
    "priority",
    "type",
    "external_id",
    "organization_id",
    "brand_id",
    "ticket_form_id",
  ] as const) {
    const value = patch[field];
    if (value !== undefined) editor.set(field, value, by);
  }
  if (patch.requester_id !== undefined) setRequester(editor, patch.requester_id, directory, by);
  if (patch.group_id !== undefined) setGroup(editor, patch.group_id, directory, by);
  if (patch.assignee_id !== undefined) setAssignee(editor, patch.assignee_id, directory, by);
  if (patch.status !== undefined) editor.set("status", patch.status, by);
  else if (ticket.status === "new" && ticket.assignee_id !== null) editor.set("status", "open", by);
  if (patch.tags !== undefined) setTags(editor, tagList(patch.tags), directory, by);
  for (const { id, value } of patch.custom_fields ?? []) setField(editor, id, value, directory, by);
}

function setRequester(editor: Editor, id: number, { users }: Directory, by?: Via): void {
  if (users.get(id) === undefined)
    throw recordInvalid("requester_id", "Requester: is invalid", "InvalidValue");
  editor.set("requester_id", id, by);
}

function setGroup(editor: Editor, id: number | null, { groups, users }: Directory, by?: Via): void {
  const group = id === null ? null : groups.get(id);
  if (group === undefined || group?.deleted)
    throw recordInvalid("group_id", `Group: ${id} is not a group of this account`, "InvalidValue");
  editor.set("group_id", id, by);
  const assignee = editor.ticket.assignee_id;
  if (assignee !== null && id !== null && !users.get(assignee)?.group_ids.includes(id))
    editor.set("assignee_id", null, by);
}

function setAssignee(editor: Editor, id: number | null, { users }: Directory, by?: Via): void {
  if (id === null) {
    editor.set("assignee_id", null, by);
    return;
  }
  const agent = users.get(id);
  const home = editor.ticket.group_id ?? agent?.group_ids[0] ?? null;
  if (agent === undefined || !canBeAssigned(agent) || home === null || !agent.group_ids.includes(home))
    throw recordInvalid("assignee_id", "Assignee: is not a member of the ticket's group", "InvalidValue");
  editor.set("group_id", home, by);
  editor.set("assignee_id", id, by);
}

/** The tag of a drop-down's option stands for the option: without it the field is empty. */
export function setTags(editor: Editor, tags: readonly string[], { fields }: Directory, by?: Via): void {
  editor.set("tags", tags, by);
  for (const field of fields.all().filter((candidate) => candidate.type === "tagger")) {
    const options = field.custom_field_options?.map((option) => option.value) ?? [];
    const value = options.find((option) => tags.includes(option)) ?? null;
    editor.setCustomField(field.id, value, by);
  }
}

function setField(editor: Editor, id: number, value: unknown, directory: Directory, by?: Via): void {
  const field = directory.fields.get(id);
  if (field === undefined) return;
  if (field.type !== "tagger") {
    editor.setCustomField(id, value ?? null, by);
    return;
  }
  const options = field.custom_field_options?.map((option) => option.value) ?? [];
  if (value !== null && !options.includes(String(value)))
    throw recordInvalid("base", `${field.title}: is invalid`, "InvalidFormat");
  const others = editor.ticket.tags.filter((tag) => !options.includes(tag));
  setTags(editor, value === null ? others : [...others, String(value)], directory, by);
}
