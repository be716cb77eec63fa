/** A classification in labelled lines: `classify` and `decisions show` tell it in the same words. */
import { type Classification, type ConfidenceLevel, redactedInWords } from "../triage/classification.ts";
import { languageName } from "../triage/language-name.ts";
import { type Abstention, isAbstention, type RoutingTable, rowOf } from "../triage/routing-table.ts";
import { spoken } from "./output.ts";

export type Line = readonly [label: string, text: string];

const ABSTENTION_NAMES: Record<Abstention, string> = {
  other: "None of the intents",
  needs_person: "Needs a person",
  not_a_ticket: "Not a ticket",
};
const isNamed = (intent: string): intent is Abstention => isAbstention(intent);

/** @param table null when the version that the intent belongs to is gone */
export const intentName = (intent: string, table: RoutingTable | null): string =>
  isNamed(intent)
    ? ABSTENTION_NAMES[intent]
    : spoken((table === null ? undefined : rowOf(table, intent))?.name ?? intent);

const CONFIDENCE_WORDS: Record<ConfidenceLevel, string> = {
  high: "high",
  medium: "medium, worth a glance",
  low: "low, please check",
};

export const percent = (probability: number): string => `${Math.round(probability * 100)} %`;

export function classificationLines(classification: Classification, table: RoutingTable | null): Line[] {
  const { intent, confidence, confidenceLevel, reasoning, evidence, alternatives } = classification;
  const others = alternatives.map(
    (other) => `${intentName(other.intent, table)} (${percent(other.confidence)})`,
  );
  return [
    ["Intent", `${intentName(intent, table)} (${intent})`],
    ["Confidence", `${percent(confidence)}, ${CONFIDENCE_WORDS[confidenceLevel]}`],
    ...when(reasoning !== "", ["Why", spoken(reasoning)]),
    ...evidence.map((quote, index): Line => [index === 0 ? "Evidence" : "", `“${spoken(quote)}”`]),
    ...when(others.length > 0, ["Considered", others.join(", ")]),
    ["Ticket", readingOf(classification)],
  ];
}

/** What the text went through before it was read. */
export function receiptLines({ receipt }: Classification): Line[] {
  if (receipt === undefined) return [];
  const { redacted, characters, ballast, cut, attachments, language } = receipt;
  const hidden = redactedInWords(redacted);
  const read = [
    `${characters} characters`,
    ...(ballast > 0 ? [`${ballast} of quotes, signatures and markup left out`] : []),
    ...(cut > 0 ? [`${cut} cut`] : []),
    ...(attachments > 0 ? [`${attachments} file names`] : []),
    spoken(languageName(language)),
  ];
  return [
    ["Read", read.join(" · ")],
    ["Blacked out", spoken(hidden || "nothing")],
  ];
}

export const when = (condition: boolean, line: Line): Line[] => (condition ? [line] : []);

const readingOf = ({ language, urgency, sentiment, injectionSuspected }: Classification): string =>
  [
    spoken(languageName(language)),
    `urgency ${urgency}`,
    `sentiment ${sentiment.replace("_", " ")}`,
    ...(injectionSuspected ? ["gives instructions to the router"] : []),
  ].join(" · ");

/** @param ms how long the answer took as the user felt it; null: the sum of the recorded steps */
export function classifierLine(classification: Classification, ms: number | null): Line {
  const { classifier, model, timingsMs } = classification;
  const took = ms ?? Object.values(timingsMs).reduce((sum, step) => sum + step, 0);
  const name = classifier === "claude" ? "Claude" : "built-in, without Claude";
  return ["Classifier", `${name} (${spoken(model)}) · ${Math.round(took)} ms · ${billOf(classification)}`];
}

/** Decisions with the same one were asked for in the same way. */
export const promptLine = ({ promptVersion }: Classification): Line => ["Prompt", spoken(promptVersion)];

function billOf({ costUsd, classifier, tokens }: Classification): string {
  if (classifier === "local") return "free";
  const input = tokens.input + tokens.cacheRead + tokens.cacheWrite;
  const price = costUsd === null ? "price unknown" : `$${costUsd.toFixed(5)}`;
  return `${price} (${input} tokens in, ${tokens.output} out)`;
}
