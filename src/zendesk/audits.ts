/** A ticket's audits, read as who changed what. */
import { z } from "zod";
import type { Actor, Audit, Change, RuleName } from "../triage/ticket.ts";
import { Id, IdOrNull } from "./id.ts";

/** The key under `metadata` in which an update leaves its decision's id. */
export const METADATA_KEY = "switchyard";

/** Where a change came from: the channel, and the rule if one is named. */
const Via = z
  .looseObject({
    channel: z.union([z.string(), z.number()]).nullish().catch(null),
    source: z
      .looseObject({
        rel: z.string().nullish().catch(null),
        from: z
          .looseObject({ id: IdOrNull.catch(null), title: z.string().nullish() })
          .nullish()
          .catch(null),
      })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null)
  .transform((via) => ({
    channel: String(via?.channel ?? "").toLowerCase(),
    rel: via?.source?.rel ?? null,
    from: via?.source?.from ?? null,
  }));
type Via = z.infer<typeof Via>;

const Event = z.looseObject({
  type: z.string().transform((type) => type.toLowerCase()),
  field_name: z.string().nullish(),
  value: z.unknown().optional(),
  previous_value: z.unknown().optional(),
  public: z.boolean().nullish().catch(null),
  via: Via,
});
type Event = z.infer<typeof Event>;

const OurMetadata = z
  .looseObject({
    custom: z.looseObject({ [METADATA_KEY]: z.looseObject({ decision_id: z.string().min(1) }) }),
  })
  .transform(({ custom }) => custom[METADATA_KEY]?.decision_id ?? null)
  .nullish()
  .catch(null);

export const AuditJson = z.looseObject({
  id: Id,
  created_at: z.string(),
  author_id: IdOrNull,
  via: Via,
  metadata: OurMetadata,
  events: z
    .array(Event)
    .nullish()
    .transform((events) => events ?? []),
});
export type AuditJson = z.infer<typeof AuditJson>;

export const AuditsPage = z.looseObject({
  audits: z.array(AuditJson),
  /** Those who wrote them, when they were asked for (`include=users`) and Zendesk knows them. */
  users: z
    .array(z.looseObject({ id: Id, role: z.string() }))
    .nullish()
    .catch(null),
});
type AuditsPage = Pick<z.infer<typeof AuditsPage>, "audits" | "users">;

const RULE_CHANNELS = new Set(["rule", "rule_revision", "business_rule", "trigger", "automation"]);
/** The second is the name that events use for the same channel. */
const API_CHANNELS = new Set(["api", "web_service"]);

const FIELDS: Readonly<Record<string, Change["field"]>> = {
  group_id: "group",
  assignee_id: "assignee",
  tags: "tags",
  priority: "priority",
  status: "status",
  satisfaction_score: "csat",
};

/**
 * Oldest first. Triggers write into the audit of the update that set them off, so one of Zendesk's audits becomes
 * several of ours when they did: what its author changed, and then, under the same id, what each rule made of it.
 * @param serviceUserId whose updates are ours
 * @param knownRequesterId until an audit says who it is
 */
export function readAuditTrail(
  pages: readonly AuditsPage[],
  serviceUserId: number,
  knownRequesterId: number | null = null,
): Audit[] {
  const ordered = pages
    .flatMap(({ audits }) => audits)
    .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id);
  // The requester is one of them as a rule; so is a colleague in CC who answers.
  const endUsers = new Set(
    pages
      .flatMap(({ users }) => users ?? [])
      .filter(({ role }) => role.toLowerCase() === "end-user")
      .map(({ id }) => id),
  );
  let requesterId = knownRequesterId;
  return ordered.flatMap((audit) => {
    requesterId = requesterSetBy(audit) ?? requesterId;
    const isCustomers = audit.author_id === requesterId || endUsers.has(audit.author_id ?? 0);
    return split(audit, actorOf(audit, serviceUserId, isCustomers), serviceUserId);
  });
}

