/** Zendesk's JSON about agents: who they are, whether they are there, when they work, what they have in hand. */
import { z } from "zod";
import type { WorkChannel } from "../ports/people.ts";
import { NOT_ASSIGNABLE_ROLES } from "./check-answers.ts";
import { Id, IdOrNull } from "./id.ts";

const flag = z.boolean().nullish().catch(null);

export const GroupUsersPage = z.looseObject({
  users: z.array(
    z
      .looseObject({
        id: Id,
        role: z.string(),
        role_type: z.number().nullish().catch(null),
        active: flag,
        suspended: flag,
        only_private_comments: flag,
      })
      .transform((user) => ({
        id: user.id,
        assignable:
          (user.role === "agent" || user.role === "admin") &&
          user.active !== false &&
          user.suspended !== true &&
          user.only_private_comments !== true &&
          !NOT_ASSIGNABLE_ROLES.includes(user.role_type ?? 0),
      })),
  ),
});

const CHANNEL_ID = /^agent_availabilities\|(\d+)\|channels\|([a-z_]+)$/;

/** A compound document: the agents, and their channels beside them under `included`. */
export const AvailabilitiesPage = z.looseObject({
  data: z.array(
    z.looseObject({
      attributes: z.looseObject({
        agent_id: Id,
        agent_status: z
          .looseObject({ name: z.string().nullish().catch(null) })
          .nullish()
          .catch(null),
      }),
    }),
  ),
  included: z
    .array(
      z.looseObject({
        id: z.union([z.string(), z.number()]).transform(String),
        type: z.string(),
        attributes: z
          .looseObject({ name: z.string().nullish().catch(null), status: z.string().nullish().catch(null) })
          .nullish()
          .catch(null),
      }),
    )
    .nullish()
    .transform((included) => included ?? []),
});

/**
 * Agent → online on the channel or not. Where a channel is not told, the status across channels counts; null: neither
 * is told of the agent, as in accounts without omnichannel routing.
 */
export function presenceIn(
  page: z.output<typeof AvailabilitiesPage>,
  channel: WorkChannel,
): { readonly id: number; readonly online: boolean | null }[] {
  const told = new Map(
    page.included.flatMap(({ id, attributes }): [string, string][] => {
      const [, agent, name] = CHANNEL_ID.exec(id) ?? [];
      return agent === undefined || attributes?.status == null
        ? []
        : [[`${agent}:${name}`, attributes.status]];
    }),
  );
  return page.data.map(({ attributes: { agent_id: id, agent_status: unified } }) => {
    const status = told.get(`${id}:${channel}`) ?? unified?.name;
    return { id, online: status == null ? null : status.toLowerCase() === "online" };
  });
}

const Minute = z.number().int().min(0);

export const SchedulesAnswer = z.looseObject({
  schedules: z.array(
    z.looseObject({
      id: Id,
      name: z.string(),
      time_zone: z.string(),
      intervals: z
        .array(z.looseObject({ start_time: Minute, end_time: Minute }))
        .nullish()
        .transform((intervals) =>
          (intervals ?? []).map(({ start_time, end_time }) => ({ start: start_time, end: end_time })),
        ),
    }),
  ),
});

const Day = z.string().transform((text) => text.slice(0, 10));

export const HolidaysAnswer = z.looseObject({
  holidays: z.array(
    z
      .looseObject({ start_date: Day, end_date: Day })
      .transform(({ start_date, end_date }) => ({ from: start_date, to: end_date })),
  ),
});

export const CountAnswer = z.looseObject({ count: z.number().int().min(0) });

export const FoundTickets = z.looseObject({
  results: z.array(
    z.looseObject({
      assignee_id: IdOrNull,
      group_id: IdOrNull,
      updated_at: z.string().nullish().catch(null),
    }),
  ),
});
