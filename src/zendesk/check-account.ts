/** What the checks read of an account. */
import { timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { PermanentError } from "../errors.ts";
import type { AccountChecks } from "../ports/account-checks.ts";
import {
  ActorAnswer,
  FieldsPage,
  GroupNames,
  InvocationsPage,
  OmnichannelAnswer,
  OrganizationsPage,
  QueuesPage,
  SecretAnswer,
  TokenAnswer,
  TriggersPage,
  WebhooksPage,
} from "./check-answers.ts";
import { deliverSelfTest } from "./check-delivery.ts";
import type { Connection } from "./connection.ts";
import { SUBSCRIPTIONS } from "./event.ts";
import { exchange } from "./exchange.ts";
import { ZendeskHttpError } from "./http-error.ts";
import { allPages, firstPages, queryText } from "./pages.ts";
import { wantedFields } from "./setup-fields.ts";
import { parseAnswer } from "./ticket-json.ts";

const DATE_TIMEOUT_MS = 10_000;
const MAX_INVOCATIONS = "100";
/** Accounts can have a hundred thousand; the first few hundred show whether groups are given out at all. */
const ORGANIZATION_PAGES = 5;

/** Makes no request until it is asked something. */
export function createAccountChecks(connection: Connection): AccountChecks {
  const { settings, now, limits } = connection;
  const { get, one, list } = readerOver(connection);
  return {
    neededEvents: SUBSCRIPTIONS,
    neededOptions,
    actor: async () => (await one("users/me.json", ActorAnswer)).user,
    scopes: async () =>
      settings.auth.kind === "api_token"
        ? null
        : one("oauth/tokens/current.json", TokenAnswer).then(
            ({ token }) => token.scopes,
            unlessMissing(async () => null),
          ),
    async clock() {
      const answer = await exchange(
        settings.baseUrl,
        { method: "HEAD", headers: {} },
        { ...limits, timeoutMs: DATE_TIMEOUT_MS },
      );
      const date = Date.parse(String(answer.headers.date));
      return Number.isNaN(date) ? null : date;
    },
    async room() {
      await get("users/me.json");
      const { limit, room, assumed } = connection.budget.state(now()).requests;
      return assumed ? null : { limit, remaining: room };
    },
    assignableGroups: async () =>
      (await list("groups/assignable.json", GroupNames)).flatMap(({ groups }) =>
        groups.flatMap(({ name, deleted }) => (deleted ? [] : [name])),
      ),
    fields: async () => (await list("ticket_fields.json", FieldsPage)).flatMap((page) => page.ticket_fields),
    webhooks: async () => (await list("webhooks", WebhooksPage)).flatMap((page) => page.webhooks),
    async failedInvocations(webhookId, since) {
      const query = new URLSearchParams({
        "filter[status]": "failed",
        "filter[from_ts]": isoSecond(since),
        "page[size]": MAX_INVOCATIONS,
      });
      const page = await one(
        `webhooks/${encodeURIComponent(webhookId)}/invocations?${query}`,
        InvocationsPage,
      );
      return page.invocations
        .flatMap(({ failed, invocation }) => (failed ? [invocation] : []))
        .filter(({ at }) => !(Date.parse(at) < since));
    },
    async signsWith(webhookId, secrets) {
      const { signing_secret: own } = await one(
        `webhooks/${encodeURIComponent(webhookId)}/signing_secret`,
        SecretAnswer,
      );
      return secrets.some((secret) => same(secret, own.secret));
    },
    triggers: async () => {
      const pages = await list("triggers/active.json", TriggersPage).catch(
        unlessMissing(() => list("triggers.json", TriggersPage)),
      );
      return pages.flatMap((page) => page.triggers);
    },
    queues: async () => (await one("queues", QueuesPage)).queues,
    omnichannel: () => one("account/settings.json", OmnichannelAnswer),
    groupedOrganizations: () => groupedOrganizations(get),
    deliver: (endpoint, secret) => deliverSelfTest(endpoint, secret, { now: now(), limits }),
  };
}

async function groupedOrganizations(get: (path: string) => Promise<unknown>) {
  const { read, all } = await firstPages(
    OrganizationsPage,
    (query) => get(`organizations.json?${queryText(query)}`),
    ORGANIZATION_PAGES,
  );
  const organizations = read.flatMap((page) => page.organizations);
  const found = organizations.flatMap(({ name, group_id: groupId }) =>
    groupId === null ? [] : [{ name, groupId }],
  );
  return { found, seen: organizations.length, all };
}

/** Lists, and single things, below `/api/v2/`. */
export function readerOver(connection: Pick<Connection, "get">) {
  const get = (path: string): Promise<unknown> =>
    connection.get(path).catch((error: unknown) => {
      throw asRefusal(error, path);
    });
  const one = async <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> =>
    parseAnswer(schema, await get(path));
  const list = <T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>[]> =>
    allPages(schema, (query) => get(`${path}?${queryText(query)}`));
  return { get, one, list };
}

const neededOptions: AccountChecks["neededOptions"] = (intents) => {
  const wanted = wantedFields(intents.map((id) => ({ id, name: id })));
  const optionsOf = (name: string): string[] =>
    wanted.flatMap(({ thing, options }) => (thing === name ? options.map(({ value }) => value) : []));
  return { intent: optionsOf("intent_field"), confidence: optionsOf("confidence_field") };
};

const isoSecond = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function same(a: string, b: string): boolean {
  const [ours, theirs] = [Buffer.from(a), Buffer.from(b)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

/** For `catch`: what to answer where the account has no such address. */
const unlessMissing =
  <T>(instead: () => Promise<T>) =>
  (error: unknown): Promise<T> => {
    if (error instanceof PermanentError && error.code === "zendesk.not_offered") return instead();
    throw error;
  };

/** That something may not be asked, or is not there, is news; all other errors stay what they are. */
function asRefusal(error: unknown, path: string): unknown {
  const http = error instanceof Error && error.cause instanceof ZendeskHttpError ? error.cause : error;
  if (!(http instanceof ZendeskHttpError)) return error;
  const what = path.split("?")[0];
  if (http.status === 403)
    return new PermanentError("zendesk.forbidden", `Zendesk does not allow us to read ${what}.`, {
      cause: error,
    });
  if (http.status === 404)
    return new PermanentError("zendesk.not_offered", `This account has no ${what}.`, { cause: error });
  return error;
}
