/** The one PUT that writes a decision to its ticket, and what Zendesk's answer to it means. */
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import type { UpdateResult } from "../ports.ts";
import type { TicketUpdate } from "../triage/update.ts";
import { METADATA_KEY } from "./audits.ts";
import { textIn, unclear, ZendeskHttpError } from "./http-error.ts";
import { Id } from "./id.ts";

/** Sends the body and answers Zendesk's; throws as the transport does. */
type Put = (body: { ticket: object }) => Promise<unknown>;

/**
 * @param onNoteDropped told when the ticket is full of comments and the update was made without its note
 */
export async function putUpdate(
  put: Put,
  ticketId: number,
  update: TicketUpdate,
  onNoteDropped: () => void,
): Promise<UpdateResult> {
  const first = await attempt(put, ticketId, payloadOf(update));
  if (first !== "full") return first;
  const { comment: _comment, ...withoutNote } = payloadOf(update);
  const second = await attempt(put, ticketId, withoutNote);
  if (second === "full") return refused("invalid", "The ticket holds as many comments as Zendesk allows.");
  if (second.kind === "written") onNoteDropped();
  return second;
}

/** The assignee is left out: when the group changes, Zendesk decides about it. */
function payloadOf(update: TicketUpdate) {
  return {
    ...(update.groupId === undefined ? {} : { group_id: update.groupId }),
    ...(update.tags === undefined ? {} : { tags: update.tags }),
    ...(update.priority === undefined ? {} : { priority: update.priority }),
    // Said outright: a comment is public unless it says that it is not, and the customer would get it by mail.
    comment: { html_body: update.note, public: false },
    metadata: {
      [METADATA_KEY]: { decision_id: update.decisionId, routing_version: update.routingVersion },
    },
    safe_update: true,
    updated_stamp: update.stamp,
  };
}

const Written = z.looseObject({ ticket: z.looseObject({ id: Id }) });

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
  return { kind: "written" };
}

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
      return refused(
        "invalid",
        "The service user may not change this ticket. Give it a role that may edit all tickets.",
      );
    case 404:
    case 410:
      return refused("gone", "The ticket was deleted.");
    case 422:
      if (said(CLOSED))
        return refused("closed", "The ticket is closed, and Zendesk allows no more changes to it.");
      return said(FULL) ? "full" : refused("invalid", invalidMessage(error));
    default:
      return refused("invalid", invalidMessage(error));
  }
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
