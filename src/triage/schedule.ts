/** Zendesk's business hours: a weekly timetable in local time, with holidays. Pure; daylight saving is the time zone's. */

export interface Schedule {
  readonly name: string;
  /** IANA: Europe/Berlin. */
  readonly timeZone: string;
  /** Minutes since Sunday, 00:00 local time; the end is exclusive. */
  readonly intervals: readonly { readonly start: number; readonly end: number }[];
  /** Local days, YYYY-MM-DD; both belong to the holiday. */
  readonly holidays: readonly { readonly from: string; readonly to: string }[];
}

const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** @param now epoch milliseconds */
export function isWithin({ timeZone, intervals, holidays }: Schedule, now: number): boolean {
  const { date, minute } = localTime(timeZone, now);
  if (holidays.some(({ from, to }) => from <= date && date <= to)) return false;
  return intervals.some(
    ({ start, end }) =>
      (start <= minute && minute < end) || (start <= minute + WEEK_MINUTES && minute + WEEK_MINUTES < end),
  );
}

/**
 * A schedule that bears the group's name is the group's own; otherwise the account's first counts, which is Zendesk's
 * default. Null: the account has none.
 */
export function scheduleFor(schedules: readonly Schedule[], groupName: string): Schedule | null {
  const wanted = groupName.trim().toLowerCase();
  return schedules.find(({ name }) => name.trim().toLowerCase() === wanted) ?? schedules[0] ?? null;
}

function localTime(timeZone: string, now: number): { date: string; minute: number } {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string): string => parts.find((piece) => piece.type === type)?.value ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    minute:
      WEEKDAYS.indexOf(part("weekday")) * DAY_MINUTES + Number(part("hour")) * 60 + Number(part("minute")),
  };
}
