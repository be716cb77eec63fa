/** The account's own rules that work against the router, before and after they have done harm. */
import type { AccountChecks } from "../ports/account-checks.ts";
import type { Check } from "../ports/checks.ts";
import type { Now } from "../ports/now.ts";
import type { FindingRecord, Findings } from "../ports/store.ts";
import { policiesOf } from "../triage/policies.ts";
import { remedyAgainst } from "../triage/rule-remedy.ts";
import { type TriggerFight, triggerFights, triggersOnOurTags } from "../triage/trigger-fights.ts";
import type { Account, TableAtHand } from "./examination.ts";
import { quoted, topic } from "./topic.ts";

export const TRIGGERS = topic("trigger_fights", "Triggers that fight");
export const UNDONE = topic("undone_assignments", "Undone assignments");
export const ORGANIZATION_GROUPS = topic("organization_groups", "Groups of organizations");
export const TAG_TRIGGERS = topic("tag_triggers", "Triggers on our tags");

const WEEK_MS = 7 * 24 * 60 * 60_000;
const SHOWN = 10;

type Triggers = AccountChecks["triggers"];

export async function checkTriggers(triggers: Triggers): Promise<Check> {
  const all = await triggers();
  const fights = triggerFights(all);
  if (fights.length === 0)
    return TRIGGERS.ok(
      `None of the ${all.length} active triggers moves a ticket that Switchyard has placed.`,
    );
  return TRIGGERS.warning(
    `${fights.length} of ${all.length} active triggers may undo what Switchyard does.`,
    "Change them in Admin Center → Objects and rules → Triggers as each line says, or leave them if that is what you want.",
    shortened(fights.map(lineOf)),
  );
}

const lineOf = ({ title, position, why, remedy }: TriggerFight): string =>
  `${quoted(title)}${placeOf(position)}: ${why} ${remedy}`;
const placeOf = (position: number | null): string => (position === null ? "" : ` (position ${position})`);

const shortened = (lines: readonly string[]): string[] =>
  lines.length <= SHOWN ? [...lines] : [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more.`];

/** Nothing is wrong with these: they are what the tags are for. */
export async function checkTagTriggers(triggers: Triggers, { settings }: Account): Promise<Check> {
  const { intentId, confidenceId } = settings.fields;
  const fieldIds = [intentId, confidenceId].filter((id) => id !== null);
  const found = triggersOnOurTags(await triggers(), fieldIds);
  return found.length === 0
    ? TAG_TRIGGERS.ok("No trigger waits for them.")
    : TAG_TRIGGERS.ok(
        "These run when Switchyard has written its tags or fields; think of them before you rename an intent.",
        shortened(found.map(({ title, position }) => `${quoted(title)}${placeOf(position)}`)),
      );
}

/** Zendesk puts what an organization's people write into its group at once: a router that was there before us. */
export async function checkOrganizationGroups(
  { reads, zendesk }: Account,
  { table }: TableAtHand,
): Promise<Check> {
  const [{ found, seen, all }, groups] = await Promise.all([reads.groupedOrganizations(), zendesk.groups()]);
  const where = all ? "" : ` among the first ${seen}`;
  if (found.length === 0) return ORGANIZATION_GROUPS.ok(`No organization${where} has a group of its own.`);
  const nameOf = (id: number): string => groups.find((group) => group.id === id)?.name ?? `group ${id}`;
  const lines = shortened(
    found.map(({ name, groupId }) => `${quoted(name)} begins in ${quoted(nameOf(groupId))}.`),
  );
  const what = `${found.length} ${found.length === 1 ? "organization has" : "organizations have"} a group of its own${where}`;
  return policiesOf(table).grouped_by_rule === "overrule"
    ? ORGANIZATION_GROUPS.warning(
        `${what}, and Switchyard moves the tickets of their people to the group that the table says.`,
        "Set policies.grouped_by_rule of the routing table to leave or note when those groups are to win; otherwise take the groups out of the organizations, or leave it as it is.",
        lines,
      )
    : ORGANIZATION_GROUPS.ok(`${what}, and the routing table lets those groups win.`, lines);
}

/** What the audits of routed tickets have shown. */
export async function checkUndone(findings: Findings | null, now: Now): Promise<Check> {
  if (findings === null) return UNDONE.skipped("Nothing was routed yet.");
  const found = await findings.list(now() - WEEK_MS);
  if (found.length === 0) return UNDONE.ok("No rule has undone an assignment within the last week.");
  return UNDONE.warning(
    "Rules of the account undid assignments within the last week.",
    "Change them in Admin Center → Objects and rules as each line says.",
    shortened(found.map(undoneLine)),
  );
}

const undoneLine = ({ rule, count, ticketId, lastAt }: FindingRecord): string =>
  `${rule.kind || "rule"} ${quoted(rule.title)}: ${count} ${count === 1 ? "ticket" : "tickets"}, the last was ${ticketId} at ${new Date(lastAt).toISOString()}. ${remedyAgainst(rule)}`;
