/** Zendesk's search language, as far as it asks about tickets. */
import type { AccountTables } from "./account-tables.ts";
import type { TicketRecord } from "./records.ts";
import { STATUS_VALUES } from "./records.ts";

export interface Term {
  /** Empty for a bare word. */
  readonly key: string;
  readonly operator: ":" | ">" | "<" | ">=" | "<=";
  readonly value: string;
  /** `-tags:vip` */
  readonly negated: boolean;
}

const TERM = /(-?)(?:([a-z_]+)(:|>=|<=|>|<))?(?:"([^"]*)"|(\S+))/gi;

export const termsOf = (query: string): Term[] =>
  [...query.matchAll(TERM)].map(([, minus, key = "", operator, quoted, word]) => ({
    key: key.toLowerCase(),
    operator: (operator ?? ":") as Term["operator"],
    value: (quoted ?? word ?? "").toLowerCase(),
    negated: minus === "-",
  }));

type Test = (ticket: TicketRecord, term: Term, tables: AccountTables) => boolean;

const ordered = (a: number, { operator }: Term, b: number): boolean => {
  if (operator === ">") return a > b;
  if (operator === "<") return a < b;
  if (operator === ">=") return a >= b;
  return operator === "<=" ? a <= b : a === b;
};

/** A day alone means the whole day. */
const dated =
  (read: (ticket: TicketRecord) => string): Test =>
  (ticket, term) => {
    const at = Date.parse(read(ticket));
    if (term.operator === ":" || /^\d{4}-\d\d-\d\d$/.test(term.value))
      return ordered(dayOf(at), term, dayOf(Date.parse(term.value)));
    return ordered(at, term, Date.parse(term.value.toUpperCase()));
  };
const dayOf = (ms: number): number => Math.floor(ms / 86_400_000);

const ranked =
  (order: readonly string[], read: (ticket: TicketRecord) => string | null): Test =>
  (ticket, term) =>
    ordered(order.indexOf(read(ticket) ?? "none"), term, order.indexOf(term.value));

/** By id, by name, or `none`. */
const named =
  (
    read: (ticket: TicketRecord) => number | null,
    nameOf: (tables: AccountTables, id: number) => string,
  ): Test =>
  (ticket, { value }, tables) => {
    const id = read(ticket);
    if (id === null) return value === "none";
    return String(id) === value || nameOf(tables, id).toLowerCase().split("\n").includes(value);
  };
const personOf = ({ users }: AccountTables, id: number): string => {
  const user = users.get(id);
  return user === undefined ? "" : `${user.name}\n${user.email}`;
};

const TESTS: Readonly<Record<string, Test>> = {
  "": (ticket, { value }) =>
    `${ticket.id} ${ticket.subject} ${ticket.description}`.toLowerCase().includes(value),
  status: ranked(STATUS_VALUES, ({ status }) => status),
  priority: ranked(["none", "low", "normal", "high", "urgent"], ({ priority }) => priority),
  ticket_type: (ticket, { value }) => (ticket.type ?? "none") === value,
  created: dated(({ created_at }) => created_at),
  updated: dated(({ updated_at }) => updated_at),
  group: named(
    ({ group_id }) => group_id,
    ({ groups }, id) => groups.get(id)?.name ?? "",
  ),
  assignee: named(({ assignee_id }) => assignee_id, personOf),
  requester: named(({ requester_id }) => requester_id, personOf),
  organization: named(
    ({ organization_id }) => organization_id,
    ({ organizations }, id) => organizations.get(id)?.name ?? "",
  ),
  brand_id: (ticket, { value }) => String(ticket.brand_id) === value,
  tags: ({ tags }, { value }) =>
    value === "none" ? tags.length === 0 : value.split(/[\s,]+/).some((tag) => tags.includes(tag)),
  via: (ticket, { value }) => ticket.via.channel === (VIA_NAMES[value] ?? value),
  subject: (ticket, { value }) => ticket.subject.toLowerCase().includes(value),
  description: (ticket, { value }) => ticket.description.toLowerCase().includes(value),
};
const VIA_NAMES: Readonly<Record<string, string>> = {
  mail: "email",
  web_form: "web",
  messaging: "native_messaging",
};

/** The first key that search does not know, if there is one. */
export const unknownKey = (terms: readonly Term[]): string | undefined =>
  terms.find(({ key }) => key !== "type" && key !== "order_by" && key !== "sort" && !(key in TESTS))?.key;

/** All terms must hold; several of the same key, any of them. */
export function matchesTerms(ticket: TicketRecord, terms: readonly Term[], tables: AccountTables): boolean {
  const holds = (term: Term): boolean => (TESTS[term.key]?.(ticket, term, tables) ?? true) !== term.negated;
  const alternatives = Map.groupBy(terms, (term) =>
    term.key === "" || term.operator !== ":" || term.negated ? Symbol("alone") : term.key,
  );
  return [...alternatives.values()].every((group) => group.some(holds));
}
