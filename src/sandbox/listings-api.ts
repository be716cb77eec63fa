/** What can be read and not changed here: settings, automations, SLA policies, forms, brands, locales, schedules, ratings. */
import { Router } from "express";
import type { Account } from "./account.ts";
import type { Api } from "./api.ts";
import { badRequest, notFound } from "./api-error.ts";
import { routingOf } from "./availability.ts";
import { LISTINGS, type Listed } from "./listings.ts";
import { originOf, paged } from "./paging.ts";
import { idOf, principalOf, requireAdmin } from "./principal.ts";
import { SERVICE_USER_ID } from "./seed.ts";

export const listed = ({ listings }: Pick<Account, "listings">, name: string): readonly Listed[] =>
  listings.get(name) ?? LISTINGS[name] ?? [];

/** Path, list, and whether only admins may look. */
const PATHS: readonly (readonly [path: string, name: string, adminOnly: boolean])[] = [
  ["/automations", "automations", false],
  ["/slas/policies", "sla_policies", true],
  ["/ticket_forms", "ticket_forms", false],
  ["/brands", "brands", false],
  ["/locales", "locales", false],
];

export function listingsApi({ account }: Api): Router {
  const router = Router();
  for (const [path, name, adminOnly] of PATHS)
    router.get(path, (request, response) => {
      if (adminOnly) requireAdmin(response);
      response.json(paged(request, name, listed(account, name)));
    });
  router.get("/account/settings", (_request, response) => {
    response.json({ settings: settingsOf(account) });
  });
  router.get("/satisfaction_ratings", (request, response) => {
    requireAdmin(response);
    const since = secondsOf(request.query["start_time"]);
    const until = secondsOf(request.query["end_time"]) ?? Number.POSITIVE_INFINITY;
    const score = request.query["score"];
    const wanted = account.ratings.all().filter((rating) => {
      const at = Date.parse(rating.updated_at) / 1000;
      return (
        (score === undefined || rating.score === score) && (since === null || at >= since) && at <= until
      );
    });
    response.json(paged(request, "satisfaction_ratings", wanted));
  });
  router.use(schedulesApi(account));
  router.get("/oauth/tokens/current", (request, response) => {
    const { scopes } = principalOf(response);
    response.json({
      token: {
        url: `${originOf(request)}/api/v2/oauth/tokens/1.json`,
        id: 1,
        client_id: 1,
        user_id: SERVICE_USER_ID,
        token: `${(request.get("authorization") ?? "").replace(/^\w+\s+/, "").slice(0, 10)}…`,
        scopes,
      },
    });
  });
  return router;
}

function schedulesApi(account: Account): Router {
  const router = Router();
  const schedule = (id: number): Listed => {
    const found = listed(account, "schedules").find((one) => one.id === id);
    if (found === undefined) throw notFound();
    return found;
  };
  router.get("/business_hours/schedules", (request, response) => {
    const { schedules } = paged(request, "schedules", listed(account, "schedules"));
    response.json({ schedules });
  });
  router.get("/business_hours/schedules/:id", (request, response) => {
    response.json({ schedule: schedule(idOf(request)) });
  });
  router.get("/business_hours/schedules/:id/holidays", (request, response) => {
    const { id } = schedule(idOf(request));
    const own = listed(account, "holidays").filter((holiday) => holiday["schedule_id"] === id);
    response.json({ holidays: own.map(({ schedule_id: _of, ...holiday }) => holiday) });
  });
  return router;
}

function secondsOf(value: unknown): number | null {
  if (value === undefined) return null;
  const seconds = Number(value);
  if (!Number.isInteger(seconds)) throw badRequest("InvalidParameter", "start_time must be epoch seconds");
  return seconds;
}

/**
 * The parts that are documented and matter to a router. Where Zendesk says whether omnichannel routing is on is not:
 * `routing.enabled` and `routing.autorouting_tag` are a guess.
 */
function settingsOf(account: Account): Record<string, unknown> {
  const { on, autoRoutingTag } = routingOf(account);
  return {
    active_features: {
      business_hours: listed(account, "schedules").length > 0,
      csat: true,
      customer_satisfaction: true,
      ticket_forms: true,
      user_tagging: true,
      on_hold_status: true,
      markdown: false,
      rich_text_comments: true,
      explore: true,
    },
    agents: { agent_workspace: true, agent_home: true },
    routing: {
      enabled: on,
      autorouting_tag: autoRoutingTag ?? "",
      max_email_capacity: 0,
      max_messaging_capacity: 0,
    },
    tickets: {
      comments_public_by_default: true,
      agent_ticket_deletion: true,
      allow_group_reset: true,
      assign_default_organization: true,
      assign_tickets_upon_solve: true,
      is_first_comment_private_enabled: true,
      status_hold: true,
      tagging: true,
      using_skill_based_routing: false,
    },
    ticket_form: { ticket_forms_instructions: "Please choose your issue below" },
    localization: { locale_ids: listed(account, "locales").map(({ id }) => id), time_zone: "UTC" },
    groups: { check_group_name_uniqueness: true },
    metrics: { account_size: "100-399" },
  };
}
