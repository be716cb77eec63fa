/** The administrative side of an account: reads what setup compares, and carries its changes out. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { ZendeskSettings } from "../settings.ts";
import { harmless } from "../triage/plain-text.ts";
import { createTokenSource } from "./auth.ts";
import { exchange, LIMITS, type Limits, type Outgoing } from "./exchange.ts";
import { type Answer, errorFor, textIn, ZendeskHttpError } from "./http-error.ts";
import { allPages } from "./pages.ts";
import type { Change, Found, Thing } from "./setup.ts";
import { triggerBody } from "./setup-trigger.ts";
import { parseAnswer } from "./ticket-json.ts";

/** Webhooks, triggers and fields are an admin's; running needs far less. */
const SCOPE = "read write";
/** A rate-limited request was not carried out, so it is simply sent again. */
const MAX_TRIES = 4;
const DEFAULT_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
const MAX_REASON = 300;

export interface SetupAccount {
  /** Triggers and fields only where they matter: some accounts have thousands. */
  find(wants: { readonly triggers: boolean; readonly fields: boolean }): Promise<Found>;
  signingSecret(webhookId: string): Promise<string>;
  /**
   * @param webhookId the webhook that a trigger shall call
   * @returns the thing's id
   * @throws PermanentError `zendesk.forbidden` or `zendesk.refused`, with Zendesk's reason
   */
  apply(change: Change, webhookId: string | null): Promise<string | null>;
}

type Body = Readonly<Record<string, unknown>>;
type Method = Outgoing["method"];
type Call = (method: Method, path: string, body?: Body) => Promise<unknown>;

export function createSetupAccount(
  settings: ZendeskSettings,
  { now, limits = LIMITS }: { readonly now: Now; readonly limits?: Limits },
): SetupAccount {
  const call = caller(settings, now, limits);
  const list = <T extends z.ZodType>(path: string, schema: T) =>
    allPages(schema, ({ page }) => {
      const query = new URLSearchParams({ "page[size]": String(page.size) });
      if (page.after !== undefined) query.set("page[after]", page.after);
      return call("GET", `/${path}?${query}`);
    });
  return {
    async find(wants) {
      const [webhooks, triggers, fields] = await Promise.all([
        list("webhooks", WebhooksPage),
        wants.triggers ? list("triggers", TriggersPage) : [],
        wants.fields ? list("ticket_fields", FieldsPage) : [],
      ]);
      return {
        webhooks: webhooks.flatMap((page) => page.webhooks),
        triggers: triggers.flatMap((page) => page.triggers),
        fields: fields.flatMap((page) => page.ticket_fields),
      };
    },
    async signingSecret(webhookId) {
      const body = await call("GET", `/webhooks/${encodeURIComponent(webhookId)}/signing_secret`);
      return parseAnswer(SecretAnswer, body).signing_secret.secret;
    },
    apply: (change, webhookId) => apply(call, change, webhookId),
  };
}

const IdText = z.union([z.string().min(1), z.int().positive()]).transform(String);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const Parts = z
  .array(z.looseObject({ field: z.string(), operator: z.string().nullish(), value: z.unknown().optional() }))
  .nullish()
  .transform((parts) => parts ?? []);

const WebhooksPage = z.looseObject({
  webhooks: z.array(
    z.looseObject({
      id: IdText,
      name: text,
      status: text,
      endpoint: text,
      http_method: text,
      request_format: text,
      subscriptions: z
        .array(z.string())
        .nullish()
        .transform((all) => all ?? []),
    }),
  ),
});
const TriggersPage = z.looseObject({
  triggers: z.array(
    z.looseObject({
      id: IdText,
      title: text,
      active: z.boolean().nullish().transform(Boolean),
      conditions: z.looseObject({ all: Parts, any: Parts }),
      actions: Parts,
    }),
  ),
});
const FieldsPage = z.looseObject({
  ticket_fields: z.array(
    z
      .looseObject({
        id: IdText,
        title: text,
        type: text,
        active: z
          .boolean()
          .nullish()
          .transform((active) => active ?? true),
        custom_field_options: z
          .array(z.looseObject({ id: z.int().optional(), name: text, value: text }))
          .nullish(),
      })
      .transform(({ custom_field_options: options, ...field }) => ({ ...field, options: options ?? [] })),
  ),
});
const SecretAnswer = z.looseObject({ signing_secret: z.looseObject({ secret: z.string().min(1) }) });

