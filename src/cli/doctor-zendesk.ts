/** What doctor asks the Zendesk account: who we are there, whether the clocks agree, whether the groups exist. */
import { zendeskFor } from "../adapters.ts";
import type { Zendesk } from "../ports/zendesk.ts";
import type { Settings, ZendeskSettings } from "../settings.ts";
import { groupsByName } from "../triage/decide.ts";
import { groupsOf } from "../triage/routing-table.ts";
import { tableWarnings } from "../triage/table-warnings.ts";
import { type Check, failed, guarded, needsTable, ok, skipped, warned } from "./doctor-check.ts";
import { spoken } from "./output.ts";
import type { RoutingSource } from "./routing-source.ts";
import type { Shell } from "./shell.ts";

const CREDENTIALS = "Zendesk credentials";
const CLOCK = "Clock";
const GROUPS = "Zendesk groups";

/** Deliveries older than five minutes are refused, so a clock that is off by as much refuses them all. */
const CLOCK_WARN_MS = 30_000;
const CLOCK_FAIL_MS = 300_000;
const DATE_TIMEOUT_MS = 10_000;

export async function checkZendesk(
  settings: Settings,
  source: Promise<RoutingSource | null>,
  shell: Shell,
): Promise<Check[]> {
  const account = settings.zendesk;
  if (account === null)
    return [
      skipped(CREDENTIALS, "Simulated account: none needed."),
      skipped(GROUPS, "The simulated account has every group that the table names."),
    ];
  const zendesk = zendeskFor(account, shell.now);
  return Promise.all([
    guarded(CREDENTIALS, () => checkCredentials(zendesk, account)),
    guarded(CLOCK, () => checkClock(account, shell)),
    guarded(GROUPS, () => checkGroups(zendesk, source)),
  ]);
}

async function checkCredentials(zendesk: Zendesk, { account }: ZendeskSettings): Promise<Check> {
  const { name, role } = await zendesk.serviceUser();
  const message = `Signed in to ${account} as ${spoken(name)} (${spoken(role)}).`;
  return role === "agent" || role === "admin"
    ? ok(CREDENTIALS, message)
    : warned(
        CREDENTIALS,
        message,
        "Use a user who is an agent or an admin: others cannot assign tickets or write internal notes.",
      );
}

/** Any answer carries the account's time, a refusal too. */
async function checkClock({ baseUrl }: ZendeskSettings, { now }: Shell): Promise<Check> {
  const sentAt = now();
  const date = await dateOf(baseUrl);
  if (date === null) return skipped(CLOCK, "The account did not tell its time.");
  // The header has whole seconds: half of one is the fairest guess.
  const skewMs = (sentAt + now()) / 2 - (date + 500);
  const seconds = `${Math.abs(Math.round(skewMs / 1_000))} s ${skewMs > 0 ? "ahead of" : "behind"} Zendesk`;
  if (Math.abs(skewMs) < CLOCK_WARN_MS) return ok(CLOCK, "Agrees with Zendesk's.");
  const remedy =
    "Let this machine set its time by NTP; webhooks more than 5 minutes off are refused as stale.";
  return Math.abs(skewMs) < CLOCK_FAIL_MS
    ? warned(CLOCK, `This machine is ${seconds}.`, remedy)
    : failed(CLOCK, `This machine is ${seconds}.`, remedy);
}

/** Epoch milliseconds; null when the account is unreachable (the credentials' check says so) or sends no date. */
async function dateOf(baseUrl: string): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(DATE_TIMEOUT_MS);
    const answer = await fetch(baseUrl, { method: "HEAD", redirect: "manual", signal });
    const date = Date.parse(answer.headers.get("date") ?? "");
    return Number.isNaN(date) ? null : date;
  } catch {
    return null;
  }
}

async function checkGroups(zendesk: Zendesk, source: Promise<RoutingSource | null>): Promise<Check> {
  const [groups, found] = await Promise.all([zendesk.groups(), source]);
  if (found === null) return needsTable(GROUPS);
  const { table } = found;
  const warnings = tableWarnings(table, groupsByName(groups));
  if (warnings.length === 0)
    return ok(GROUPS, `All ${groupsOf(table).length} groups of the routing table exist in the account.`);
  return warned(
    GROUPS,
    warnings.map(({ message }) => message).join("\n"),
    "Create them in Admin Center → People → Team → Groups, or name others in the routing table.",
  );
}
