/** /api/v2/webhooks: management, signing secrets, invocations and their attempts. */
import { type Request, type Response, Router } from "express";
import { z } from "zod";
import type { Api } from "./api.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Invocation } from "./deliveries.ts";
import { EVENT_TYPES, MESSAGE_ADDED, qualified } from "./happening.ts";
import { paged } from "./paging.ts";
import { bodyPart, requireAdmin } from "./principal.ts";
import { isoSecond, type WebhookRecord } from "./records.ts";
import { CONDITIONAL } from "./webhook-fan-out.ts";
import { newSecret, newWebhookId } from "./webhook-identity.ts";

const MAX_NAME_CHARACTERS = 255;

/** Real subscriptions that the sandbox takes although it never has an occasion to send them. */
const SILENT =
  "attachment_linked_to_comment attachment_redacted_from_comment brand_changed comment_made_private comment_redacted csat_requested custom_status_changed description_changed email_ccs_changed external_id_changed followers_changed form_changed next_sla_breach_changed ola_policy_changed problem_link_changed schedule_changed sla_policy_changed submitter_changed task_due_at_changed";
const SUBSCRIPTIONS = new Set<string>([
  ...EVENT_TYPES.map(qualified),
  ...SILENT.split(" ").map((type) => `zen:event-type:ticket.${type}`),
  MESSAGE_ADDED,
  CONDITIONAL,
]);

const WebhookInput = z.strictObject({
  name: z.string().min(1).max(MAX_NAME_CHARACTERS),
  status: z.enum(["active", "inactive"]),
  endpoint: z.url({ protocol: /^https?$/ }),
  http_method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  request_format: z.enum(["json", "xml", "form_encoded"]),
  description: z.string().optional(),
  subscriptions: z.array(z.string()).default([CONDITIONAL]),
  authentication: z
    .object({
      type: z.enum(["basic_auth", "bearer_token", "api_key"]),
      data: z.record(z.string(), z.string()),
      add_position: z.literal("header"),
    })
    .nullable()
    .default(null),
});

export function webhooksApi({ account, deliveries }: Api): Router {
  const { webhooks } = account;
  const router = Router();
  const named = (request: Request): WebhookRecord => {
    const webhook = webhooks.get(String(request.params["id"]));
    if (webhook === undefined) throw notFound();
    return webhook;
  };
  const save = (webhook: WebhookRecord): Record<string, unknown> => {
    webhooks.put(webhook.id, webhook);
    return { webhook: shown(webhook) };
  };
  router.use((_request, response, next) => {
    requireAdmin(response);
    next();
  });
  router.get("/", (request, response) => {
    response.json(paged(request, "webhooks", webhooks.all(), shown));
  });
  router.post("/", (request, response) => {
    const made = { id: newWebhookId(), secret: newSecret(), created_at: isoSecond(account.now()) };
    response.status(201).json(save({ ...made, ...read(bodyPart(request, "webhook")) }));
  });
  router.get("/:id", (request, response) => {
    response.json({ webhook: shown(named(request)) });
  });
  const change = (request: Request, response: Response): void => {
    const { id, secret, created_at, ...present } = named(request);
    const changed = read({ ...present, ...Object(bodyPart(request, "webhook")) });
    if (present.subscriptions.includes(CONDITIONAL) !== changed.subscriptions.includes(CONDITIONAL))
      throw refused("subscriptions", "the connection method of a webhook cannot be changed");
    save({ id, secret, created_at, ...changed });
    response.status(204).end();
  };
  router.put("/:id", change);
  router.patch("/:id", change);
  router.delete("/:id", (request, response) => {
    webhooks.delete(named(request).id);
    response.status(204).end();
  });
  router.get("/:id/signing_secret", (request, response) => {
    response.json(secretOf(named(request)));
  });
  router.post("/:id/signing_secret", (request, response) => {
    const webhook = { ...named(request), secret: newSecret() };
    save(webhook);
    response.status(201).json(secretOf(webhook));
  });
  const invocationsOf = (request: Request): Invocation[] => {
    const { id } = named(request);
    return deliveries.invocations.all().filter((invocation) => invocation.webhook_id === id);
  };
  router.get("/:id/invocations", (request, response) => {
    const wanted = invocationsOf(request).filter(invocationFilter(request));
    response.json(paged(request, "invocations", wanted, ({ attempts, body, ...rest }) => rest));
  });
  router.get("/:id/invocations/:invocation/attempts", (request, response) => {
    const found = invocationsOf(request).find(({ id }) => id === request.params["invocation"]);
    if (found === undefined) throw notFound();
    response.json({ attempts: found.attempts });
  });
  return router;
}

const STATUSES = ["pending", "success", "failed", "circuit_broken"];

/** `filter[status]`, and `filter[from_ts]` to `filter[to_ts]` in ISO 8601. @throws ApiError 400 */
function invocationFilter({ query }: Request): (invocation: Invocation) => boolean {
  const status = query["filter[status]"];
  if (status !== undefined && !STATUSES.includes(String(status)))
    throw refused("filter[status]", `must be one of ${STATUSES.join(", ")}`);
  const [from, to] = ["from_ts", "to_ts"].map((name) => {
    const at = query[`filter[${name}]`];
    const ms = at === undefined ? undefined : Date.parse(String(at));
    if (Number.isNaN(ms)) throw refused(`filter[${name}]`, "must be a time in ISO 8601");
    return ms;
  });
  return ({ status: own, created_at }) =>
    (status === undefined || own === status) &&
    Date.parse(created_at) >= (from ?? 0) &&
    Date.parse(created_at) <= (to ?? Number.POSITIVE_INFINITY);
}

function read(input: unknown): z.infer<typeof WebhookInput> {
  const parsed = WebhookInput.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refused(issue?.path.join(".") || "webhook", issue?.message ?? "is invalid");
  }
  const { subscriptions, http_method, request_format } = parsed.data;
  const unknown = subscriptions.find((subscription) => !SUBSCRIPTIONS.has(subscription));
  if (unknown !== undefined) throw refused("subscriptions", `${unknown} is not a valid subscription`);
  const byTrigger = subscriptions.includes(CONDITIONAL);
  if (byTrigger && subscriptions.length > 1)
    throw refused("subscriptions", "a webhook is either subscribed to events or connected to triggers");
  if (!byTrigger && (http_method !== "POST" || request_format !== "json"))
    throw refused("http_method", "a webhook that is subscribed to events sends JSON by POST");
  return parsed.data;
}

/** Webhooks answer in the newer envelope. */
const refused = (field: string, reason: string): ApiError =>
  new ApiError(400, {
    errors: [
      { code: "InvalidParameter", title: "Invalid parameter", detail: `${field}: ${reason}`, status: "400" },
    ],
  });

/** Neither the signing secret nor the authentication's data can be read back here. */
const shown = ({ secret, authentication, ...webhook }: WebhookRecord): Record<string, unknown> => ({
  ...webhook,
  ...(authentication === null
    ? {}
    : { authentication: { type: authentication.type, add_position: authentication.add_position } }),
});

const secretOf = ({ secret }: WebhookRecord): Record<string, unknown> => ({
  signing_secret: { algorithm: "SHA256", secret },
});
