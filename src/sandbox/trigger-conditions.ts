/** The conditions of triggers and queues, asked of one ticket at one moment. */
import { type CommentRecord, type Condition, STATUS_VALUES, type TicketRecord } from "./records.ts";
import type { Actor } from "./ticket-change.ts";
import type { Directory, Editor } from "./ticket-editor.ts";
import { tagList } from "./ticket-patch.ts";

export interface Moment {
  readonly editor: Editor;
  /** Null on creation. */
  readonly before: TicketRecord | null;
  readonly comment: CommentRecord | null;
  readonly directory: Directory;
  readonly actor: Actor;
}

interface Conditions {
  readonly all: readonly Condition[];
  readonly any: readonly Condition[];
}

export const meetsAll = ({ all, any }: Conditions, moment: Moment): boolean =>
  all.every((condition) => meets(condition, moment)) &&
  (any.length === 0 || any.some((condition) => meets(condition, moment)));

type Test = (condition: Condition, moment: Moment) => boolean;

/** A field whose value is text or an id; nothing is the empty string. */
const plain =
  (read: (ticket: TicketRecord) => string | number | null): Test =>
  (condition, { editor, before }) =>
    compare(condition, textOf(read(editor.ticket)), before === null ? "" : textOf(read(before)));

const textOf = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

const TESTS: Record<string, Test> = {
  update_type: ({ value }, { before }) => (value.toLowerCase() === "create") === (before === null),
  group_id: plain((ticket) => ticket.group_id),
  assignee_id: plain((ticket) => ticket.assignee_id),
  requester_id: plain((ticket) => ticket.requester_id),
  organization_id: plain((ticket) => ticket.organization_id),
  brand_id: plain((ticket) => ticket.brand_id),
  ticket_form_id: plain((ticket) => ticket.ticket_form_id),
  type: plain((ticket) => ticket.type),
  priority: (condition, moment) => compareRanked(condition, moment, PRIORITIES, (ticket) => ticket.priority),
  status: (condition, moment) => compareRanked(condition, moment, STATUS_VALUES, (ticket) => ticket.status),
  via_id: ({ operator, value }, { editor }) =>
    [editor.ticket.via.channel, textOf(VIA_IDS[editor.ticket.via.channel])].includes(value) ===
    (operator !== "is_not"),
  role: ({ operator, value }, { directory, actor }) => {
    const role = directory.users.get(actor.userId)?.role ?? "";
    const names = [role === "end-user" ? "end_user" : "agent", role, String(actor.userId)];
    return names.includes(value) === (operator !== "is_not");
  },
  current_tags: ({ operator, value }, { editor }) =>
    tagList(value).some((tag) => editor.ticket.tags.includes(tag)) === (operator === "includes"),
  subject_includes_word: ({ operator, value }, { editor }) =>
    words(value).some((word) => editor.ticket.subject.toLowerCase().includes(word)) ===
    (operator === "includes" || operator === "is"),
  comment_includes_word: ({ operator, value }, { comment }) =>
    words(value).some((word) => (comment?.plain_body ?? "").toLowerCase().includes(word)) ===
    (operator === "includes" || operator === "is"),
  comment_is_public: ({ value }, { comment }) => comment !== null && comment.public === (value !== "false"),
};

/** Zendesk's numbers for the channels that a ticket can come by. */
const VIA_IDS: Readonly<Record<string, number>> = {
  web: 0,
  email: 4,
  api: 5,
  chat: 29,
  voice: 45,
  mobile: 48,
  side_conversation: 72,
  native_messaging: 75,
};

const CUSTOM_FIELD = /^custom_fields_(\d+)$/;

const customField: Test = (condition, { editor, before }) => {
  const id = Number(CUSTOM_FIELD.exec(condition.field)?.[1]);
  const valueIn = (ticket: TicketRecord | null): string =>
    textOf(ticket?.custom_fields.find((field) => field.id === id)?.value);
  return compare(condition, valueIn(editor.ticket), valueIn(before));
};

/** Whether conditions may ask about the field here. */
export const isConditionField = (field: string): boolean => field in TESTS || CUSTOM_FIELD.test(field);

const meets: Test = (condition, moment) =>
  (CUSTOM_FIELD.test(condition.field) ? customField : TESTS[condition.field])?.(condition, moment) ?? false;

const words = (value: string): string[] => value.toLowerCase().split(/\s+/).filter(Boolean);

const OPERATORS: Readonly<Record<string, (wanted: string, current: string, previous: string) => boolean>> = {
  is: (wanted, current) => current === wanted,
  is_not: (wanted, current) => current !== wanted,
  changed: (_wanted, current, previous) => current !== previous,
  not_changed: (_wanted, current, previous) => current === previous,
  /** "Changed to" and "changed from", in Zendesk's spelling. */
  value: (wanted, current, previous) => current === wanted && current !== previous,
  value_previous: (wanted, current, previous) => previous === wanted && current !== previous,
  not_value: (wanted, current, previous) => !(current === wanted && current !== previous),
  not_value_previous: (wanted, current, previous) => !(previous === wanted && current !== previous),
  present: (_wanted, current) => current !== "",
  not_present: (_wanted, current) => current === "",
};

const compare = ({ operator, value }: Condition, current: string, previous: string): boolean =>
  OPERATORS[operator]?.(value, current, previous) ?? false;

const PRIORITIES: readonly string[] = ["", "low", "normal", "high", "urgent"];

function compareRanked(
  condition: Condition,
  { editor, before }: Moment,
  order: readonly string[],
  read: (ticket: TicketRecord) => string | null,
): boolean {
  const rank = order.indexOf(read(editor.ticket) ?? "");
  if (condition.operator === "less_than") return rank < order.indexOf(condition.value);
  if (condition.operator === "greater_than") return rank > order.indexOf(condition.value);
  return compare(condition, read(editor.ticket) ?? "", before === null ? "" : (read(before) ?? ""));
}
