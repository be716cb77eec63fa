/** What the simulated account holds, in the shapes and words of Zendesk's REST API. */

/** Epoch milliseconds. */
export type Now = () => number;

export interface Via {
  readonly channel: string;
  readonly source: {
    readonly from: Readonly<Record<string, unknown>>;
    readonly to: Readonly<Record<string, unknown>>;
    readonly rel: string | null;
  };
}

export const PRIORITY_VALUES = ["low", "normal", "high", "urgent"] as const;
export const TYPE_VALUES = ["problem", "incident", "question", "task"] as const;
/** In the order of Zendesk's "status less than". */
export const STATUS_VALUES = ["new", "open", "pending", "hold", "solved", "closed"] as const;

export interface CustomField {
  readonly id: number;
  readonly value: unknown;
}

export interface TicketRecord {
  readonly id: number;
  external_id: string | null;
  readonly via: Via;
  /** ISO 8601, second resolution, like every time of the REST API. */
  readonly created_at: string;
  updated_at: string;
  /** Epoch seconds of the last change of any kind; the incremental export goes by it. */
  generated_timestamp: number;
  type: (typeof TYPE_VALUES)[number] | null;
  subject: string;
  readonly description: string;
  priority: (typeof PRIORITY_VALUES)[number] | null;
  status: (typeof STATUS_VALUES)[number] | "deleted";
  requester_id: number;
  readonly submitter_id: number;
  assignee_id: number | null;
  organization_id: number | null;
  group_id: number | null;
  brand_id: number;
  ticket_form_id: number;
  readonly custom_status_id: number;
  readonly is_public: boolean;
  tags: readonly string[];
  custom_fields: readonly CustomField[];
  satisfaction_rating?: { readonly score: "good" | "bad"; readonly comment: string | null };
  /** It has been with an agent: custom queues do not take it again. */
  was_assigned?: boolean;
}

/** What a customer thought of the help. Group and agent are those of that moment. */
export interface RatingRecord {
  readonly id: number;
  readonly score: "good" | "bad";
  readonly comment: string | null;
  readonly ticket_id: number;
  readonly requester_id: number;
  readonly assignee_id: number | null;
  readonly group_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CommentRecord {
  readonly id: number;
  readonly type: "Comment";
  readonly author_id: number;
  readonly body: string;
  readonly html_body: string;
  readonly plain_body: string;
  readonly public: boolean;
  readonly attachments: readonly [];
  readonly audit_id: number;
  readonly via: Via;
  readonly created_at: string;
}

export interface AuditEvent {
  readonly id: number;
  readonly type: "Create" | "Change" | "Comment" | "Notification";
  readonly field_name?: string;
  readonly value?: unknown;
  readonly previous_value?: unknown;
  /** Present when somebody else than the audit's author did it: a trigger. */
  readonly via?: Via;
  readonly [more: string]: unknown;
}

export interface AuditRecord {
  readonly id: number;
  readonly ticket_id: number;
  readonly created_at: string;
  readonly author_id: number;
  readonly via: Via;
  readonly metadata: {
    readonly system: Readonly<Record<string, unknown>>;
    readonly custom: Readonly<Record<string, unknown>>;
  };
  readonly events: readonly AuditEvent[];
}

/** A ticket with everything that ever happened to it: written as one, so that a crash never leaves half of it. */
export interface TicketFile {
  readonly ticket: TicketRecord;
  readonly comments: CommentRecord[];
  readonly audits: AuditRecord[];
}

export interface GroupRecord {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly default: boolean;
  readonly is_public: boolean;
  readonly deleted: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface UserRecord {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly role: "end-user" | "agent" | "admin";
  readonly locale: string;
  readonly organization_id: number | null;
  readonly tags: readonly string[];
  readonly user_fields: Readonly<Record<string, unknown>>;
  /** Not part of the API's user: which groups an agent is a member of. */
  readonly group_ids: readonly number[];
  readonly suspended?: boolean;
  /** Sees only the tickets of the own groups. */
  readonly restricted_agent?: boolean;
  /** A light agent: comments in private and is never assigned a ticket. */
  readonly only_private_comments?: boolean;
  readonly created_at: string;
}

export interface OrganizationRecord {
  readonly id: number;
  readonly name: string;
  readonly domain_names: readonly string[];
  readonly tags: readonly string[];
  readonly organization_fields: Readonly<Record<string, unknown>>;
  readonly group_id: number | null;
  readonly created_at: string;
}

export interface TicketField {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly active: boolean;
  readonly custom_field_options?: readonly {
    readonly id: number;
    readonly name: string;
    readonly value: string;
  }[];
  readonly created_at: string;
}

export interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

export interface TriggerRecord {
  readonly id: number;
  readonly title: string;
  readonly active: boolean;
  readonly position: number;
  readonly conditions: { readonly all: readonly Condition[]; readonly any: readonly Condition[] };
  readonly actions: readonly { readonly field: string; readonly value: string | readonly string[] }[];
  readonly created_at: string;
}

export interface WebhookRecord {
  readonly id: string;
  readonly name: string;
  readonly status: "active" | "inactive";
  /** Empty: not known yet, so deliveries wait. Only the sandbox's own webhook is ever like that. */
  readonly endpoint: string;
  readonly http_method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly request_format: "json" | "xml" | "form_encoded";
  /** Event types, or only `conditional_ticket_events` for a webhook that triggers call. */
  readonly subscriptions: readonly string[];
  readonly authentication: WebhookAuthentication | null;
  readonly secret: string;
  readonly created_at: string;
}

interface WebhookAuthentication {
  readonly type: "basic_auth" | "bearer_token" | "api_key";
  readonly data: Readonly<Record<string, string>>;
  readonly add_position: "header";
}

/** ISO 8601 with seconds, as every time of the REST API. */
export const isoSecond = (ms: number): string =>
  `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
