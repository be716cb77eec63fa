/** The week of customers and of the team: when tickets come, and when somebody is at work. All times are UTC. */
import { pick, type Random } from "./random.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** How busy each hour of a day is, from midnight on: a morning peak, a dip at lunch, an evening of private customers. */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 18, 16, 12, 14, 16, 15, 13, 10, 8, 8, 7, 5, 3, 2];
/** From Sunday on: Mondays bring what the weekend left. */
const WEEKDAYS = [0.35, 1.35, 1.15, 1.05, 1.05, 0.95, 0.45];
const BUSIEST = Math.max(...HOURS) * Math.max(...WEEKDAYS);
const PER_WEEK = sum(HOURS) * sum(WEEKDAYS);

/** Doors open: Monday to Friday, and a short Saturday. From hour to hour, by weekday from Sunday on. */
const SHIFTS: readonly (readonly [from: number, to: number] | null)[] = [
  null,
  [8, 18],
  [8, 18],
  [8, 18],
  [8, 18],
  [8, 18],
  [10, 15],
];

export const CHANNELS = ["email", "web", "native_messaging", "phone", "api"] as const;
/** `phone`: an agent writes down what the customer says. */
export type Channel = (typeof CHANNELS)[number];

/** @param perDay how many tickets an average day brings. Answers their times, in order. */
export function arrivals(
  { from, until, perDay }: { from: number; until: number; perDay: number },
  random: Random,
): number[] {
  // A Poisson process at the busiest hour's rate; each arrival stays with the chance that its own hour has.
  const perHour = (BUSIEST / PER_WEEK) * perDay * WEEKDAYS.length;
  const times: number[] = [];
  let at = from;
  for (;;) {
    at += (-Math.log(1 - random()) / perHour) * HOUR_MS;
    if (at >= until) return times;
    if (random() * BUSIEST < busyness(at)) times.push(Math.round(at));
  }
}

function busyness(at: number): number {
  const date = new Date(at);
  return (HOURS[date.getUTCHours()] ?? 0) * (WEEKDAYS[date.getUTCDay()] ?? 0);
}

/** Offices write e-mail and call, private customers chat in the evening, machines report at any time. */
export function channelAt(at: number, random: Random): Channel {
  const hour = new Date(at).getUTCHours();
  if (hour < 7) return pick(["email", "email", "web", "native_messaging", "api"], random);
  if (hour >= 18) return pick(["email", "web", "native_messaging", "native_messaging"], random);
  return pick(
    [
      "email",
      "email",
      "email",
      "email",
      "web",
      "web",
      "web",
      "native_messaging",
      "native_messaging",
      "phone",
    ],
    random,
  );
}

/** When somebody has had `minutes` of working time from `at` on. */
export function afterWork(at: number, minutes: number): number {
  let time = at;
  let left = minutes * MINUTE_MS;
  for (;;) {
    const [opens, closes] = shiftOf(time);
    const begin = Math.max(time, opens);
    if (begin + left < closes) return Math.round(begin + left);
    left -= Math.max(0, closes - begin);
    time = midnightAfter(time);
  }
}

/** Of the day that `at` is in; a day without a shift is over as soon as it begins. */
function shiftOf(at: number): readonly [opens: number, closes: number] {
  const midnight = midnightAfter(at) - DAY_MS;
  const [from, to] = SHIFTS[new Date(at).getUTCDay()] ?? [0, 0];
  return [midnight + from * HOUR_MS, midnight + to * HOUR_MS];
}

const midnightAfter = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
