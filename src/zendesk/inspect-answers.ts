/** The parts of Zendesk's lists that an inspection looks at. Tolerant: what it does not need may be anything. */
import { z } from "zod";
import type { NamedThing, ReadTicket, SlaPolicy, Visitor } from "../ports/inspection.ts";
import type { Trigger } from "../triage/trigger-fights.ts";
import { ActorAnswer, TriggersPage } from "./check-answers.ts";
import { Id } from "./id.ts";
import { TicketJson } from "./ticket-json.ts";
import { timeZoneOf } from "./time-zone.ts";

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value ?? "");

const Zone = z.looseObject({ user: z.looseObject({ iana_time_zone: text, time_zone: text }) });

export const visitorIn = (body: unknown): Visitor => {
  const { user } = ActorAnswer.parse(body);
  const zone = Zone.safeParse(body).data?.user;
  return { ...user, timeZone: timeZoneOf(zone?.iana_time_zone || zone?.time_zone || "") };
};

/** Automations look as triggers do, under another name. */
export const AutomationsPage = z
  .looseObject({ automations: z.unknown() })
  .transform(({ automations }): unknown => ({ triggers: automations }))
  .pipe(TriggersPage)
  .transform(({ triggers }): { automations: Trigger[] } => ({ automations: triggers }));

const things = <Key extends string>(key: Key, name: "name" | "title") =>
  z
    .looseObject({
      [key]: z.array(z.looseObject({ id: Id, [name]: text, active: z.boolean().nullish().catch(null) })),
    })
    .transform((page): NamedThing[] =>
      (page[key] as { id: number; active?: boolean | null }[]).flatMap((thing) =>
        thing.active === false
          ? []
          : [{ id: thing.id, name: String((thing as Record<string, unknown>)[name]) }],
      ),
    );
export const FormsPage = things("ticket_forms", "name");
export const BrandsPage = things("brands", "name");
export const FieldTitlesPage = things("ticket_fields", "title");

const Conditions = TriggersPage.shape.triggers;
const plainConditions = (filter: unknown): Trigger["conditions"] =>
  Conditions.safeParse([{ id: 1, title: "", conditions: filter ?? {}, actions: [] }]).data?.[0]
    ?.conditions ?? {
    all: [],
    any: [],
  };

export const SlaPoliciesPage = z.looseObject({
  sla_policies: z.array(
    z
      .looseObject({
        title: text,
        filter: z.unknown(),
        policy_metrics: z
          .array(
            z.looseObject({
              priority: text,
              metric: text,
              target: z.number().nullish().catch(null),
              target_in_seconds: z.number().nullish().catch(null),
              business_hours: z.boolean().nullish().catch(null),
            }),
          )
          .nullish()
          .catch(null),
      })
      .transform(
        ({ title, filter, policy_metrics: metrics }): SlaPolicy => ({
          title,
          filter: plainConditions(filter),
          targets: (metrics ?? []).flatMap(
            ({ priority, metric, target, target_in_seconds: seconds, ...each }) => {
              const minutes = seconds == null ? target : seconds / 60;
              if (minutes == null) return [];
              return [{ priority, metric, minutes, businessHours: each.business_hours === true }];
            },
          ),
        }),
      ),
  ),
});

export const CountAnswer = z.looseObject({ count: z.number().int().nonnegative() });

export const FoundPage = z.looseObject({
  results: z.array(z.looseObject({ id: Id, created_at: z.string() })),
  meta: z.looseObject({ has_more: z.boolean(), after_cursor: z.string().nullish() }),
});

const TicketsWithUsers = z.looseObject({
  tickets: z.array(z.unknown()),
  users: z
    .array(z.looseObject({ id: Id, locale: text }))
    .nullish()
    .catch(null),
});

/** One ticket that cannot be read must not hide the others. */
export const ReadTickets = TicketsWithUsers.transform(({ tickets, users }): ReadTicket[] => {
  const locales = new Map((users ?? []).map(({ id, locale }) => [id, locale]));
  return tickets.flatMap((json) => {
    const ticket = TicketJson.safeParse(json).data;
    if (ticket === undefined) return [];
    return [{ ticket, locale: locales.get(ticket.requesterId ?? 0) || null }];
  });
});
