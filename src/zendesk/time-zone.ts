/** Zendesk names time zones as Rails does: mostly by city. */

/** Names that are no city of the time zone database, or that the database spells otherwise. */
const NAMED: Readonly<Record<string, string>> = {
  UTC: "UTC",
  "Etc/UTC": "UTC",
  "Pacific Time (US & Canada)": "America/Los_Angeles",
  "Mountain Time (US & Canada)": "America/Denver",
  "Central Time (US & Canada)": "America/Chicago",
  "Eastern Time (US & Canada)": "America/New_York",
  "Atlantic Time (Canada)": "America/Halifax",
  "Indiana (East)": "America/Indiana/Indianapolis",
  "Central America": "America/Guatemala",
  "International Date Line West": "Etc/GMT+12",
  "Midway Island": "Pacific/Midway",
  "American Samoa": "Pacific/Pago_Pago",
  Samoa: "Pacific/Apia",
  Hawaii: "Pacific/Honolulu",
  Alaska: "America/Juneau",
  Arizona: "America/Phoenix",
  Saskatchewan: "America/Regina",
  Guadalajara: "America/Mexico_City",
  Quito: "America/Lima",
  Georgetown: "America/Guyana",
  Newfoundland: "America/St_Johns",
  Brasilia: "America/Sao_Paulo",
  Greenland: "America/Godthab",
  "Mid-Atlantic": "Atlantic/South_Georgia",
  "Cape Verde Is.": "Atlantic/Cape_Verde",
  Edinburgh: "Europe/London",
  Bern: "Europe/Zurich",
  "West Central Africa": "Africa/Algiers",
  Kyiv: "Europe/Kiev",
  Pretoria: "Africa/Johannesburg",
  "St. Petersburg": "Europe/Moscow",
  "Abu Dhabi": "Asia/Muscat",
  Ekaterinburg: "Asia/Yekaterinburg",
  Islamabad: "Asia/Karachi",
  Chennai: "Asia/Kolkata",
  Kolkata: "Asia/Kolkata",
  Mumbai: "Asia/Kolkata",
  "New Delhi": "Asia/Kolkata",
  Kathmandu: "Asia/Kathmandu",
  Astana: "Asia/Almaty",
  "Sri Jayawardenepura": "Asia/Colombo",
  Hanoi: "Asia/Bangkok",
  Beijing: "Asia/Shanghai",
  Osaka: "Asia/Tokyo",
  Sapporo: "Asia/Tokyo",
  Canberra: "Australia/Sydney",
  "Solomon Is.": "Pacific/Guadalcanal",
  "New Caledonia": "Pacific/Noumea",
  "Marshall Is.": "Pacific/Majuro",
  Wellington: "Pacific/Auckland",
  "Nuku'alofa": "Pacific/Tongatapu",
  "Tokelau Is.": "Pacific/Fakaofo",
  "Chatham Is.": "Pacific/Chatham",
};

/** @returns the IANA name; null for one that nobody knows */
export function timeZoneOf(name: string): string | null {
  const wanted = name.trim();
  if (NAMED[wanted] !== undefined) return NAMED[wanted];
  const city = wanted.replaceAll(" ", "_");
  const zone = Intl.supportedValuesOf("timeZone").find((id) => id === wanted || id.endsWith(`/${city}`));
  return zone ?? (isKnown(wanted) ? wanted : null);
}

/** Older spellings are no supported value, and work all the same. An offset such as +02:00 is no time zone of a place. */
function isKnown(id: string): boolean {
  try {
    return id.includes("/") && new Intl.DateTimeFormat("en", { timeZone: id }) !== undefined;
  } catch {
    return false;
  }
}
