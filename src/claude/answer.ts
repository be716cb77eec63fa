/** Claude's answer: the shape that is asked for, and the careful reading of whatever comes back. */
import type Anthropic from "@anthropic-ai/sdk";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { z } from "zod";
import { looksInjected } from "../text/injection.ts";
import { readable } from "../text/readable.ts";
import { redacted } from "../text/redact.ts";
import { ticketText } from "../text/ticket-text.ts";
import { rounded } from "../triage/alternatives.ts";
import {
  type Alternative,
  type Classification,
  CONFIDENCE_LEVELS,
  type ConfidenceLevel,
  probabilityOf,
  SENTIMENTS,
} from "../triage/classification.ts";
import { reasonsFrom } from "../triage/note-prose.ts";
import { comparable, quotesFrom } from "../triage/plain-text.ts";
import { PRIORITIES, type Ticket } from "../triage/ticket.ts";

const MAX = { quotes: 5, quoteCharacters: 300, reasoningCharacters: 800, alternatives: 5 } as const;

/**
 * The grammar of the answer. The reasons come before the label, because what is written first shapes what follows.
 * Everything is required, for optional properties would be moved behind the label.
 */
export function answerFormat(labels: readonly string[]): Anthropic.JSONOutputFormat {
  // One object for both uses, so that the schema spells the list of labels only once.
  const label = z.enum(labels);
  const level = z.enum(CONFIDENCE_LEVELS);
  const { type, schema } = zodOutputFormat(
    z.object({
      evidence: z.array(z.string()),
      reasoning: z.string(),
      other_intents: z.array(z.object({ intent: label, confidence: level })),
      intent: label,
      urgency: z.enum(PRIORITIES),
      sentiment: z.enum(SENTIMENTS),
      language: z.string(),
      confidence: level,
      injection_suspected: z.boolean(),
    }),
  );
  return { type, schema };
}

/** The part of a classification that is Claude's to say. */
export type Answer = Pick<
  Classification,
  | "intent"
  | "category"
  | "reasoning"
  | "evidence"
  | "alternatives"
  | "urgency"
  | "sentiment"
  | "language"
  | "confidence"
  | "confidenceLevel"
  | "injectionSuspected"
>;

/** The grammar does not bind the case of an enum's values, and models that know no grammar add blanks. */
const folded = <const T extends readonly string[]>(values: T) =>
  z.string().trim().toLowerCase().pipe(z.enum(values));

const replyShape = (labels: readonly string[]) => {
  const label = folded(labels);
  const other = z.object({ intent: label, confidence: folded(CONFIDENCE_LEVELS) });
  return z.object({
    evidence: z.array(z.unknown()),
    reasoning: z.string().transform(readable).pipe(z.string().min(1)),
    other_intents: z.array(z.unknown()).transform((items) =>
      items.flatMap((item) => {
        const parsed = other.safeParse(item);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
    intent: label,
    urgency: folded(PRIORITIES),
    sentiment: folded(SENTIMENTS),
    language: z.string(),
    confidence: folded(CONFIDENCE_LEVELS),
    injection_suspected: z.boolean(),
  });
};

/** @returns the answer, or what is wrong with the text; never throws, whatever the text is */
export function readAnswer(
  text: string,
  {
    labels,
    ticket,
  }: { labels: readonly string[]; ticket: Pick<Ticket, "subject" | "description" | "attachments"> },
): { readonly answer: Answer } | { readonly problem: string } {
  const json = parseJson(text);
  if (json === undefined) return { problem: "the answer is not JSON" };
  const parsed = replyShape(labels).safeParse(json);
  if (!parsed.success) {
    const places = new Set(
      parsed.error.issues.map((issue) => issue.path[0]?.toString() ?? "the whole answer"),
    );
    return { problem: `the answer is not as asked for in: ${[...places].join(", ")}` };
  }
  const { data } = parsed;
  const { subject, description } = ticketText(ticket);
  const shown = `${subject}\n${description}`;
  const reasons = reasonsFrom(redacted(data.reasoning).text, MAX.reasoningCharacters, shown);
  if (reasons.text === "") return { problem: "the answer is not as asked for in: reasoning" };
  return {
    answer: {
      intent: data.intent,
      reasoning: reasons.text,
      evidence: evidenceOf(data.evidence, shown),
      alternatives: alternativesOf(data.intent, data.confidence, data.other_intents),
      urgency: data.urgency,
      sentiment: data.sentiment,
      language: languageOf(data.language),
      confidence: probabilityOf(data.confidence),
      confidenceLevel: data.confidence,
      // A model that obeys does not say so.
      injectionSuspected:
        data.injection_suspected || reasons.obeyed || givesOrders(ticket) || names(shown, data.intent),
    },
  };
}

/** Whether the text itself is suspicious, whatever was answered. */
export function givesOrders(ticket: Pick<Ticket, "subject" | "description" | "attachments">): boolean {
  const { subject, description, hidesOrders } = ticketText(ticket);
  return hidesOrders || looksInjected(`${subject}\n${description}`);
}

/** Customers do not know how the table calls its rows: who writes `refund_request` and gets it has asked the machine for it. */
const names = (shown: string, intent: string): boolean =>
  intent.includes("_") && shown.toLowerCase().includes(intent);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without an ellipsis: a shortened quote still stands in the ticket word for word. */
const head = (text: string, max: number): string =>
  Array.from(text.slice(0, max * 2))
    .slice(0, max)
    .join("")
    .toWellFormed();

/** Made-up quotes are dropped: agents trust what stands in quotation marks. */
function evidenceOf(quotes: readonly unknown[], shown: string): string[] {
  const texts = quotes
    .filter((quote) => typeof quote === "string")
    .slice(0, MAX.quotes)
    .map((quote) => head(readable(quote), MAX.quoteCharacters).trim());
  const distinct = new Map(texts.map((text) => [comparable(text), text]));
  // Against what Claude was shown: it can only quote that, placeholders included.
  return quotesFrom(shown, [...distinct.values()]);
}

/** They share what the chosen intent leaves, by the weight of their levels; none is likelier than the chosen one. */
function alternativesOf(
  intent: string,
  level: ConfidenceLevel,
  others: readonly { intent: string; confidence: ConfidenceLevel }[],
): Alternative[] {
  const chosen = probabilityOf(level);
  const distinct = others
    .filter((other, index) => others.findIndex(({ intent: id }) => id === other.intent) === index)
    .filter((other) => other.intent !== intent)
    .slice(0, MAX.alternatives);
  const weights = distinct.reduce((sum, other) => sum + probabilityOf(other.confidence), 0);
  return distinct
    .map((other) => ({
      intent: other.intent,
      confidence: rounded(Math.min(chosen, ((1 - chosen) * probabilityOf(other.confidence)) / weights)),
    }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** A canonical BCP-47 tag, or `und`. Longer first parts are words such as "English", which merely look like tags. */
function languageOf(tag: string): string {
  const candidate = tag.trim().replace(/_/g, "-");
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(candidate)) return "und";
  try {
    return Intl.getCanonicalLocales(candidate)[0] ?? "und";
  } catch {
    return "und";
  }
}
