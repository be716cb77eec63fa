/** The table's rules: the first one whose conditions all hold is applied above the row's own group. */
import { isOpen } from "./business-hours.ts";
import type { Classification } from "./classification.ts";
import type { RoutingTable, Row } from "./routing-table.ts";
import type { Condition, Rule } from "./rule-schema.ts";
import type { FieldValue, TicketFacts } from "./ticket.ts";

export interface Situation {
  readonly ticket: TicketFacts;
  readonly classification: Classification;
  readonly row: Row;
  /** Epoch milliseconds. */
  readonly now: number;
}

export const ruleFor = (table: RoutingTable, situation: Situation): Rule | undefined =>
  table.rules.find((rule) => holds(rule.when, table, situation));

function holds(
  when: Condition,
  table: RoutingTable,
  { ticket, classification, row, now }: Situation,
): boolean {
  const checks = [
    among(when.intent, classification.category === undefined ? row.id : null),
    among(when.category, row.category.id),
    when.language === undefined || when.language.some((wanted) => speaks(classification.language, wanted)),
    among(when.urgency, classification.urgency),
    among(when.sentiment, classification.sentiment),
    among(when.channel, ticket.channel),
    among(when.brand, ticket.brandId),
    among(when.form, ticket.formId),
    shares(when.ticket_tags, ticket.tags),
    shares(when.user_tags, ticket.requester?.tags),
    shares(when.organization_tags, ticket.organization?.tags),
    matches(when.user_fields, ticket.requester?.fields),
    matches(when.organization_fields, ticket.organization?.fields),
    when.business_hours === undefined ||
      (table.business_hours !== undefined && isOpen(table.business_hours, now) === when.business_hours),
  ];
  return checks.every(Boolean);
}

const among = <T>(wanted: readonly T[] | undefined, actual: T | null): boolean =>
  wanted === undefined || (actual !== null && wanted.includes(actual));

const shares = (wanted: readonly string[] | undefined, actual: readonly string[] | undefined): boolean =>
  wanted === undefined || wanted.some((tag) => actual?.includes(tag));

const matches = (
  wanted: Readonly<Record<string, string | number | boolean>> | undefined,
  actual: Readonly<Record<string, FieldValue>> | undefined,
): boolean =>
  wanted === undefined ||
  Object.entries(wanted).every(([key, value]) => {
    const found = actual?.[key];
    return Array.isArray(found) ? found.includes(value) : found === value;
  });

/** `pt` wanted matches `pt` and `pt-BR`; `pt-BR` wanted matches only itself. */
function speaks(actual: string, wanted: string): boolean {
  const a = actual.toLowerCase();
  const w = wanted.toLowerCase();
  return a === w || a.startsWith(`${w}-`);
}
