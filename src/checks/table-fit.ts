/** Whether the account has what the routing table names: its groups, and the options of our ticket fields. */
import type { AccountField } from "../ports/account-checks.ts";
import type { Check } from "../ports/checks.ts";
import { groupKey, groupsByName } from "../triage/decide.ts";
import { groupsOf, type RoutingTable, rowsOf } from "../triage/routing-table.ts";
import { tableWarnings } from "../triage/table-warnings.ts";
import type { Account, TableAtHand } from "./examination.ts";
import { quoted, topic, unlessHindered } from "./topic.ts";

export const GROUPS = topic("zendesk_groups", "Zendesk groups");
export const FIELDS = topic("ticket_fields", "Ticket fields");

const SHOWN_OPTIONS = 5;

export async function checkGroups({ zendesk, reads }: Account, { table }: TableAtHand): Promise<Check> {
  const groups = await zendesk.groups();
  const warnings = tableWarnings(table, groupsByName(groups));
  const lines = warnings.map(({ message }) => message);
  const remedy = "Create them in Admin Center → People → Team → Groups, or name others in the routing table.";
  if (warnings.some(({ code }) => code === "fallback_missing"))
    return GROUPS.error(
      "The account lacks the fallback group: a doubtful ticket has nowhere to go.",
      remedy,
      lines,
    );
  if (lines.length > 0)
    return GROUPS.warning(
      `The account lacks ${lines.length} of the ${groupsOf(table).length} groups of the routing table.`,
      remedy,
      lines,
    );
  const assignable = await reads.assignableGroups().catch(unlessHindered(null));
  if (assignable === null)
    return GROUPS.ok(
      `All ${groupsOf(table).length} groups of the routing table exist; which can be assigned, the account does not tell.`,
    );
  const closed = notAmong(assignable, table);
  if (closed.length > 0)
    return GROUPS.warning(
      "Tickets cannot be assigned to some groups of the routing table.",
      "Give the acting user access to them, or name others in the routing table.",
      closed.map((name) => `${quoted(name)} is there, but not assignable.`),
    );
  return GROUPS.ok(`All ${groupsOf(table).length} groups of the routing table exist and can be assigned.`);
}

function notAmong(assignable: readonly string[], table: RoutingTable): string[] {
  const keys = new Set(assignable.map(groupKey));
  return groupsOf(table).filter((name) => !keys.has(groupKey(name)));
}

export async function checkFields(account: Account, { table }: TableAtHand): Promise<Check> {
  const { intentId, confidenceId } = account.settings.fields;
  if (intentId === null && confidenceId === null)
    return FIELDS.skipped('None are set up; "switchyard setup --fields" makes them.');
  const fields = await account.reads.fields();
  const needed = account.reads.neededOptions(rowsOf(table).map(({ id }) => id));
  const lines = [
    ...faultsOf(fields, intentId, "ZENDESK_INTENT_FIELD_ID", needed.intent),
    ...faultsOf(fields, confidenceId, "ZENDESK_CONFIDENCE_FIELD_ID", needed.confidence),
  ];
  return lines.length === 0
    ? FIELDS.ok("They are active, and have an option for every value.")
    : FIELDS.warning(
        "What the ticket fields lack is left out of the updates; tickets are routed all the same.",
        'Run "switchyard setup --fields"; it adds what is missing and takes nothing away.',
        lines,
      );
}

function faultsOf(
  fields: readonly AccountField[],
  id: number | null,
  setting: string,
  needed: readonly string[],
): string[] {
  if (id === null) return [];
  const field = fields.find((each) => each.id === id);
  if (field === undefined) return [`There is no field ${id} (${setting}).`];
  const missing = needed.filter((value) => !field.options.includes(value));
  return [
    ...(field.active ? [] : [`${quoted(field.title)} is deactivated: activate it in Admin Center.`]),
    ...(missing.length === 0 ? [] : [`${quoted(field.title)} has no option for ${inShort(missing)}.`]),
  ];
}

const inShort = (values: readonly string[]): string =>
  values.length <= SHOWN_OPTIONS
    ? values.join(", ")
    : `${values.slice(0, SHOWN_OPTIONS).join(", ")} and ${values.length - SHOWN_OPTIONS} more`;