function split(audit: AuditJson, actor: Actor, serviceUserId: number): Audit[] {
  const whole = { id: audit.id, at: audit.created_at, authorId: audit.author_id };
  const byRules = audit.events.filter((event) => RULE_CHANNELS.has(event.via.channel));
  const byAuthor = audit.events.filter((event) => !RULE_CHANNELS.has(event.via.channel));
  const main: Audit = {
    ...whole,
    actor,
    creates: audit.events.some((event) => event.type === "create"),
    changes: changesIn(actor === "rule" ? audit.events : byAuthor),
    // Anybody with API access may write our metadata key. Only our own user is believed.
    decisionId: audit.author_id === serviceUserId ? (audit.metadata ?? null) : null,
    ...(actor === "rule" ? ruleOf(audit.via, ...audit.events.map((event) => event.via)) : {}),
    ...commentIn(byAuthor),
    ...(isMergedAway(audit) ? { merges: true } : {}),
  };
  const changes = changesIn(byRules);
  if (actor === "rule" || changes.length === 0) return [main];
  return [main, ...byRule(byRules).map((events) => ruleAudit(whole, events))];
}

/** Both tickets of a merge hear of it; only the one that ends is closed by it. */
const isMergedAway = ({ via, events }: AuditJson): boolean =>
  (via.rel === "merge" || via.channel === "merge") &&
  events.some(({ field_name: name, value }) => name === "status" && value === "closed");

const ruleAudit = (whole: Pick<Audit, "id" | "at" | "authorId">, events: readonly Event[]): Audit => ({
  ...whole,
  actor: "rule",
  creates: false,
  changes: changesIn(events),
  decisionId: null,
  ...ruleOf(...events.map((event) => event.via)),
});

/** One part for each rule that changed something, in the order in which they did. */
function byRule(events: readonly Event[]): Event[][] {
  const changing = events.filter((event) => changeOf(event).length > 0);
  return [...Map.groupBy(changing, ({ via }) => `${via.rel}:${via.from?.id ?? ""}`).values()];
}

/** The first that has a name. */
function ruleOf(...vias: readonly Via[]): { rule?: RuleName } {
  const named = vias.find(({ channel, from }) => RULE_CHANNELS.has(channel) && from?.title);
  if (named?.from?.title == null) return {};
  return { rule: { id: named.from.id, title: named.from.title, kind: named.rel ?? "rule" } };
}

function commentIn(events: readonly Event[]): { comment?: "public" | "private" } {
  const comment = events.find(({ type }) => type === "comment" || type === "voicecomment");
  if (comment === undefined) return {};
  return { comment: comment.public === false ? "private" : "public" };
}

function actorOf(audit: AuditJson, serviceUserId: number, isCustomers: boolean): Actor {
  const { author_id: author, via } = audit;
  // No author is Zendesk itself at work: automations, routing, deletions.
  if (author === null || RULE_CHANNELS.has(via.channel)) return "rule";
  const byApi = API_CHANNELS.has(via.channel);
  if (author === serviceUserId && (byApi || audit.metadata)) return "switchyard";
  if (byApi) return "program";
  // A customer can write a ticket and answer it; who assigns one is at work here, even on a ticket of their own. What a
  // trigger makes of a customer's words is the trigger's work.
  const assigns = audit.events.some(
    ({ type, field_name: name, via: by }) =>
      type === "change" && /^(group|assignee)_id$/.test(name ?? "") && !RULE_CHANNELS.has(by.channel),
  );
  return isCustomers && !assigns ? "requester" : "person";
}

function requesterSetBy(audit: AuditJson): number | null {
  const event = audit.events.findLast((candidate) => candidate.field_name === "requester_id");
  return Id.safeParse(event?.value).data ?? null;
}

const changesIn = (events: readonly Event[]): Change[] => events.flatMap(changeOf);

function changeOf({ type, field_name: name, previous_value: from, value: to }: Event): Change[] {
  if ((type !== "change" && type !== "create") || !name) return [];
  const field = FIELDS[name] ?? "other";
  // Subject, description and custom fields hold the customer's words, which have no business in a trail of changes.
  if (field === "other") return [{ field, from: null, to: null }];
  return [{ field, from: textOf(from), to: textOf(to) }];
}

function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(" ");
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}
