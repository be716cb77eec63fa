/** The administrative side of an account: reads what setup compares, and carries its changes out. */
import { z } from "zod";
import { PermanentError } from "../errors.ts";
import type { ZendeskSettings } from "../settings.ts";
import type { Outgoing } from "./exchange.ts";
import { allPages } from "./pages.ts";
import type { Change, Found, Thing } from "./setup.ts";
import { createSetupCall, type SetupCall, type SetupCallOptions } from "./setup-call.ts";
import { triggerBody } from "./setup-trigger.ts";
import { parseAnswer } from "./ticket-json.ts";

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

export function createSetupAccount(settings: ZendeskSettings, options: SetupCallOptions): SetupAccount {
  const call = createSetupCall(settings, options);
  const list = <T extends z.ZodType>(path: string, schema: T) =>
    allPages(schema, ({ page }) => {
      const query = new URLSearchParams({ "page[size]": String(page.size) });
      if (page.after !== undefined) query.set("page[after]", page.after);
      return call("GET", `/${path}?${query}`);
    });
  const find: List = async (wants) => {
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
  };
  return {
    find,
    async signingSecret(webhookId) {
      const body = await call("GET", `/webhooks/${encodeURIComponent(webhookId)}/signing_secret`).catch(
        asHidden,
      );
      return parseAnswer(SecretAnswer, body).signing_secret.secret;
    },
    apply: (change, webhookId) => apply(call, find, { change, webhookId }),
  };
}

/** Whoever may list webhooks may see their secrets, too, but for those that an app has made. */
function asHidden(error: unknown): never {
  if (!(error instanceof PermanentError) || error.code !== "zendesk.forbidden") throw error;
  throw new PermanentError(
    "zendesk.forbidden",
    "Zendesk does not show this webhook's signing secret. It hides those of webhooks that an app has made: delete the webhook, or uninstall its app, and run setup again, which makes one whose secret it can read.",
    { cause: error },
  );
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
      created_at: text,
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
      created_at: text,
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
        created_at: text,
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
  readonly update: Outgoing["method"];
}
const FIELD: Resource = { path: "/ticket_fields", key: "ticket_field", update: "PUT" };
const RESOURCES: Readonly<Record<Thing, Resource>> = {
  webhook: { path: "/webhooks", key: "webhook", update: "PATCH" },
  trigger: { path: "/triggers", key: "trigger", update: "PUT" },
  intent_field: FIELD,
  confidence_field: FIELD,
};

type List = SetupAccount["find"];

async function apply(
  call: SetupCall,
  find: List,
  { change, webhookId }: { readonly change: Change; readonly webhookId: string | null },
): Promise<string | null> {
  const { action, thing, id } = change;
  const { path, key, update } = RESOURCES[thing];
  const own = `${path}/${encodeURIComponent(id ?? "")}`;
  const bodies = thing === "trigger" && webhookId !== null ? [triggerBody(webhookId)] : change.send;
  if (action === "create") {
    const body = bodies[0] ?? {};
    const made = async () => {
      const found = await find({ triggers: thing === "trigger", fields: key === FIELD.key });
      const twin = twinOf(thing, body, found);
      return twin === undefined ? null : { [key]: twin };
    };
    const answer = await call("POST", path, { body: { [key]: body }, made });
    return parseAnswer(z.looseObject({ [key]: z.looseObject({ id: IdText }) }), answer)[key]?.id ?? null;
  }
  if (action === "update" && key === FIELD.key) {
    // One by one: a field that is updated with a list of options loses all that the list leaves out.
    for (const option of bodies) {
      const made = async () => {
        const { fields } = await find({ triggers: false, fields: true });
        return fields.find((field) => field.id === id)?.options.find((each) => isLike(each, option)) ?? null;
      };
      await call("POST", `${own}/options`, { body: { custom_field_option: option }, made });
    }
  } else if (action === "update") await call(update, own, { body: { [key]: bodies[0] } });
  else if (action === "delete") await call("DELETE", own);
  return id;
}

/** What is there now and is just what we asked for: nothing is made where such a thing was there before. */
function twinOf(
  thing: Thing,
  body: Readonly<Record<string, unknown>>,
  { webhooks, triggers, fields }: Found,
): { readonly id: string } | undefined {
  if (thing === "webhook") return webhooks.find((webhook) => isLike(webhook, body));
  if (thing !== "trigger") return fields.find(({ title, type }) => isLike({ title, type }, body));
  const { title, actions } = triggerBody("");
  const webhookId = (body as ReturnType<typeof triggerBody>).actions[0]?.value[0];
  return triggers.find(
    (trigger) =>
      trigger.title === title &&
      trigger.active &&
      trigger.actions.some(
        ({ field, value }) =>
          field === actions[0]?.field && Array.isArray(value) && String(value[0]) === webhookId,
      ),
  );
}

/** The same in whatever both name, but for the id. */
const isLike = (present: object, wanted: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(present).every(
    ([name, value]) => name === "id" || wanted[name] === undefined || keyOf(value) === keyOf(wanted[name]),
  );
const keyOf = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
