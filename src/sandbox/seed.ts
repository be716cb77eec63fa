/** The account before the first customer writes: groups, their agents, customers, and the documented ticket. */
import { commentEvent } from "./comment.ts";
import { paragraphs } from "./html.ts";
import type { GroupRecord, OrganizationRecord, TicketFile, UserRecord, Via } from "./records.ts";

export const ACCOUNT_ID = 22129848;
export const BRAND_ID = 8447346621310;
export const FORM_ID = 8646151517822;
export const CUSTOM_STATUS_ID = 8447320465790;
export const SERVICE_USER_ID = 8447388090001;
const OPENED = "2025-01-06T09:00:00Z";

/** Group, and the agent who works there. */
const TEAMS = [
  ["Customer Care", "Amara Okafor", "agent@example.com"],
  ["Technical Support", "Jonas Lindqvist", "jonas@example.com"],
  ["Accounts & Access", "Mei-Ling Chen", "mei-ling@example.com"],
  ["Billing", "Rafael Ortega", "rafael@example.com"],
  ["Orders & Shipping", "Priya Raman", "priya@example.com"],
  ["Sales", "Thomas Becker", "thomas@example.com"],
  ["Product Feedback", "Ingrid Haugen", "ingrid@example.com"],
  ["Security", "Kwame Mensah", "kwame@example.com"],
  ["Legal & Compliance", "Claire Fontaine", "claire@example.com"],
  ["Incident Response", "Sofia Marques", "sofia@example.com"],
  ["Onboarding & Training", "Liam Gallagher", "liam@example.com"],
  ["Integrations", "Yuki Tanabe", "yuki@example.com"],
] as const;

const groupId = (index: number): number => 8447320466400 + index * 17;

export const GROUPS: readonly GroupRecord[] = TEAMS.map(([name], index) => ({
  id: groupId(index),
  name,
  description: "",
  default: index === 0,
  is_public: true,
  deleted: false,
  created_at: OPENED,
  updated_at: OPENED,
}));

const AGENTS: readonly UserRecord[] = TEAMS.map(([, name, email], index) =>
  user({ id: 8447388090100 + index * 13, name, email, role: "agent", group_ids: [groupId(index)] }),
);

/** Each group has a second agent, so that there is somebody to choose. */
const COLLEAGUES: readonly UserRecord[] = (
  [
    "Noah Fischer",
    "Aisha Rahman",
    "Lucas Moreau",
    "Elena Petrova",
    "Daniel Kim",
    "Hana Sato",
    "Marco Bianchi",
    "Zanele Dube",
    "Oliver Wright",
    "Camila Rojas",
    "Freya Nielsen",
    "Arjun Patel",
  ] as const
).map((name, index) =>
  user({
    id: 8447388090300 + index * 11,
    name,
    email: `${name.toLowerCase().replace(/\W+/g, ".")}@example.com`,
    role: "agent",
    group_ids: [groupId(index)],
    restricted_agent: name === "Arjun Patel",
  }),
);

/** In the first group, and yet nobody to assign a ticket to: a light agent, and one who has left. */
const OTHERS: readonly UserRecord[] = [
  user({
    id: 8447388090451,
    name: "Grace Liu",
    email: "grace.liu@example.com",
    role: "agent",
    group_ids: [groupId(0)],
    only_private_comments: true,
  }),
  user({
    id: 8447388090462,
    name: "Peter Novak",
    email: "peter.novak@example.com",
    role: "agent",
    group_ids: [groupId(0)],
    suspended: true,
  }),
];

const SERVICE_USER = user({
  id: SERVICE_USER_ID,
  name: "Switchyard",
  email: "switchyard@example.com",
  role: "admin",
  group_ids: GROUPS.map((group) => group.id),
});

const NORTHWIND_ID = 8447346622462;
const HELIX_ID = 8447346622501;

export const ORGANIZATIONS: readonly OrganizationRecord[] = [
  organization(NORTHWIND_ID, "Northwind Outdoor", "northwind.example", ["enterprise"]),
  organization(HELIX_ID, "Helix Analytics", "helix.example", ["trial"]),
];

const CUSTOMERS: readonly UserRecord[] = [
  user({
    id: 8447388090494,
    name: "Dana Whitfield",
    email: "dana@northwind.example",
    organization_id: NORTHWIND_ID,
  }),
  user({
    id: 8447388090507,
    name: "Matteo Ricci",
    email: "matteo@helix.example",
    organization_id: HELIX_ID,
    locale: "it",
  }),
];

export const USERS: readonly UserRecord[] = [SERVICE_USER, ...AGENTS, ...COLLEAGUES, ...OTHERS, ...CUSTOMERS];

function user(known: Partial<UserRecord> & Pick<UserRecord, "id" | "name" | "email">): UserRecord {
  return {
    role: "end-user",
    locale: "en-US",
    organization_id: null,
    tags: [],
    user_fields: {},
    group_ids: [],
    created_at: OPENED,
    ...known,
  };
}

function organization(id: number, name: string, domain: string, tags: string[]): OrganizationRecord {
  return {
    id,
    name,
    domain_names: [domain],
    tags,
    organization_fields: {},
    group_id: null,
    created_at: OPENED,
  };
}

export const via = (channel: string): Via => ({ channel, source: { from: {}, to: {}, rel: null } });

/**
 * The ticket of Zendesk's documented sample event, so that the sample can be sent by hand and finds its ticket. The
 * sandbox itself never sends an event for its creation.
 */
export function documentedTicket(): TicketFile {
  const [id, requester, auditId, at] = [5158, 8447388090494, 8447388090600, "2025-01-08T10:12:07Z"];
  const description = "Customer is experiencing login issues with the mobile app";
  const comment = {
    id: auditId + 1,
    type: "Comment" as const,
    author_id: requester,
    body: description,
    html_body: paragraphs(description),
    plain_body: description,
    public: true,
    attachments: [] as const,
    audit_id: auditId,
    via: via("api"),
    created_at: at,
  };
  const ticket = {
    id,
    external_id: null,
    via: via("api"),
    created_at: at,
    updated_at: at,
    generated_timestamp: Date.parse(at) / 1000,
    type: "problem" as const,
    subject: "Cannot login to mobile app",
    description,
    priority: "high" as const,
    status: "open" as const,
    requester_id: requester,
    submitter_id: requester,
    assignee_id: null,
    organization_id: NORTHWIND_ID,
    group_id: null,
    brand_id: BRAND_ID,
    ticket_form_id: FORM_ID,
    custom_status_id: CUSTOM_STATUS_ID,
    is_public: true,
    tags: ["mobile", "login"],
    custom_fields: [],
  };
  const created = (["subject", "status", "priority", "type", "tags", "requester_id"] as const).map(
    (field, index) => ({
      id: auditId + 2 + index,
      type: "Create" as const,
      field_name: field,
      value: ticket[field],
    }),
  );
  const audit = {
    id: auditId,
    ticket_id: id,
    created_at: at,
    author_id: requester,
    via: via("api"),
    metadata: { system: {}, custom: {} },
    events: [commentEvent(comment), ...created],
  };
  return { ticket, comments: [comment], audits: [audit] };
}
