/** Triggers: rules of the account that run on every creation and update, until none of them has anything to do. */
import { ApiError } from "./api-error.ts";
import {
  type CommentRecord,
  type Condition,
  STATUS_VALUES,
  type TicketRecord,
  type TriggerRecord,
  type Via,
} from "./records.ts";
import { applyPatch, type Directory, type Editor, setTags } from "./ticket-editor.ts";
import { readPatch, tagList } from "./ticket-patch.ts";

/** A webhook that a trigger wants called, with the body that its template became. */
export interface Notification {
  readonly webhookId: string;
  readonly body: string;
}

interface Occasion {
  readonly editor: Editor;
  /** Null on creation. */
  readonly before: TicketRecord | null;
  readonly comment: CommentRecord | null;
  readonly directory: Directory;
  readonly nextId: () => number;
}

/** Each trigger fires at most once per update; after one has fired, the others are asked again. */
export function runTriggers(triggers: readonly TriggerRecord[], occasion: Occasion): Notification[] {
  const waiting = triggers.filter((trigger) => trigger.active).sort((a, b) => a.position - b.position);
  const notifications: Notification[] = [];
  for (;;) {
    const index = waiting.findIndex((trigger) => holds(trigger, occasion));
    const [trigger] = index === -1 ? [] : waiting.splice(index, 1);
    if (trigger === undefined) return notifications;
    notifications.push(...fire(trigger, occasion));
  }
}

function holds({ conditions }: TriggerRecord, occasion: Occasion): boolean {
  const { all, any } = conditions;
  return (
    all.every((condition) => meets(condition, occasion)) &&
    (any.length === 0 || any.some((condition) => meets(condition, occasion)))
  );
}

type Test = (condition: Condition, occasion: Occasion) => boolean;

const TESTS: Record<string, Test> = {
  update_type: ({ value }, { before }) => (value.toLowerCase() === "create") === (before === null),
  group_id: (condition, { editor, before }) =>
    compare(condition, String(editor.ticket.group_id ?? ""), String(before?.group_id ?? "")),
  priority: (condition, { editor, before }) =>
    compare(condition, editor.ticket.priority ?? "", before?.priority ?? ""),
  type: (condition, { editor, before }) => compare(condition, editor.ticket.type ?? "", before?.type ?? ""),
  status: (condition, { editor, before }) => compareStatus(condition, editor.ticket, before),
  current_tags: ({ operator, value }, { editor }) =>
    tagList(value).some((tag) => editor.ticket.tags.includes(tag)) === (operator === "includes"),
  subject_includes_word: ({ operator, value }, { editor }) =>
    words(value).some((word) => editor.ticket.subject.toLowerCase().includes(word)) ===
    (operator === "includes" || operator === "is"),
  comment_is_public: ({ value }, { comment }) => comment !== null && comment.public === (value !== "false"),
};

/** The fields and operators that conditions may use here. */
export const CONDITION_FIELDS: readonly string[] = Object.keys(TESTS);

const meets: Test = (condition, occasion) => TESTS[condition.field]?.(condition, occasion) ?? false;

const words = (value: string): string[] => value.toLowerCase().split(/\s+/).filter(Boolean);

function compare({ operator, value }: Condition, current: string, previous: string): boolean {
  if (operator === "is") return current === value;
  if (operator === "is_not") return current !== value;
  if (operator === "changed") return current !== previous;
  return operator === "not_changed" && current === previous;
}

const ORDER: readonly string[] = STATUS_VALUES;

function compareStatus(condition: Condition, ticket: TicketRecord, before: TicketRecord | null): boolean {
  const rank = (status: string): number => ORDER.indexOf(status);
  if (condition.operator === "less_than") return rank(ticket.status) < rank(condition.value);
  if (condition.operator === "greater_than") return rank(ticket.status) > rank(condition.value);
  return compare(condition, ticket.status, before?.status ?? "");
}

const PATCH_ACTIONS = ["group_id", "assignee_id", "priority", "type", "status"];
export const ACTION_FIELDS: readonly string[] = [
  ...PATCH_ACTIONS,
  "set_tags",
  "current_tags",
  "remove_tags",
  "notification_webhook",
];

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
    if (typeof value !== "string") return [];
    if (PATCH_ACTIONS.includes(field)) applyAction(field, value, occasion, by);
    else if (field.endsWith("tags"))
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
  const typed = field.endsWith("_id") ? Number(value) || null : value;
  try {
    applyPatch(
      editor,
      readPatch({ [field]: typed }, () => {}),
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
