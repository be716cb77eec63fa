/** Is it business hours? Answered in the table's time zone, daylight saving included. */
import type { BusinessHours } from "./rule-schema.ts";

const WEEKDAYS: Record<string, keyof BusinessHours["days"]> = {
  Mon: "mon",
  Tue: "tue",
  Wed: "wed",
  Thu: "thu",
  Fri: "fri",
  Sat: "sat",
  Sun: "sun",
};

/** @param now epoch milliseconds */
export function isOpen(hours: BusinessHours, now: number): boolean {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: hours.time_zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string): string => parts.find((piece) => piece.type === type)?.value ?? "";
  const day = WEEKDAYS[part("weekday")];
  const time = `${part("hour")}:${part("minute")}`;
  const spans = (day && hours.days[day]) ?? [];
  // "HH:MM" strings of equal length order as times do; the end is exclusive, and 24:00 is after everything.
  return spans.some((span) => {
    const [from = "", to = ""] = span.split("-");
    return from <= time && time < to;
  });
}
