/** An inspection for programs, and the baseline that later success is compared with. Holds ids and counts, no ticket text. */
import type { DraftRow } from "./draft.ts";
import type { Share, Spread } from "./figures.ts";
import { byHour, byWeekday, WEEKDAYS } from "./hours.ts";
import type { Inspection } from "./inspection.ts";
import type { PlacerReport } from "./rules-report.ts";

const shareJson = ({ count, total, share }: Share) => ({ count, total, share });
const spreadJson = ({ count, medianMs, p90Ms }: Spread) => ({
  tickets: count,
  median_seconds: secondsOf(medianMs),
  p90_seconds: secondsOf(p90Ms),
});
const secondsOf = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));

/** The numbers of before. */
export const baselineToJson = (inspection: Inspection) => ({
  version: 1,
  ...about(inspection),
  time_to_group: spreadJson(inspection.toGroup),
  time_to_agent: spreadJson(inspection.toAgent),
  rerouted: shareJson(inspection.rerouted),
  rerouted_by_people: shareJson(inspection.reroutedByPeople),
  reopened: shareJson(inspection.reopened),
  escalated: shareJson(inspection.escalated),
  solved: shareJson(inspection.solved),
  placed_by_switchyard: shareJson(inspection.placedByUs),
  native_triage: inspection.native === null ? null : shareJson(inspection.native.agreement),
});

const about = ({ account, at, complete, tickets, from, until }: Inspection) => ({
  ...{ account, at, complete, tickets, from, until },
});

export const inspectionToJson = (inspection: Inspection) => ({
  ...about(inspection),
  time_zone: inspection.timeZone,
  unread: inspection.unread,
  setup: setupJson(inspection),
  volume: volumeJson(inspection),
  group_given_by: inspection.placers.map(placerJson),
  agent_given_by: inspection.assigners.map(placerJson),
  moved_by_people: inspection.flows,
  rules: {
    untouched: shareJson(inspection.untouchedByRules),
    unplaced: shareJson(inspection.unplacedByRules),
    failing: inspection.failingRules.map(placerJson),
    fighting: inspection.fights.map(({ id, title, position, does, why, remedy }) => ({
      ...{ id, title, position, does, why, remedy },
    })),
  },
  criteria: inspection.criteria,
  native_triage: nativeJson(inspection),
  draft: draftJson(inspection),
  baseline: baselineToJson(inspection),
});

const placerJson = ({ name, tickets, moved }: PlacerReport) => ({
  name,
  tickets,
  moved_by_people: shareJson(moved),
});

const setupJson = ({ setup: { slaPolicies, ...rest } }: Inspection) => ({
  ...rest,
  sla_policies: slaPolicies,
});

const volumeJson = ({ volume: { byGroup, byChannel, byLanguage, byBrand, week } }: Inspection) => ({
  by_group: byGroup,
  by_channel: byChannel,
  by_language: byLanguage,
  by_brand: byBrand,
  by_hour: byHour(week),
  by_weekday: Object.fromEntries(byWeekday(week).map((tickets, day) => [WEEKDAYS[day], tickets])),
});

const nativeJson = ({ native }: Inspection) =>
  native === null
    ? null
    : {
        tagged: shareJson(native.tagged),
        agreement: shareJson(native.agreement),
        intents: native.intents.map(({ intent, tickets, groupId, inThere }) => ({
          ...{ intent, tickets },
          group_id: groupId,
          in_there: shareJson(inThere),
        })),
      };

const draftJson = ({ draft }: Inspection) =>
  draft === null
    ? null
    : {
        guess: true,
        fallback: draft.fallback,
        guessed_tickets: draft.guessed,
        unused_groups: draft.unused,
        rows: draft.rows.map(rowJson),
      };

const rowJson = ({ agreement, ...row }: DraftRow) => ({ ...row, agreement: shareJson(agreement) });
