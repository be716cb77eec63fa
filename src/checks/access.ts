/** Who we are in the account, what we may do there, and how much of it. */
import type { Actor } from "../ports/account-checks.ts";
import type { Check } from "../ports/checks.ts";
import type { Now } from "../ports/now.ts";
import type { Account } from "./examination.ts";
import { brokenBy, hindrance, quoted, topic } from "./topic.ts";

export const CREDENTIALS = topic("zendesk_credentials", "Zendesk credentials");
export const SCOPES = topic("oauth_scopes", "OAuth scopes");
export const ACTOR = topic("acting_user", "Acting user");
export const CLOCK = topic("clock", "Clock");
export const RATE_LIMITS = topic("rate_limits", "Rate limits");

/** Deliveries older than five minutes are refused, so a clock that is off by as much refuses them all. */
const CLOCK_WARN_MS = 30_000;
const CLOCK_FAIL_MS = 300_000;
/** Less of the minute's requests than this is left: others use the account's limit, too. */
const FEW_REQUESTS = 0.1;
/** What the smallest plan has; a row of tickets takes two or three requests each. */
const SMALL_LIMIT = 100;

export const checkCredentials = (account: string, { name }: Actor): Check =>
  CREDENTIALS.ok(`Signed in to ${account} as ${quoted(name)}.`);

/** An answer that any good credentials get was not given: that, or nobody could give one. */
export function checkLockedOut(error: unknown): Check {
  const check = brokenBy(CREDENTIALS, error);
  if (check.state === "error" || hindrance(error) !== null) return check;
  return CREDENTIALS.error(
    "Zendesk does not even tell us who we are: the token lacks the scope read, or this is no Zendesk account.",
    'Allow the OAuth client "read" and "tickets:write", and check ZENDESK_SUBDOMAIN.',
  );
}

const ANOTHER_USER =
  "Sign in to Zendesk as an admin made for Switchyard, make the OAuth client anew, and put it into the settings.";

export function checkActor({ name, role, restricted, light }: Actor): Check {
  const who = quoted(name);
  if (role !== "agent" && role !== "admin")
    return ACTOR.error(
      `${who} is no agent (role ${quoted(role)}): tickets cannot be assigned or commented on.`,
      ANOTHER_USER,
    );
  if (light)
    return ACTOR.error(`${who} is a light agent or contributor, who cannot change tickets.`, ANOTHER_USER);
  if (restricted)
    return ACTOR.error(
      `${who} is restricted and sees only some tickets: the others are never routed, and a ticket is out of sight once it is moved.`,
      `Give ${who} access to all tickets in Admin Center → People → Team members.`,
    );
  if (role === "agent")
    return ACTOR.warning(
      `${who} is an agent, no admin: tickets can be routed, but the sweep and several checks cannot look.`,
      ANOTHER_USER,
    );
  return ACTOR.ok(`${who} is an admin who sees all tickets.`);
}

/** Running reads all and writes tickets; what is not told can only be read off what the other checks were refused. */
export async function checkScopes({ reads, settings }: Account): Promise<Check> {
  if (settings.auth.kind === "api_token")
    return SCOPES.skipped("An API token has no scopes: it may do all that its user may.");
  const scopes = await reads.scopes();
  if (scopes === null)
    return SCOPES.skipped("Zendesk does not tell them; what they lack shows in the other checks.");
  const missing = [
    ...(scopes.includes("read") ? [] : ["read"]),
    ...(scopes.includes("write") || scopes.includes("tickets:write") ? [] : ["tickets:write"]),
  ];
  if (missing.length === 0) return SCOPES.ok(`The token has ${scopes.join(", ")}.`);
  const lack = `The token lacks ${missing.join(" and ")}; it has ${scopes.join(", ") || "none"}.`;
  const remedy =
    'Allow the OAuth client "read" and "tickets:write" in Admin Center → Apps and integrations → APIs → OAuth clients.';
  // Single resources may be readable without the general scope; nothing can be routed without writing.
  return missing.includes("tickets:write") || !scopes.includes("tickets:read")
    ? SCOPES.error(lack, remedy)
    : SCOPES.warning(lack, remedy);
}

/** Any answer carries the account's time, a refusal too. */
export async function checkClock({ reads }: Account, now: Now): Promise<Check> {
  const sentAt = now();
  // That the account cannot be reached is for the credentials' check to say.
  const date = await reads.clock().catch(() => null);
  if (date === null) return CLOCK.skipped("The account did not tell its time.");
  // The header has whole seconds: half of one is the fairest guess.
  const skewMs = (sentAt + now()) / 2 - (date + 500);
  if (Math.abs(skewMs) < CLOCK_WARN_MS) return CLOCK.ok("Agrees with Zendesk's.");
  const message = `This machine is ${Math.abs(Math.round(skewMs / 1_000))} s ${skewMs > 0 ? "ahead of" : "behind"} Zendesk.`;
  const remedy =
    "Let this machine set its time by NTP; webhooks more than 5 minutes off are refused as stale.";
  return Math.abs(skewMs) < CLOCK_FAIL_MS ? CLOCK.warning(message, remedy) : CLOCK.error(message, remedy);
}

export async function checkRoom({ reads }: Account): Promise<Check> {
  const room = await reads.room();
  if (room === null) return RATE_LIMITS.skipped("The account does not tell its limits.");
  const { limit, remaining } = room;
  const message = `${remaining} of ${limit} requests a minute are left.`;
  const remedy =
    "See which other integrations use the account's API, or wait: Switchyard keeps within what is left, and tickets are routed later.";
  if (remaining < limit * FEW_REQUESTS) return RATE_LIMITS.warning(message, remedy);
  if (limit < SMALL_LIMIT)
    return RATE_LIMITS.warning(
      message,
      `At two to three requests a ticket this is enough for about ${Math.floor(limit / 3)} tickets a minute; a larger plan of Zendesk has more.`,
    );
  return RATE_LIMITS.ok(message);
}
