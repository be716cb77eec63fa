/** The account's people: who is in a group, who is there, how much each has to do, and when work is done. */
import type { OpenCount, People } from "../ports/people.ts";
import type { Schedule } from "../triage/schedule.ts";
import { cached } from "./cache.ts";
import type { Connection } from "./connection.ts";
import { ZendeskHttpError } from "./http-error.ts";
import { allPages } from "./pages.ts";
import {
  AvailabilitiesPage,
  CountAnswer,
  FoundTickets,
  GroupUsersPage,
  HolidaysAnswer,
  presenceIn,
  SchedulesAnswer,
} from "./people-json.ts";
import { parseAnswer, ServiceUserAnswer } from "./ticket-json.ts";
import { timeZoneOf } from "./time-zone.ts";

const MEMBERS_FRESH_MS = 60_000;
const COUNT_FRESH_MS = 60_000;
const SCHEDULES_FRESH_MS = 5 * 60_000;
/** Older hours and memberships beat none, for a while. */
const KEPT_MS = 30 * 60_000;
/** How the account says that it has no such thing, or none for us. */
const ABSENT = [403, 404];
const NOT_FOUND_OR_SEARCHED = [...ABSENT, 422];

export interface PeopleOptions {
  readonly log?: { warn(event: string, fields?: Readonly<Record<string, string | number>>): void };
}

/** Makes no request until it is asked something. */
export function createPeople(connection: Connection, { log }: PeopleOptions = {}): People {
  const { now } = connection;
  const read = readerOver(connection);
  const once = onceEach((event, fields) => log?.warn(event, fields));
  const own = cached(async () => parseAnswer(ServiceUserAnswer, await connection.get("users/me.json")).user, {
    now,
    freshMs: Number.POSITIVE_INFINITY,
    keepMs: 0,
  });
  const membersOf = keyed((groupId: number) =>
    cached(
      async () => {
        const [{ id: ownId }, pages] = await Promise.all([
          own(),
          read.list(`groups/${groupId}/users.json`, GroupUsersPage),
        ]);
        const users = pages.flatMap((page) => page.users);
        return users.flatMap(({ id, assignable }) => (assignable && id !== ownId ? [id] : []));
      },
      { now, freshMs: MEMBERS_FRESH_MS, keepMs: KEPT_MS },
    ),
  );
  const countOf = keyed((agentId: number) =>
    cached(() => countOpen(agentId, read, now), { now, freshMs: COUNT_FRESH_MS, keepMs: 0 }),
  );
  return {
    members: (groupId) => membersOf(groupId)(),
    // Never remembered: whoever has just gone must not be given anything.
    async available(groupId, channel) {
      const query = { "filter[group_ids]": String(groupId) };
      const pages = await read
        .list("agent_availabilities", AvailabilitiesPage, query)
        .catch(unlessStatus(ABSENT));
      const told = pages?.flatMap((page) => presenceIn(page, channel)) ?? null;
      // Agents of whom nothing is known are not there, unless nothing is known of anybody.
      if (told !== null && (told.length === 0 || told.some(({ online }) => online !== null)))
        return new Set(told.flatMap(({ id, online }) => (online === true ? [id] : [])));
      once("people.availability_unknown", {
        advice: "This account does not tell who is available, so everybody in a group counts as available.",
      });
      return null;
    },
    openTickets: (agentId) => countOf(agentId)(),
    schedules: cached(() => readSchedules(read, once), {
      now,
      freshMs: SCHEDULES_FRESH_MS,
      keepMs: KEPT_MS,
    }),
    lastAgent: (requesterId, groupId) => readLastAgent({ requesterId, groupId }, read),
  };
}

type Reader = ReturnType<typeof readerOver>;

function readerOver({ get }: Pick<Connection, "get">) {
  return {
    get,
    list: <T extends Parameters<typeof allPages>[0]>(
      path: string,
      schema: T,
      more: Readonly<Record<string, string>> = {},
    ) =>
      allPages(schema, ({ page }) => {
        const query = new URLSearchParams({ ...more, "page[size]": String(page.size) });
        if (page.after !== undefined) query.set("page[after]", page.after);
        return get(`${path}?${query}`);
      }),
    found: (path: string, query: string, more: Readonly<Record<string, string>> = {}) =>
      get(`${path}?${new URLSearchParams({ query, ...more })}`).catch(unlessStatus(NOT_FOUND_OR_SEARCHED)),
  };
}

async function countOpen(agentId: number, { found }: Reader, now: () => number): Promise<OpenCount | null> {
  const at = now();
  const body = await found("search/count.json", `type:ticket assignee:${agentId} status<solved`);
  return body === null ? null : { count: parseAnswer(CountAnswer, body).count, at };
}

async function readLastAgent(
  { requesterId, groupId }: { readonly requesterId: number; readonly groupId: number },
  { found }: Reader,
): Promise<number | null> {
  const query = `type:ticket requester:${requesterId} group:${groupId} status:solved status:closed`;
  const body = await found("search.json", query, { sort_by: "updated_at", sort_order: "desc" });
  if (body === null) return null;
  const tickets = parseAnswer(FoundTickets, body).results.filter(
    (ticket) => ticket.group_id === groupId && ticket.assignee_id !== null,
  );
  const latest = tickets.toSorted((a, b) => timeOf(b.updated_at) - timeOf(a.updated_at))[0];
  return latest?.assignee_id ?? null;
}

const timeOf = (at: string | null | undefined): number => Date.parse(at ?? "") || 0;

async function readSchedules({ get }: Reader, once: Say): Promise<readonly Schedule[]> {
  const body = await get("business_hours/schedules.json").catch(unlessStatus(ABSENT));
  if (body === null) return [];
  const { schedules } = parseAnswer(SchedulesAnswer, body);
  return Promise.all(
    schedules.map(async ({ id, name, time_zone, intervals }) => {
      const holidays = await get(`business_hours/schedules/${id}/holidays.json`).catch(unlessStatus(ABSENT));
      const timeZone = timeZoneOf(time_zone);
      if (timeZone === null)
        once("people.time_zone_unknown", {
          time_zone: time_zone.slice(0, 60),
          advice: "A schedule's time zone is unknown here, so its hours are read as UTC.",
        });
      return {
        name,
        timeZone: timeZone ?? "UTC",
        intervals,
        holidays: holidays === null ? [] : parseAnswer(HolidaysAnswer, holidays).holidays,
      };
    }),
  );
}

/** For `catch`: null where Zendesk answered with one of these. */
const unlessStatus =
  (statuses: readonly number[]) =>
  (error: unknown): null => {
    const http = error instanceof Error && error.cause instanceof ZendeskHttpError ? error.cause : error;
    if (http instanceof ZendeskHttpError && statuses.includes(http.status)) return null;
    throw error;
  };

type Say = (event: string, fields: Readonly<Record<string, string | number>>) => void;

/** Says the same thing one time in the life of the process. */
function onceEach(warn: Say): Say {
  const said = new Set<string>();
  return (event, fields) => {
    const key = `${event}:${fields["time_zone"] ?? ""}`;
    if (said.has(key)) return;
    said.add(key);
    warn(event, fields);
  };
}

/** One of each, made when first asked for. */
function keyed<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
