/** Triggers: rules of the account that run on every creation and update, until none of them has anything to do. */
import { ApiError } from "./api-error.ts";
import type { TicketRecord, TriggerRecord, Via } from "./records.ts";
import { applyPatch, setTags } from "./ticket-editor.ts";
import { readPatch, tagList } from "./ticket-patch.ts";
import { type Moment, meetsAll } from "./trigger-conditions.ts";

/** A webhook that a trigger wants called, with the body that its template became. */
export interface Notification {
  readonly webhookId: string;
  readonly body: string;
}

interface Occasion extends Moment {
  readonly nextId: () => number;
}

/** Each trigger fires at most once per update; after one has fired, the others are asked again. */
export function runTriggers(triggers: readonly TriggerRecord[], occasion: Occasion): Notification[] {
  const waiting = triggers.filter((trigger) => trigger.active).sort((a, b) => a.position - b.position);
  const notifications: Notification[] = [];
  for (;;) {
    const index = waiting.findIndex(({ conditions }) => meetsAll(conditions, occasion));
    const [trigger] = index === -1 ? [] : waiting.splice(index, 1);
    if (trigger === undefined) return notifications;
    notifications.push(...fire(trigger, occasion));
  }
}

const PATCH_ACTIONS = ["group_id", "assignee_id", "priority", "type", "status"];
/** They leave their mark in the audit and do nothing else: nobody here reads e-mail. */
const MAILS = ["notification_user", "notification_group"];
const TAG_ACTIONS = ["set_tags", "current_tags", "remove_tags"];
const CUSTOM_FIELD = /^custom_fields_(\d+)$/;

export const isActionField = (field: string): boolean =>
  [...PATCH_ACTIONS, ...MAILS, ...TAG_ACTIONS, "notification_webhook"].includes(field) ||
  CUSTOM_FIELD.test(field);

function fire(trigger: TriggerRecord, occasion: Occasion): Notification[] {
  const by: Via = {
    channel: "rule",
    source: { from: { id: trigger.id, title: trigger.title, deleted: false }, to: {}, rel: "trigger" },
  };
  const { editor, directory } = occasion;
  return trigger.actions.flatMap(({ field, value }) => {
    if (field === "notification_webhook" && typeof value !== "string") {
      const notification = { webhookId: value[0] ?? "", body: render(value[1] ?? "", editor.ticket) };
      editor.events.push({ id: occasion.nextId(), type: "Notification", via: by });
      return [notification];
    }
    if (MAILS.includes(field)) editor.events.push({ id: occasion.nextId(), type: "Notification", via: by });
    if (typeof value !== "string") return [];
    if (PATCH_ACTIONS.includes(field) || CUSTOM_FIELD.test(field)) applyAction(field, value, occasion, by);
    else if (TAG_ACTIONS.includes(field))
      setTags(editor, tagsAfter(field, tagList(value), editor.ticket), directory, by);
    return [];
  });
}

function tagsAfter(field: string, tags: readonly string[], ticket: TicketRecord): readonly string[] {
  if (field === "set_tags") return tags;
  if (field === "remove_tags") return ticket.tags.filter((tag) => !tags.includes(tag));
  return tagList([...ticket.tags, ...tags]);
}

/** A rule that names a group which is gone does nothing: it must not make the customer's ticket fail. */
function applyAction(field: string, value: string, { editor, directory }: Occasion, by: Via): void {
  const fieldId = CUSTOM_FIELD.exec(field)?.[1];
  const typed = field.endsWith("_id") ? Number(value) || null : value;
  const patch =
    fieldId === undefined ? { [field]: typed } : { custom_fields: [{ id: Number(fieldId), value }] };
  try {
    applyPatch(
      editor,
      readPatch(patch, () => {}),
      directory,
      by,
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Zendesk's placeholders. Values are put in as they are: whether JSON is escaped is documented nowhere. */
function render(template: string, ticket: TicketRecord): string {
  const values: Record<string, string> = {
    "ticket.id": String(ticket.id),
    "ticket.title": ticket.subject,
    "ticket.description": ticket.description,
    "ticket.status": ticket.status,
    "ticket.priority": ticket.priority ?? "",
    "ticket.tags": ticket.tags.join(" "),
    "ticket.via": ticket.via.channel,
  };
  return template.replace(/\{\{\s*([a-z._]+)\s*\}\}/g, (_, name: string) => values[name] ?? "");
}
