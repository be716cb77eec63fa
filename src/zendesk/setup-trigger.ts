/** The trigger that calls our webhook for each new ticket, where every event would be too many. */
import type { Change, Way } from "./setup.ts";

export const TRIGGER_TITLE = "Switchyard: tell about new tickets";
/** Only the id: Zendesk documents no escaping of texts in JSON, and the ticket is read fresh anyway. */
const BODY = '{"source":"trigger","ticket_id":"{{ticket.id}}"}';
/**
 * Nothing about our tags: a follow-up inherits those of the ticket it follows, and is new all the same. What we write
 * is no creation, so it cannot set the trigger off again.
 */
const CONDITIONS = [
  { field: "update_type", operator: "is", value: "Create" },
  { field: "status", operator: "less_than", value: "solved" },
];

export interface TriggerPart {
  readonly field: string;
  readonly operator?: string | null | undefined;
  readonly value?: unknown;
}

export interface FoundTrigger {
  readonly id: string;
  readonly title: string;
  readonly active: boolean;
  readonly created_at: string;
  readonly conditions: { readonly all: readonly TriggerPart[]; readonly any: readonly TriggerPart[] };
  readonly actions: readonly TriggerPart[];
}

/** What is sent to make the trigger, or to mend it. */
export const triggerBody = (webhookId: string) => ({
  title: TRIGGER_TITLE,
  active: true,
  conditions: { all: CONDITIONS, any: [] },
  actions: [{ field: "notification_webhook", value: [webhookId, BODY] }],
});

/**
 * @param webhookId the webhook it must call; null while there is none
 * @param isMade whether an earlier setup made the trigger of this id
 */
export function planTrigger(
  way: Way,
  triggers: readonly FoundTrigger[],
  webhookId: string | null,
  isMade: (id: string) => boolean,
): Change[] {
  const ours = triggers.filter((trigger) => trigger.title === TRIGGER_TITLE && isMade(trigger.id));
  if (way === "events") return ours.map((trigger) => change("delete", trigger, ["events take its place"]));
  const [own] = ours;
  if (own !== undefined) return [repair(own, webhookId)];
  const others = triggers.find((trigger) => trigger.active && calls(trigger, webhookId));
  // Whoever made it has chosen which tickets come.
  if (others !== undefined) return [change("keep", others, ["calls the webhook; its conditions stay"])];
  const details = ["all of: ticket is created, status less than solved"];
  return [change("create", { id: null, title: TRIGGER_TITLE }, details)];
}

const change = (
  action: Change["action"],
  { id, title }: { readonly id: string | null; readonly title: string },
  details: readonly string[],
): Change => ({ action, thing: "trigger", id, name: title, details, send: [] });

const calls = ({ actions }: FoundTrigger, webhookId: string | null): boolean =>
  webhookId !== null &&
  actions.some(
    ({ field, value }) =>
      field === "notification_webhook" && Array.isArray(value) && String(value[0]) === webhookId,
  );

function repair(trigger: FoundTrigger, webhookId: string | null): Change {
  const details = [
    ...(trigger.active ? [] : ["active: no → yes"]),
    ...(same(trigger.conditions.all, CONDITIONS) && trigger.conditions.any.length === 0
      ? []
      : ["conditions: as setup made them"]),
    ...(calls(trigger, webhookId) && sends(trigger) && trigger.actions.length === 1
      ? []
      : ["action: calls the webhook with the ticket's id"]),
  ];
  return details.length === 0
    ? change("keep", trigger, ["calls the webhook for new tickets"])
    : change("update", trigger, details);
}

/** Zendesk may hand values back in another case, and in another order. */
const same = (present: readonly TriggerPart[], wanted: readonly TriggerPart[]): boolean =>
  [...present].map(keyOf).sort().join("\n") === [...wanted].map(keyOf).sort().join("\n");
const keyOf = ({ field, operator, value }: TriggerPart): string =>
  [field, operator ?? "", String(value ?? "")].join(" ").toLowerCase();

const sends = ({ actions }: FoundTrigger): boolean =>
  actions.some(
    ({ value }) => Array.isArray(value) && String(value[1]).replace(/\s/g, "") === BODY.replace(/\s/g, ""),
  );
