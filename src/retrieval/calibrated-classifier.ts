/** A classifier whose confidence means something: its answer and all that speaks for or against it become one probability. */
import type { Classifier } from "../ports/classifier.ts";
import { alternativesBeside } from "../triage/alternatives.ts";
import type { Calibration } from "../triage/calibration.ts";
import { type Classification, levelOf, probabilityOf } from "../triage/classification.ts";
import { confidenceOf, type Signals, signalsOf } from "../triage/confidence.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { Retrieval } from "./retrieval.ts";

type Routing = Parameters<Classifier["classify"]>[1];

export interface CalibratedSettings {
  readonly classifier: Classifier;
  readonly retrieval: Pick<Retrieval, "vote" | "localLabels">;
  /** What outcomes have taught so far; null: nothing yet. */
  readonly calibrationOf: (version: number) => Promise<Calibration | null>;
  /** What made the ticket hard to read; absent: nothing did. */
  readonly flagsOf?: (ticket: Ticket, answer: Classification, table: RoutingTable) => Flags;
}

type Flags = Pick<Signals, "truncated" | "language_weak">;

export function createCalibratedClassifier(settings: CalibratedSettings): Classifier {
  const { classifier } = settings;
  return {
    ...classifier,
    async classify(ticket, routing, signal) {
      const answer = await classifier.classify(ticket, routing, signal);
      // How often an intent is right says nothing of a whole category.
      if ("refused" in answer || answer.category !== undefined) return answer;
      const [signals, calibration] = await Promise.all([
        signalsFor(answer, ticket, routing, settings),
        // Confidence without what was learned is worse, and no reason to leave the ticket lying.
        settings.calibrationOf(routing.version).catch(() => null),
      ]);
      const confidence = confidenceOf(signals, answer.intent, calibration?.model) * doubtIn(answer);
      return {
        ...answer,
        confidence,
        confidenceLevel: levelOf(confidence),
        alternatives: alternativesBeside(confidence, answer.alternatives),
        signals,
      };
    },
  };
}

/** A classifier that lowered its own confidence, because its models differ or a category was all it could tell, knew why. */
const doubtIn = ({ classifier, confidence, confidenceLevel }: Classification): number =>
  classifier === "claude" ? Math.min(1, confidence / probabilityOf(confidenceLevel)) : 1;

/** The neighbours' word about a local answer is part of that answer already. */
async function signalsFor(
  answer: Classification,
  ticket: Ticket,
  routing: Routing,
  { retrieval, flagsOf }: CalibratedSettings,
): Promise<Signals> {
  const own = { ...signalsOf(answer), ...flagsOf?.(ticket, answer, routing.table) };
  if (answer.classifier === "local") return own;
  const [vote, labels] = await Promise.all([
    retrieval.vote(ticket, routing).catch(() => null),
    retrieval.localLabels(ticket, routing).catch(() => []),
  ]);
  const [best] = vote?.shares ?? [];
  const [first, second] = labels;
  return {
    ...own,
    agreement: best?.share ?? null,
    agrees: best === undefined ? null : best.label === answer.intent,
    margin: first === undefined || second === undefined ? null : first.probability - second.probability,
  };
}
