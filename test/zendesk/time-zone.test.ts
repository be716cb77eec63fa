import { expect, test } from "vitest";
import { timeZoneOf } from "../../src/zendesk/time-zone.ts";

const hourIn = (name: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: timeZoneOf(name) ?? "Etc/Unknown",
    hour: "2-digit",
    minute: "2-digit",
  }).format(Date.parse("2026-01-15T12:00:00Z"));

test("Zendesk's names lead to the clock on the wall there", () => {
  const clocks = {
    Berlin: "13:00",
    London: "12:00",
    "Eastern Time (US & Canada)": "07:00",
    "Pacific Time (US & Canada)": "04:00",
    "Buenos Aires": "09:00",
    "Mexico City": "06:00",
    "New Delhi": "17:30",
    Kathmandu: "17:45",
    Kyiv: "14:00",
    Tokyo: "21:00",
    Sydney: "23:00",
    "Hong Kong": "20:00",
    "America/New_York": "07:00",
    UTC: "12:00",
  };
  expect(Object.fromEntries(Object.keys(clocks).map((name) => [name, hourIn(name)]))).toEqual(clocks);
});

test("a name that nobody knows is none", () => {
  expect(["Atlantis", "", "Europe/Nowhere", "Etc"].map(timeZoneOf)).toEqual([null, null, null, null]);
});
