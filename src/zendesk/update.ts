/** The one PUT that writes a decision to its ticket, and what Zendesk's answer to it means. */
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { UpdateResult } from "../ports/zendesk.ts";
import type { Audit } from "../triage/ticket.ts";
import type { TicketUpdate } from "../triage/update.ts";
import { AuditJson, METADATA_KEY, readAuditTrail } from "./audits.ts";
import { textIn, unclear, ZendeskHttpError } from "./http-error.ts";
import { Id } from "./id.ts";

/** The account's own ticket fields for intent and confidence; null where there is none. */
export interface ShownFields {
  readonly intentId: number | null;
  readonly confidenceId: number | null;
}

/**
 * An option's value is also a tag of the ticket, and a list of tags that lacks it clears the field: so these stand in
 * both. No other tag starts like this.
 */
const OPTION_PREFIX = "sy_field_";
const intentOption = (intent: string): string => `${OPTION_PREFIX}intent_${intent}`;
const confidenceOption = (level: string): string => `${OPTION_PREFIX}confidence_${level}`;

/** Sends the body and answers Zendesk's; throws as the transport does. */
type Put = (body: { ticket: object }) => Promise<unknown>;

/** What the update had to be made without. */
export type Dropped = "note" | "fields";

/**
 * @param onDropped told when Zendesk took the update only in part: the ticket is full of comments, or a field has no
 * such option (the table got an intent since the fields were made), or there is no such skill
 */
export async function putUpdate(
  put: Put,
  { ticketId, update, fields }: { ticketId: number; update: TicketUpdate; fields: ShownFields },
  onDropped: (dropped: Dropped) => void,
): Promise<UpdateResult> {
  const { custom_fields, ...plain } = payloadOf(update, fields);
  const hasExtras = custom_fields.length > 0 || update.skills !== undefined;
  const first = await attempt(
    put,
    ticketId,
    custom_fields.length === 0 ? plain : { ...plain, custom_fields },
  );
  const [dropped, rest] = first === "full" ? withoutNote(plain) : withoutFields(plain, update);
  const again =
    first === "full" ||
    (hasExtras && first.kind === "refused" && (first.why === "invalid" || first.why === "place"));
  if (!again) return first;
  const second = await attempt(put, ticketId, rest);
  if (second === "full") return refused("invalid", "The ticket holds as many comments as Zendesk allows.");
  if (second.kind === "written") onDropped(dropped);
  return second;
}

function withoutNote({ comment: _comment, ...rest }: object & { comment: unknown }): [Dropped, object] {
  return ["note", rest];
}

function withoutFields(
  { attribute_value_ids: _skills, ...plain }: object & { attribute_value_ids?: unknown },
  { tags }: TicketUpdate,
): [Dropped, object] {
  return ["fields", { ...plain, ...(tags === undefined ? {} : { tags }) }];
}

/** Where nobody was chosen the assignee is left out: when the group changes, Zendesk decides about it. */
function payloadOf(update: TicketUpdate, fields: ShownFields) {
  const custom_fields = customFieldsOf(update, fields);
  return {
    ...(update.groupId === undefined ? {} : { group_id: update.groupId }),
    ...(update.assigneeId === undefined ? {} : { assignee_id: update.assigneeId }),
    ...(update.skills === undefined ? {} : { attribute_value_ids: update.skills.map(skillId) }),
    ...(update.tags === undefined ? {} : { tags: tagsWith(update.tags, custom_fields) }),
    ...(update.priority === undefined ? {} : { priority: update.priority }),
    custom_fields,
    // Said outright: a comment is public unless it says that it is not, and the customer would get it by mail.
    comment: { html_body: update.note, public: false },
    metadata: {
      [METADATA_KEY]: { decision_id: update.decisionId, routing_version: update.routingVersion },
    },
    safe_update: true,
    updated_stamp: update.stamp,
  };
}

/** Numbers in the description of the API, UUIDs in its examples: each is sent as what it is. */
const skillId = (id: string): string | number => (/^\d{1,15}$/.test(id) ? Number(id) : id);

interface CustomField {
  readonly id: number;
  readonly value: string;
}

