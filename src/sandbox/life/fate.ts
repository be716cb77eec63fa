/** What people will do about one ticket, drawn before it comes: it must not depend on what the router does with it. */
import { aboutMinutes, type Random } from "./random.ts";

export interface Fate {
  /** How the ticket ends, unless somebody solves it. */
  readonly end: "solved" | "spam" | "deleted" | "erased";
  /** The customer writes a second time about the same, and somebody merges the two. */
  readonly isRepeated: boolean;
  readonly isVip: boolean;
  /** Whoever finds it in the wrong team moves it, instead of helping out. */
  readonly isMoved: boolean;
  readonly isEscalated: boolean;
  /** Somebody asks another department about it. */
  readonly asksAside: boolean;
  readonly customerAsksBack: boolean;
  readonly isReopened: boolean;
  readonly rating: "good" | "bad" | null;
  /** Seconds until a visitor who opened a conversation says something. */
  readonly silentSeconds: number;
  /** Working minutes, each from the step before. */
  readonly minutes: {
    readonly noticed: number;
    readonly moved: number;
    readonly answered: number;
    readonly solved: number;
  };
  /** Minutes of the customer's time. */
  readonly customerMinutes: number;
  /** Which agent of the group, 0 ≤ x < 1. */
  readonly lot: number;
}

export interface Habits {
  /** Of the tickets in a wrong team, how many are moved by a person. */
  readonly moves: number;
}

/** Shares of all tickets. */
const CHANCES = {
  spam: 0.02,
  deleted: 0.008,
  erased: 0.004,
  repeated: 0.02,
  vip: 0.06,
  escalated: 0.04,
  aside: 0.03,
  asksBack: 0.3,
  reopened: 0.07,
  rated: 0.28,
  satisfied: 0.86,
} as const;
const MEDIAN_MINUTES = { noticed: 22, moved: 6, answered: 14, solved: 35, customer: 50 } as const;
const SILENT_SECONDS = { least: 8, most: 200 } as const;

/** Always the same number of draws, so that a changed chance changes nothing else. */
export function fateOf(random: Random, { moves }: Habits): Fate {
  const end = endOf(random());
  const happens = (chance: number): boolean => random() < chance;
  const unhappy = !happens(CHANCES.satisfied);
  return {
    end,
    isRepeated: happens(CHANCES.repeated),
    isVip: happens(CHANCES.vip),
    isMoved: happens(moves),
    isEscalated: happens(CHANCES.escalated),
    asksAside: happens(CHANCES.aside),
    customerAsksBack: happens(CHANCES.asksBack),
    isReopened: happens(CHANCES.reopened),
    rating: happens(CHANCES.rated) ? (unhappy ? "bad" : "good") : null,
    silentSeconds: SILENT_SECONDS.least + random() * (SILENT_SECONDS.most - SILENT_SECONDS.least),
    minutes: {
      noticed: aboutMinutes(MEDIAN_MINUTES.noticed, random),
      moved: aboutMinutes(MEDIAN_MINUTES.moved, random),
      answered: aboutMinutes(MEDIAN_MINUTES.answered, random),
      solved: aboutMinutes(MEDIAN_MINUTES.solved, random),
    },
    customerMinutes: aboutMinutes(MEDIAN_MINUTES.customer, random),
    lot: random(),
  };
}

function endOf(lot: number): Fate["end"] {
  const { spam, deleted, erased } = CHANCES;
  if (lot < spam) return "spam";
  if (lot < spam + deleted) return "deleted";
  return lot < spam + deleted + erased ? "erased" : "solved";
}
