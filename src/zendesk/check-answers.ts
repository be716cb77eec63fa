/** The parts of Zendesk's answers that the checks look at. Tolerant: what a check does not need may be anything. */
import { z } from "zod";
import type {
  AccountField,
  AccountQueue,
  AccountWebhook,
  Actor,
  FailedInvocation,
  OmnichannelSettings,
} from "../ports/account-checks.ts";
import type { Trigger, TriggerCondition } from "../triage/trigger-fights.ts";
import { Id, IdOrNull } from "./id.ts";

const IdText = z.union([z.string().min(1), z.int().positive()]).transform(String);
const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? "");
const flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value === true);
const texts = z
  .array(z.string())
  .nullish()
  .catch(null)
  .transform((all) => all ?? []);
const place = z
  .number()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** Zendesk's numbers of roles whose holders cannot work on tickets: light agents, contributors, billing admins. */
export const NOT_ASSIGNABLE_ROLES: readonly number[] = [1, 3, 5];

export const ActorAnswer = z.looseObject({
  user: z
    .looseObject({
      id: Id,
      name: text,
      role: text,
      restricted_agent: flag,
      only_private_comments: flag,
      role_type: place,
      ticket_restriction: text,
    })
    .transform(
      ({ id, name, role, ...user }): Actor => ({
        id,
        name,
        role: role.toLowerCase(),
        restricted:
          user.restricted_agent || ["groups", "organization", "assigned"].includes(user.ticket_restriction),
        light: user.only_private_comments || NOT_ASSIGNABLE_ROLES.includes(user.role_type ?? -1),
      }),
    ),
});

export const TokenAnswer = z.looseObject({ token: z.looseObject({ scopes: z.array(z.string()) }) });
export const GroupNames = z.looseObject({
  groups: z.array(z.looseObject({ name: z.string(), deleted: flag })),
});

export const FieldsPage = z.looseObject({
  ticket_fields: z.array(
    z
      .looseObject({
        id: Id,
        title: text,
        active: z.boolean().nullish(),
        custom_field_options: z.array(z.looseObject({ value: text })).nullish(),
      })
      .transform(
        ({ id, title, active, custom_field_options: options }): AccountField => ({
          id,
          title,
          active: active ?? true,
          options: (options ?? []).map(({ value }) => value),
        }),
      ),
  ),
});

export const WebhooksPage = z.looseObject({
  webhooks: z.array(
    z
      .looseObject({
        id: IdText,
        name: text,
        status: text,
        endpoint: text,
        http_method: text,
        request_format: text,
        subscriptions: texts,
      })
      .transform(
        ({ id, name, status, endpoint, subscriptions, ...webhook }): AccountWebhook => ({
          id,
          name,
          active: status === "active",
          endpoint,
          postsJson: webhook.http_method.toUpperCase() === "POST" && webhook.request_format === "json",
          events: subscriptions,
        }),
      ),
  ),
});

export const InvocationsPage = z.looseObject({
  invocations: z.array(
    z
      .looseObject({ status: text, status_code: place, created_at: text, latest_completed_at: text })
      .transform((each) => ({
        failed: !["success", "pending"].includes(each.status.toLowerCase()),
        invocation: {
          at: each.latest_completed_at || each.created_at,
          status: each.status_code,
        } satisfies FailedInvocation,
      })),
  ),
});

export const SecretAnswer = z.looseObject({ signing_secret: z.looseObject({ secret: z.string().min(1) }) });

/** A list, a number or nothing: as one text, tags with spaces between them. */
const value = z
  .unknown()
  .transform((given): string => (Array.isArray(given) ? given.map(plain).join(" ") : plain(given)));
const plain = (given: unknown): string =>
  ["string", "number", "boolean"].includes(typeof given) ? String(given) : "";
const Condition = z
  .looseObject({ field: text, operator: text, value })
  .transform(({ field, operator, value: wanted }): TriggerCondition => ({ field, operator, value: wanted }));
const conditions = z
  .array(Condition)
  .nullish()
  .transform((all) => all ?? []);

export const TriggersPage = z.looseObject({
  triggers: z.array(
    z
      .looseObject({
        id: IdText,
        title: text,
        active: z.boolean().nullish(),
        position: place,
        conditions: z.looseObject({ all: conditions, any: conditions }),
        actions: z.array(z.looseObject({ field: text, value: z.unknown() })),
      })
      .transform(
        ({ id, title, active, position, conditions: { all, any }, actions }): Trigger => ({
          id,
          title,
          active: active ?? true,
          position,
          conditions: { all, any },
          actions: actions.map((action) => ({
            field: action.field,
            values: [action.value].flat().map(plain),
          })),
        }),
      ),
  ),
});

export const OrganizationsPage = z.looseObject({
  organizations: z.array(z.looseObject({ name: text, group_id: IdOrNull.catch(null) })),
});

const groupNames = z
  .looseObject({ groups: z.array(z.looseObject({ name: text })) })
  .nullish()
  .catch(null)
  .transform((part) => part?.groups.map(({ name }) => name) ?? []);
export const QueuesPage = z.looseObject({
  queues: z.array(
    z
      .looseObject({
        name: text,
        order: place,
        definition: z.looseObject({ all: conditions, any: conditions }).nullish().catch(null),
        primary_groups: groupNames,
        secondary_groups: groupNames,
      })
      .transform(
        ({ name, order, definition, ...queue }): AccountQueue => ({
          name,
          order,
          groups: [...queue.primary_groups, ...queue.secondary_groups],
          conditions: [...(definition?.all ?? []), ...(definition?.any ?? [])].map(
            (condition) => `${condition.field} ${condition.value}`,
          ),
        }),
      ),
  ),
});

/** Where Zendesk says this is documented nowhere: what is not there counts as not told. */
export const OmnichannelAnswer = z
  .looseObject({
    settings: z.looseObject({
      routing: z
        .looseObject({ enabled: z.boolean().nullish().catch(null), autorouting_tag: text })
        .nullish()
        .catch(null),
    }),
  })
  .transform(
    ({ settings: { routing } }): OmnichannelSettings => ({
      on: routing?.enabled ?? null,
      autoRoutingTag: routing?.autorouting_tag || null,
    }),
  );