function customFieldsOf({ shown }: TicketUpdate, { intentId, confidenceId }: ShownFields): CustomField[] {
  if (shown === undefined) return [];
  return [
    ...(intentId === null || shown.intent === null
      ? []
      : [{ id: intentId, value: intentOption(shown.intent) }]),
    ...(confidenceId === null ? [] : [{ id: confidenceId, value: confidenceOption(shown.confidenceLevel) }]),
  ];
}

/** Tags of options that the fields had before go with them. */
const tagsWith = (tags: readonly string[], fields: readonly CustomField[]): readonly string[] =>
  fields.length === 0
    ? tags
    : [...tags.filter((tag) => !tag.startsWith(OPTION_PREFIX)), ...fields.map((field) => field.value)];

const Written = z.looseObject({
  ticket: z.looseObject({ id: Id }),
  /** Absent from an answer that says less; then nothing is known about the account's rules. */
  audit: AuditJson.nullish().catch(null),
});

async function attempt(put: Put, ticketId: number, ticket: object): Promise<UpdateResult | "full"> {
  let body: unknown;
  try {
    body = await put({ ticket });
  } catch (error) {
    if (error instanceof ZendeskHttpError) return resultOf(error);
    throw error;
  }
  const written = Written.safeParse(body);
  if (!written.success || written.data.ticket.id !== ticketId) throw unclear("expected the updated ticket");
  return { kind: "written", rules: readRules(written.data.audit ?? null) };
}

/** What the account's rules made of our own update, in its very audit. */
const readRules = (audit: z.infer<typeof AuditJson> | null): readonly Audit[] =>
  audit === null || audit.author_id === null
    ? []
    : readAuditTrail([{ audits: [audit] }], audit.author_id).filter(({ actor }) => actor === "rule");

const FORBIDDEN =
  "The service user may not change this ticket. Give it a role that may edit all tickets, then retry the ticket in the console.";
const CLOSED = /closed prevents|closedticket|ticket is closed/i;
const FULL = /too many comments|5,?000[^.]{0,60}comments|comments[^.]{0,60}(limit|5,?000)|comment limit/i;

function resultOf(error: ZendeskHttpError): UpdateResult | "full" {
  const said = (pattern: RegExp): boolean => textIn(error.body).some((text) => pattern.test(text));
  switch (error.status) {
    case 409:
      if (said(/^UpdateConflict$/i)) return { kind: "conflict" };
      throw new RetryableError("zendesk.busy", "Zendesk is working on this ticket already.", {
        cause: error,
      });
    case 403:
      // No other group would help: an operator has to act, and then puts the ticket back as it was decided.
      throw new PermanentError("zendesk.forbidden", FORBIDDEN, { cause: error });
    case 404:
    case 410:
      return refused("gone", "The ticket was deleted.");
    case 422:
      if (said(CLOSED))
        return refused("closed", "The ticket is closed, and Zendesk allows no more changes to it.");
      return said(FULL) ? "full" : invalid(error);
    default:
      return invalid(error);
  }
}

/** Another group or nobody may be taken where these were not; nothing else of an update can be put right by us. */
function invalid(error: ZendeskHttpError): UpdateResult {
  // What stands between us and Zendesk answers in pages, and may let the next try through.
  if (typeof error.body !== "object")
    throw unclear(`a refusal (status ${error.status}) without a reason`, error);
  const place = /group|assignee/i.test(JSON.stringify(error.body));
  return refused(place ? "place" : "invalid", invalidMessage(error));
}

const ErrorBody = z.looseObject({
  error: z.string().nullish().catch(null),
  details: z.record(z.string(), z.unknown()).nullish().catch(null),
});

/** Names of errors and fields only: descriptions may quote the ticket. */
function invalidMessage(error: ZendeskHttpError): string {
  const { data } = ErrorBody.safeParse(error.body);
  const names = [data?.error, ...Object.keys(data?.details ?? {})].filter(
    (name): name is string => typeof name === "string" && /^[\w.-]{1,40}$/.test(name),
  );
  const what = names.length === 0 ? "" : ` (${names.slice(0, 4).join(", ")})`;
  return `Zendesk refused the update with status ${error.status}${what}. Compare the routing table with the account's groups and fields.`;
}

const refused = (why: Extract<UpdateResult, { kind: "refused" }>["why"], message: string): UpdateResult => ({
  kind: "refused",
  why,
  message,
});
