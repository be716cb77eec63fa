/**
 * What Switchyard needs in an account, compared with what stands there: a plan that can be shown before it is carried
 * out. Nothing here asks or writes; `setup-account.ts` does.
 */
import { createHash } from "node:crypto";
import { FIELD_TITLES, type FoundField, planFields } from "./setup-fields.ts";
import { type FoundTrigger, planTrigger, TRIGGER_TITLE } from "./setup-trigger.ts";
import { type FoundWebhook, planWebhook, WEBHOOK_NAME } from "./setup-webhook.ts";

export const THINGS = ["trigger", "webhook", "intent_field", "confidence_field"] as const;
export type Thing = (typeof THINGS)[number];

/** How new tickets are told: every one of them as an event, or those that a trigger of the account lets through. */
export type Way = "events" | "trigger";

export interface Wanted {
  /** Where the account sends deliveries: `https://router.example.com/webhooks/zendesk`. */
  readonly endpoint: string;
  readonly way: Way;
  /** For the intent field, in the order of the routing table; null: no fields. */
  readonly intents: readonly IntentOption[] | null;
}

export interface IntentOption {
  readonly id: string;
  /** `Category::Intent`, which Zendesk shows as a menu in a menu. */
  readonly name: string;
}

export interface Found {
  readonly webhooks: readonly FoundWebhook[];
  readonly triggers: readonly FoundTrigger[];
  readonly fields: readonly FoundField[];
}

/** What an earlier setup made: only this is ever changed against its owner's will, or deleted. */
export interface Made {
  readonly thing: Thing;
  readonly id: string;
}

/**
 * `keep`: as wanted · `leave`: somebody else's, or changed by people, so it stays · `refuse`: something is in the way
 * that only people can move · `forget`: made once, and gone by now.
 */
export type Action = "create" | "update" | "keep" | "leave" | "refuse" | "delete" | "forget";

export interface Change {
  readonly action: Action;
  readonly thing: Thing;
  /** Null: the account will give it one. */
  readonly id: string | null;
  readonly name: string;
  /** What differs, or why nothing is done; one short text each. May quote names from the account. */
  readonly details: readonly string[];
  /** What is sent, an object for each request; a trigger's is made when its webhook has an id. */
  readonly send: readonly Readonly<Record<string, unknown>>[];
}

/** In the order in which it is safe to carry out: the new way stands before the old one goes. */
export function planSetup(wanted: Wanted, found: Found, made: readonly Made[]): Change[] {
  const isMade = (thing: Thing, id: string): boolean =>
    made.some((each) => each.thing === thing && each.id === id);
  const webhook = planWebhook(wanted, found.webhooks, (id) => isMade("webhook", id));
  const refused = webhook.changes.some(({ action }) => action === "refuse");
  const trigger = refused
    ? []
    : planTrigger(wanted.way, found.triggers, webhook.id, (id) => isMade("trigger", id));
  return [
    ...made.flatMap(({ thing, id }) => (isThere(thing, id, found) ? [] : [undoOf(thing, id, undefined)])),
    ...webhook.changes,
    ...trigger,
    ...webhook.replaced,
    ...(wanted.intents === null ? [] : planFields(wanted.intents, found.fields)),
  ];
}

/** Stands in the record for the id of what is being made: the time (epoch milliseconds), and a mark of its address. */
const BEGUN = /^begun-(\d+)-(\w+)$/;
export const begunId = ({ send }: Pick<Change, "send">, at: number): string =>
  `begun-${at}-${markOf(send[0]?.["endpoint"])}`;
const markOf = (endpoint: unknown): string =>
  typeof endpoint === "string" ? createHash("sha256").update(endpoint).digest("hex").slice(0, 8) : "none";
export const isBegun = (id: string): boolean => BEGUN.test(id);
/** How far Zendesk's clock may be behind ours. */
const CLOCKS_MS = 2 * 60_000;

/** What setup was making when it was stopped gets its id, if it is there: of our name and address, and no older than that. */
export const settled = (made: readonly Made[], found: Found): Made[] =>
  made.flatMap((each) => {
    const [, begun, mark] = BEGUN.exec(each.id) ?? [];
    if (begun === undefined) return [each];
    const present = namesIn(found, each.thing).find(
      ({ id, name, createdAt, endpoint }) =>
        name === MADE_NAMES[each.thing] &&
        markOf(endpoint) === mark &&
        Date.parse(createdAt) >= Number(begun) - CLOCKS_MS &&
        !made.some((other) => other.thing === each.thing && other.id === id),
    );
    return present === undefined ? [] : [{ thing: each.thing, id: present.id }];
  });

function namesIn({ webhooks, triggers, fields }: Found, thing: Thing) {
  if (thing === "webhook")
    return webhooks.map(({ created_at: createdAt, ...webhook }) => ({ ...webhook, createdAt }));
  const titled = thing === "trigger" ? triggers : fields;
  return titled.map(({ id, title: name, created_at: createdAt }) => ({
    id,
    name,
    createdAt,
    endpoint: null,
  }));
}

const MADE_NAMES: Readonly<Record<Thing, string>> = {
  trigger: TRIGGER_TITLE,
  webhook: WEBHOOK_NAME,
  ...FIELD_TITLES,
};

const isThere = (thing: Thing, id: string, found: Found): boolean =>
  namesIn(found, thing).some((each) => each.id === id);

/** Takes back what setup made, and nothing else: what bears another name by now belongs to whoever renamed it. */
export function planUndo(found: Found, made: readonly Made[]): Change[] {
  return THINGS.flatMap((thing) => {
    const names = new Map(namesIn(found, thing).map(({ id, name }) => [id, name]));
    return made.filter((each) => each.thing === thing).map(({ id }) => undoOf(thing, id, names.get(id)));
  });
}

function undoOf(thing: Thing, id: string, present: string | undefined): Change {
  const name = MADE_NAMES[thing];
  const change = { thing, id, name, send: [] };
  if (present === undefined) return { ...change, action: "forget", details: ["is gone already"] };
  if (present === name) return { ...change, action: "delete", details: [] };
  return {
    ...change,
    name: present,
    action: "leave",
    details: ["setup made it under another name; delete it yourself if nobody needs it"],
  };
}
