/** When tickets come, by the clock on the account's wall. Pure. */

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Tickets by weekday (Monday first), then by hour. */
export type Week = readonly (readonly number[])[];

/** @param times epoch milliseconds @param timeZone IANA */
export function weekOf(times: readonly number[], timeZone: string): Week {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const week = WEEKDAYS.map(() => new Array<number>(24).fill(0));
  for (const time of times) {
    const parts = clock.formatToParts(time);
    const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
    const weekday = part("weekday");
    const day = week[WEEKDAYS.findIndex((name) => weekday.startsWith(name))];
    const hour = Number(part("hour"));
    if (day !== undefined) day[hour] = (day[hour] ?? 0) + 1;
  }
  return week;
}

export const byHour = (week: Week): number[] =>
  Array.from({ length: 24 }, (_, hour) => week.reduce((sum, day) => sum + (day[hour] ?? 0), 0));

export const byWeekday = (week: Week): number[] =>
  week.map((day) => day.reduce((sum, count) => sum + count, 0));