interface Resource {
  readonly path: string;
  /** The name of the one object in bodies and answers. */
  readonly key: string;
  readonly update: Method;
}
const FIELD: Resource = { path: "/ticket_fields", key: "ticket_field", update: "PUT" };
const RESOURCES: Readonly<Record<Thing, Resource>> = {
  webhook: { path: "/webhooks", key: "webhook", update: "PATCH" },
  trigger: { path: "/triggers", key: "trigger", update: "PUT" },
  intent_field: FIELD,
  confidence_field: FIELD,
};

async function apply(call: Call, change: Change, webhookId: string | null): Promise<string | null> {
  const { action, thing, id } = change;
  const { path, key, update } = RESOURCES[thing];
  const own = `${path}/${encodeURIComponent(id ?? "")}`;
  const bodies = thing === "trigger" && webhookId !== null ? [triggerBody(webhookId)] : change.send;
  if (action === "create") {
    const answer = await call("POST", path, { [key]: bodies[0] });
    return parseAnswer(z.looseObject({ [key]: z.looseObject({ id: IdText }) }), answer)[key]?.id ?? null;
  }
  if (action === "update" && key === "ticket_field") {
    // One by one: a field that is updated with a list of options loses all that the list leaves out.
    for (const option of bodies) await call("POST", `${own}/options`, { custom_field_option: option });
  } else if (action === "update") await call(update, own, { [key]: bodies[0] });
  else if (action === "delete") await call("DELETE", own);
  return id;
}

function caller(settings: ZendeskSettings, now: Now, limits: Limits): Call {
  const tokens = createTokenSource(settings, { now, limits, scope: SCOPE });
  const send = async (method: Method, path: string, body?: Body): Promise<Answer> => {
    const headers = { authorization: await tokens.authorization(), accept: "application/json" };
    const outgoing: Outgoing =
      body === undefined
        ? { method, headers }
        : {
            method,
            headers: { ...headers, "content-type": "application/json" },
            body: JSON.stringify(body),
          };
    return exchange(`${settings.baseUrl}/api/v2${path}`, outgoing, limits);
  };
  const ask = async (
    method: Method,
    path: string,
    body: Body | undefined,
    tries: number,
  ): Promise<Answer> => {
    const answer = await send(method, path, body);
    if (isFine(answer, method)) return answer;
    const error = errorFor(answer, { now: now(), advice: tokens.advice });
    if (!mayPass(answer, method) || tries === 1)
      throw refusal(error, answer, `${method} ${path.split("?")[0]}`);
    await sleep(waitAfter(error));
    return ask(method, path, body, tries - 1);
  };
  return async (method, path, body) => (await ask(method, path, body, MAX_TRIES)).body;
}

/** What is gone already need not be deleted. */
const isFine = ({ status }: Answer, method: Method): boolean =>
  (status >= 200 && status < 300) || (status === 404 && method === "DELETE");

/** What was refused for now was not done; what broke may have been, and only a question can be asked twice. */
const mayPass = ({ status }: Answer, method: Method): boolean =>
  status === 429 || (method === "GET" && status >= 500);

const waitAfter = (error: Error): number =>
  Math.min((error instanceof RetryableError ? error.retryAfterMs : null) ?? DEFAULT_WAIT_MS, LONGEST_WAIT_MS);

function refusal(error: Error, { status, body }: Answer, what: string): Error {
  if (status === 403)
    return new PermanentError(
      "zendesk.forbidden",
      `Zendesk does not allow ${what}. Setup needs a user who is an admin, and an OAuth client that may ask for the scopes "${SCOPE}".`,
      { cause: error },
    );
  if (!(error instanceof ZendeskHttpError)) return error;
  const reason = harmless(textIn(body).join(": "), MAX_REASON);
  return new PermanentError("zendesk.refused", `Zendesk refused ${what} (status ${status}): ${reason}`, {
    cause: error,
  });
}
