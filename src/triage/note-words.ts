/** The note's own sentences, in the languages that there are; whoever reads another one gets English. */
import type { ConfidenceLevel } from "./classification.ts";
import { REASONS, type Reason } from "./decision.ts";
import { DE } from "./note-words-de.ts";
import { ES } from "./note-words-es.ts";
import { FR } from "./note-words-fr.ts";
import { IT } from "./note-words-it.ts";
import { JA } from "./note-words-ja.ts";
import { NL } from "./note-words-nl.ts";
import { PT } from "./note-words-pt.ts";

/** Reasons that a note can give: of everything else no note is written. */
export type NoteReason = Extract<
  Reason,
  | "group_missing"
  | "low_confidence"
  | "outside_taxonomy"
  | "needs_person"
  | "not_a_ticket"
  | "injection_suspected"
  | "classifier_refused"
  | "classifier_failed"
  | "no_group"
>;

/** Sentences as text, or made from what is put into them; that is escaped already. */
export interface NoteWords {
  readonly routedTo: (group: string) => string;
  readonly checkWhere: string;
  readonly checkPlaced: (group: string) => string;
  readonly wants: (intent: string) => string;
  readonly bestGuess: (intent: string) => string;
  readonly confidence: Readonly<Record<ConfidenceLevel, string>>;
  /** The topic that is named is a category. */
  readonly onlyCategory: string;
  readonly why: (reasoning: string) => string;
  readonly quotesFollow: string;
  readonly quoted: (quote: string) => string;
  readonly considered: (intents: readonly string[]) => string;
  readonly local: string;
  /** A person was to be chosen, and none could be. */
  readonly nobodyChosen: string;
  readonly returned: (minutes: number) => string;
  readonly wrongTeam: string;
  readonly moveIt: string;
  readonly origin: (decisionId: string, routingVersion: number) => string;
  readonly reasons: Readonly<Record<NoteReason, string>>;
}

const EN: NoteWords = {
  routedTo: (group) => `Routed to ${group}`,
  checkWhere: "Please check where this ticket belongs",
  checkPlaced: (group) => `Please check: placed with ${group} for now`,
  wants: (intent) => `What the customer wants: ${intent}`,
  bestGuess: (intent) => `Best guess: ${intent}`,
  confidence: {
    high: "Confidence: high",
    medium: "Confidence: medium, worth a glance",
    low: "Confidence: low, please check",
  },
  onlyCategory: "Only the category is clear, not the exact request.",
  why: (reasoning) => `Why: ${reasoning}`,
  quotesFollow: "In the customer's words:",
  quoted: (quote) => `“${quote}”`,
  considered: (intents) => `Also considered: ${intents.join(", ")}`,
  local: "Sorted by the built-in classifier, without Claude. Take it as a first guess.",
  nobodyChosen: "Nobody in the team could be chosen just now, so the whole team has it.",
  returned: (minutes) =>
    `Nobody has worked on this ticket for ${minutes} minutes, so it is back with the whole team.`,
  wrongTeam:
    "Wrong team? Move the ticket to the right group. Your change stays: Switchyard never moves it back.",
  moveIt: "Move the ticket to the right group. Your change stays: Switchyard never moves it back.",
  origin: (id, version) => `Switchyard · decision ${id} · routing table ${version}`,
  reasons: REASONS,
};

const LANGUAGES = new Map<string, NoteWords>(
  Object.entries({ en: EN, de: DE, fr: FR, es: ES, pt: PT, it: IT, nl: NL, ja: JA }),
);

/** @param language BCP-47, such as `de` or `pt-BR`; only its first part counts */
export const noteWordsFor = (language: string): NoteWords =>
  LANGUAGES.get(language.trim().toLowerCase().split(/[-_]/)[0] ?? "") ?? EN;
