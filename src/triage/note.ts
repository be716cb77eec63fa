/**
 * The internal note that agents read on every ticket. Our own markup around escaped text: nothing that a customer or
 * a model wrote can become HTML, a link or a placeholder.
 */
import { personWanted } from "./below-group.ts";
import type { Classification } from "./classification.ts";
import type { Decision, Reason } from "./decision.ts";
import { markersIn } from "./note-markers.ts";
import { prose } from "./note-prose.ts";
import { type NoteReason, type NoteWords, noteWordsFor } from "./note-words.ts";
import { escapeHtml, harmless } from "./plain-text.ts";
import { type RoutingTable, rowOf } from "./routing-table.ts";

const MAX = { reasoning: 400, quote: 160, quotes: 3, alternatives: 2, name: 120 } as const;

const text = (value: string, max: number): string => escapeHtml(harmless(value, max));
const paragraph = (html: string): string => `<p>${html}</p>`;

/** @param language BCP-47: the agents' language; English where the note does not speak it */
export function noteFor(decision: Decision, table: RoutingTable, language = "en"): string {
  const { classification } = decision;
  const words = noteWordsFor(language);
  return [
    paragraph(`<strong>${headline(decision, words)}</strong>`),
    ...(classification === null ? [] : guess(decision, classification, table, language)),
    ...why(decision, words),
    ...(decision.assigneeId == null && personWanted(decision, table) !== null
      ? [paragraph(words.nobodyChosen)]
      : []),
    ...(classification === null ? [] : grounds(classification, table, language)),
    paragraph(decision.action === "assign" ? words.wrongTeam : words.moveIt),
    paragraph(`<em>${words.origin(escapeHtml(decision.id), decision.routingVersion)}</em>`),
  ].join("");
}

/** For a ticket that is taken back from whoever did nothing about it for so many minutes. */
export function returnNote(decision: Decision, minutes: number, language = "en"): string {
  const words = noteWordsFor(language);
  return [
    paragraph(words.returned(minutes)),
    paragraph(`<em>${words.origin(escapeHtml(decision.id), decision.routingVersion)}</em>`),
  ].join("");
}

function headline(decision: Decision, words: NoteWords): string {
  const group = decision.group === null ? null : text(decision.group, MAX.name);
  if (group === null) return words.checkWhere;
  return decision.action === "assign" ? words.routedTo(group) : words.checkPlaced(group);
}

/** What needs a person, or went elsewhere than it should, says why. */
function why({ action, reason }: Decision, { reasons }: NoteWords): string[] {
  const told = action === "review" || reason === "group_missing";
  return told && isToldIn(reasons, reason) ? [paragraph(escapeHtml(reasons[reason]))] : [];
}

const isToldIn = (reasons: NoteWords["reasons"], reason: Reason): reason is NoteReason => reason in reasons;

/** Of what the customer wants, as far as it is clear. */
const topicOf = ({ intent, category }: Classification, table: RoutingTable): string | null => {
  if (category === undefined) return nameOf(intent, table);
  const name = table.categories.find(({ id }) => id === category)?.name;
  return name === undefined ? null : text(name, MAX.name);
};

const nameOf = (intent: string, table: RoutingTable): string | null => {
  const row = rowOf(table, intent);
  return row === undefined ? null : text(row.name, MAX.name);
};

function guess(
  decision: Decision,
  classification: Classification,
  table: RoutingTable,
  language: string,
): string[] {
  const words = noteWordsFor(language);
  const { category, confidenceLevel, reasoning } = classification;
  const name = topicOf(classification, table);
  const label = decision.action === "assign" ? words.wants : words.bestGuess;
  const reasons = escapeHtml(markersIn(prose(reasoning, MAX.reasoning), language));
  return [
    ...(name === null
      ? []
      : [paragraph(`${label(`<strong>${name}</strong>`)}<br>${words.confidence[confidenceLevel]}`)]),
    ...(name === null || category === undefined ? [] : [paragraph(words.onlyCategory)]),
    ...(reasons === "" ? [] : [paragraph(words.why(reasons))]),
  ];
}

function grounds(classification: Classification, table: RoutingTable, language: string): string[] {
  const words = noteWordsFor(language);
  const quotes = classification.evidence
    .slice(0, MAX.quotes)
    .map((quote) => `<li>${words.quoted(markersIn(text(quote, MAX.quote), language))}</li>`);
  const others = classification.alternatives
    .flatMap((alternative) => nameOf(alternative.intent, table) ?? [])
    .slice(0, MAX.alternatives);
  return [
    ...(quotes.length === 0 ? [] : [`${paragraph(words.quotesFollow)}<ul>${quotes.join("")}</ul>`]),
    ...(others.length === 0 ? [] : [paragraph(words.considered(others))]),
    ...(classification.classifier === "local" ? [paragraph(words.local)] : []),
  ];
}
