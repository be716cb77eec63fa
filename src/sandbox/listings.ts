/** What a new account lists and nobody changes here: automations, SLA policies, forms, brands, locales, schedules. */
import { BRAND_ID, FORM_ID } from "./seed.ts";

export interface Listed {
  readonly id: number | string;
  readonly [more: string]: unknown;
}

const OPENED = "2025-01-06T09:00:00Z";
const DATES = { created_at: OPENED, updated_at: OPENED };
const WORKDAYS = [1, 2, 3, 4, 5];
const DAY_MINUTES = 24 * 60;

/** Lists by name, as they stand until somebody puts others in their place. */
export const LISTINGS: Readonly<Record<string, readonly Listed[]>> = {
  automations: [
    {
      id: 8447320467001,
      title: "Close ticket 4 days after status is set to solved",
      active: true,
      position: 1,
      conditions: {
        all: [
          { field: "status", operator: "is", value: "solved" },
          { field: "SOLVED", operator: "greater_than", value: "96" },
        ],
        any: [],
      },
      actions: [{ field: "status", value: "closed" }],
      ...DATES,
    },
  ],
  sla_policies: [
    {
      id: 8447320467101,
      title: "First reply",
      description: "",
      position: 1,
      filter: { all: [{ field: "type", operator: "is_not", value: "task" }], any: [] },
      policy_metrics: [
        {
          priority: "urgent",
          metric: "first_reply_time",
          target: 30,
          target_in_seconds: 1800,
          business_hours: false,
        },
        {
          priority: "high",
          metric: "first_reply_time",
          target: 60,
          target_in_seconds: 3600,
          business_hours: true,
        },
        {
          priority: "normal",
          metric: "first_reply_time",
          target: 480,
          target_in_seconds: 28_800,
          business_hours: true,
        },
      ],
      ...DATES,
    },
  ],
  ticket_forms: [
    {
      id: FORM_ID,
      name: "Default ticket form",
      display_name: "Default ticket form",
      raw_name: "Default ticket form",
      position: 1,
      active: true,
      default: true,
      end_user_visible: true,
      in_all_brands: true,
      restricted_brand_ids: [],
      ticket_field_ids: [],
      ...DATES,
    },
  ],
  brands: [
    {
      id: BRAND_ID,
      name: "Sandbox",
      subdomain: "sandbox",
      active: true,
      default: true,
      is_deleted: false,
      has_help_center: false,
      ticket_form_ids: [FORM_ID],
      ...DATES,
    },
  ],
  locales: [
    {
      id: 1,
      locale: "en-US",
      name: "English",
      native_name: "English",
      presentation_name: "English",
      rtl: false,
    },
    { id: 8, locale: "de", name: "German", native_name: "Deutsch", presentation_name: "German", rtl: false },
    {
      id: 2,
      locale: "es",
      name: "Spanish",
      native_name: "Español",
      presentation_name: "Spanish",
      rtl: false,
    },
    {
      id: 16,
      locale: "fr",
      name: "French",
      native_name: "Français",
      presentation_name: "French",
      rtl: false,
    },
    {
      id: 67,
      locale: "ja",
      name: "Japanese",
      native_name: "日本語",
      presentation_name: "Japanese",
      rtl: false,
    },
  ].map((locale) => ({ ...locale, default: locale.id === 1, ...DATES })),
  /** Nine to five in Berlin, Monday to Friday. Minutes since Sunday midnight. */
  schedules: [
    {
      id: 8447320467301,
      name: "Office hours",
      time_zone: "Berlin",
      intervals: WORKDAYS.map((day) => ({
        start_time: day * DAY_MINUTES + 9 * 60,
        end_time: day * DAY_MINUTES + 17 * 60,
      })),
      ...DATES,
    },
  ],
  /** With `schedule_id`, which the API does not show. Both days belong to the holiday. */
  holidays: [
    {
      id: 8447320467401,
      schedule_id: 8447320467301,
      name: "Christmas",
      start_date: "2026-12-24",
      end_date: "2026-12-26",
    },
  ],
};
