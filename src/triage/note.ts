/**
 * The internal note that agents read on every ticket. Our own markup around escaped text: nothing that a customer or
 * a model wrote can become HTML, a link or a placeholder.
 */
import type { Classification, ConfidenceLevel } from "./classification.ts";
import { type Decision, REASONS } from "./decision.ts";
import { escapeHtml, harmless } from "./plain-text.ts";
import { type RoutingTable, rowOf } from "./routing-table.ts";

const MAX = { reasoning: 400, quote: 160, quotes: 3, alternatives: 2, name: 120 } as const;

const CONFIDENCE_WORDS: Record<ConfidenceLevel, string> = {
  high: "high",
  medium: "medium, worth a glance",
  low: "low, please check",
};

const text = (value: string, max: number): string => escapeHtml(harmless(value, max));
const paragraph = (html: string): string => `<p>${html}</p>`;

export function noteFor(decision: Decision, table: RoutingTable): string {
  const { classification } = decision;
  return [
    paragraph(`<strong>${headline(decision)}</strong>`),
    ...(classification === null ? [] : guess(decision, classification, table)),
    ...(saysWhy(decision) ? [paragraph(escapeHtml(REASONS[decision.reason]))] : []),
    ...(classification === null ? [] : grounds(classification, table)),
    paragraph(howToCorrect(decision)),
    paragraph(
      `<em>Switchyard · decision ${escapeHtml(decision.id)} · routing table ${decision.routingVersion}</em>`,
    ),
  ].join("");
}

function headline(decision: Decision): string {
  const group = decision.group === null ? null : text(decision.group, MAX.name);
  if (decision.action === "assign") return `Routed to ${group}`;
  return group === null
    ? "Please check where this ticket belongs"
    : `Please check: placed with ${group} for now`;
}

/** What needs a person, or went elsewhere than it should, says why. */
const saysWhy = ({ action, reason }: Decision): boolean => action === "review" || reason === "group_missing";

const nameOf = (intent: string, table: RoutingTable): string | null => {
  const row = rowOf(table, intent);
  return row === undefined ? null : text(row.name, MAX.name);
};

function guess(decision: Decision, classification: Classification, table: RoutingTable): string[] {
  const intent = nameOf(classification.intent, table);
  const words = CONFIDENCE_WORDS[classification.confidenceLevel];
  const label = decision.action === "assign" ? "What the customer wants" : "Best guess";
  return [
    ...(intent === null ? [] : [paragraph(`${label}: <strong>${intent}</strong><br>Confidence: ${words}`)]),
    ...(classification.reasoning === ""
      ? []
      : [paragraph(`Why: ${text(classification.reasoning, MAX.reasoning)}`)]),
  ];
}

function grounds(classification: Classification, table: RoutingTable): string[] {
  const quotes = classification.evidence
    .slice(0, MAX.quotes)
    .map((quote) => `<li>“${text(quote, MAX.quote)}”</li>`);
  const others = classification.alternatives
    .flatMap((alternative) => nameOf(alternative.intent, table) ?? [])
    .slice(0, MAX.alternatives);
  return [
    ...(quotes.length === 0 ? [] : [`${paragraph("In the customer's words:")}<ul>${quotes.join("")}</ul>`]),
    ...(others.length === 0 ? [] : [paragraph(`Also considered: ${others.join(", ")}`)]),
    ...(classification.classifier === "local"
      ? [paragraph("Sorted by the built-in word matcher, without Claude. Take it as a first guess.")]
      : []),
  ];
}

const howToCorrect = (decision: Decision): string =>
  decision.action === "assign"
    ? "Wrong team? Move the ticket to the right group. Your change stays: Switchyard never moves it back."
    : "Move the ticket to the right group. Your change stays: Switchyard never moves it back.";
