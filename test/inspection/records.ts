/** Tickets of an inspection, made by hand. */
import type { TicketRecord } from "../../src/inspection/ticket-record.ts";
import type { AccountSetup } from "../../src/ports/inspection.ts";
import type { Audit } from "../../src/triage/ticket.ts";

/** A Monday, ten in the morning. */
export const MONDAY = Date.parse("2026-11-16T10:00:00Z");
export const MINUTE = 60_000;
export const BILLING = 11;
export const CARE = 12;
export const TECH = 13;

export const NO_SETUP: AccountSetup = {
  groups: [
    { id: BILLING, name: "Billing" },
    { id: CARE, name: "Customer Care" },
    { id: TECH, name: "Technical Support" },
  ],
  triggers: null,
  automations: null,
  slaPolicies: null,
  queues: null,
  forms: null,
  fields: null,
  brands: null,
  omnichannel: null,
};

export const record = (known: Partial<TicketRecord> = {}): TicketRecord => ({
  id: 1,
  createdAt: MONDAY,
  groupId: null,
  brandId: null,
  channel: "email",
  language: "en",
  status: "open",
  priority: null,
  nativeIntent: null,
  guess: null,
  placed: null,
  assigned: null,
  moves: [],
  reopens: 0,
  escalated: false,
  solvedAt: null,
  touchedByRule: false,
  ...known,
});

export const audit = (known: Partial<Audit> = {}): Audit => ({
  id: 1,
  at: new Date(MONDAY).toISOString(),
  actor: "person",
  authorId: 7,
  creates: false,
  changes: [],
  decisionId: null,
  ...known,
});
