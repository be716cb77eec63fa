/** Tickets and people as the REST API shows them. */
import type { GroupRecord, OrganizationRecord, TicketRecord, UserRecord } from "./records.ts";

export const ticketJson = (
  { was_assigned: _hidden, satisfaction_rating, ...ticket }: TicketRecord,
  origin: string,
): Record<string, unknown> => ({
  url: `${origin}/api/v2/tickets/${ticket.id}.json`,
  ...ticket,
  raw_subject: ticket.subject,
  recipient: null,
  collaborator_ids: [],
  follower_ids: [],
  email_cc_ids: [],
  forum_topic_id: null,
  problem_id: null,
  has_incidents: false,
  due_at: null,
  fields: ticket.custom_fields,
  satisfaction_rating: satisfaction_rating ?? { score: "unoffered" },
  sharing_agreement_ids: [],
  followup_ids: [],
  allow_channelback: false,
  allow_attachments: true,
  from_messaging_channel: ticket.via.channel === "native_messaging",
});

export const userJson = (user: UserRecord, origin: string): Record<string, unknown> => {
  const { group_ids, ...shown } = user;
  const agent = user.role !== "end-user";
  return {
    url: `${origin}/api/v2/users/${user.id}.json`,
    restricted_agent: !agent,
    suspended: false,
    only_private_comments: false,
    ...shown,
    /** 1 is Zendesk's number for light agents. */
    role_type: agent ? (user.only_private_comments === true ? 1 : 0) : null,
    updated_at: user.created_at,
    locale_id: 1,
    time_zone: "Etc/UTC",
    iana_time_zone: "Etc/UTC",
    active: true,
    verified: true,
    custom_role_id: null,
    default_group_id: group_ids[0] ?? null,
    ticket_restriction: agent ? (user.restricted_agent === true ? "groups" : null) : "requested",
    moderator: agent,
    phone: null,
    details: null,
    notes: null,
  };
};

export const groupJson = (group: GroupRecord, origin: string): Record<string, unknown> => ({
  url: `${origin}/api/v2/groups/${group.id}.json`,
  ...group,
});

export const organizationJson = (
  organization: OrganizationRecord,
  origin: string,
): Record<string, unknown> => ({
  url: `${origin}/api/v2/organizations/${organization.id}.json`,
  ...organization,
  updated_at: organization.created_at,
  details: null,
  notes: null,
  shared_tickets: false,
  shared_comments: false,
  external_id: null,
});
