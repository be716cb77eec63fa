/** Comments as Zendesk keeps them: HTML, and the same as text. */
import { recordInvalid } from "./api-error.ts";
import { paragraphs, plainText, sanitizeHtml, stripHtml } from "./html.ts";
import type { AuditEvent, CommentRecord, Via } from "./records.ts";
import { blank, type CommentInput } from "./ticket-patch.ts";

interface Circumstances {
  readonly id: number;
  readonly auditId: number;
  readonly authorId: number;
  readonly isPublic: boolean;
  readonly via: Via;
  readonly at: string;
}

/** `html_body` wins over `body`; HTML in `body` is stripped. */
export function commentFrom(input: CommentInput, about: Circumstances): CommentRecord {
  if (blank(input)) throw recordInvalid("comment", "Comment: cannot be blank", "BlankValue");
  const text = stripHtml(input.body ?? "");
  const html = input.html_body === undefined ? paragraphs(text) : sanitizeHtml(input.html_body);
  const plain = input.html_body === undefined ? text : plainText(html);
  return {
    id: about.id,
    type: "Comment",
    author_id: about.authorId,
    body: plain,
    html_body: html,
    plain_body: plain,
    public: about.isPublic,
    attachments: [],
    audit_id: about.auditId,
    via: about.via,
    created_at: about.at,
  };
}

/** The comment as its audit shows it. An event with a `via` of its own would be a trigger's. */
export function commentEvent(comment: CommentRecord): AuditEvent {
  const { via: _via, created_at: _at, ...event } = comment;
  return event;
}
