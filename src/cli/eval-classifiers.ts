/** The classifiers of an evaluation, each with what tells its answers from those of another set-up. */

import { hashOf } from "../evaluation/dataset.ts";
import type { ModelPrice } from "../evaluation/run.ts";
import type { Classifier } from "../ports/classifier.ts";
import type { Settings } from "../settings.ts";
import { newTicket } from "../triage/new-ticket.ts";
import { classificationPolicyOf } from "../triage/policies.ts";
import { LIMITS } from "../triage/table-fields.ts";
import type { Lesson } from "./eval-lesson.ts";
import type { RoutingSource } from "./routing-source.ts";
import { adapters, EXIT, type Shell, Stop } from "./shell.ts";

/** `claude` asks as the table says; the other two whatever its size, so that the better way can be chosen for it. */
export const KINDS = ["local", "claude", "claude-one-step", "claude-two-steps"] as const;
export type Kind = (typeof KINDS)[number];

const CASCADE_ABOVE = { "claude-one-step": LIMITS.intents, "claude-two-steps": 1 } as const;

export interface Contestant {
  readonly kind: Kind;
  /** The table as this one reads it. */
  readonly source: RoutingSource;
  readonly classifier: Classifier;
  /** Another one whenever the same ticket could get another answer. */
  readonly version: string;
  /** What a ticket costs at most, as an estimate, by the models in the order they are asked; null: a price is not known. */
  readonly expected: readonly ModelPrice[] | null;
}

export function contestant(
  kind: Kind,
  source: RoutingSource,
  settings: Settings,
  shell: LearningShell,
): Promise<Contestant> {
  if (kind === "local") return local(source, settings, shell);
  if (kind === "claude") return claude(kind, source, settings, shell);
  const { table } = source;
  const classification = { ...classificationPolicyOf(table), cascade_above: CASCADE_ABOVE[kind] };
  return claude(kind, { ...source, table: { ...table, classification } }, settings, shell);
}

interface LearningShell extends Shell {
  readonly lesson: Lesson;
  /** As a server that has run for a minute; false: by the table's words alone, at once. */
  readonly learn: boolean;
}

async function readerOf(
  settings: Settings,
  source: RoutingSource,
  { learn, lesson, now }: LearningShell,
): Promise<Classifier> {
  const { classifierFor, readersFor } = await adapters();
  if (!learn) return classifierFor(settings, now);
  const { classifier, prepare } = readersFor(settings, now, {
    ...(lesson.store === null ? {} : { store: lesson.store }),
    // It may be made without some of the examples.
    keep: false,
  });
  await prepare(source);
  return classifier;
}

/** Its version follows from what it has learned, so it is asked about nothing once. */
async function local(source: RoutingSource, settings: Settings, shell: LearningShell): Promise<Contestant> {
  const { now, lesson } = shell;
  const classifier = await readerOf({ ...settings, claude: null }, source, shell);
  const probe = await classifier.classify(newTicket({ subject: "", description: "?" }, now(), 1), source);
  const { model, promptVersion } = "refused" in probe ? probe.classification : probe;
  return {
    ...{ kind: "local", source, classifier },
    version: hashOf([model, promptVersion, lesson.hash]),
    expected: [],
  };
}

async function claude(
  kind: Kind,
  source: RoutingSource,
  settings: Settings,
  shell: LearningShell,
): Promise<Contestant> {
  const { now, learn, lesson } = shell;
  if (settings.claude === null)
    throw new Stop(
      EXIT.configuration,
      "Claude cannot be evaluated without a key. Set ANTHROPIC_API_KEY, or choose --classifier local.",
    );
  const { readPrices } = await adapters();
  const { promptVersion, requestFor } = await import("../claude/prompt.ts");
  const { estimateOf } = await import("../claude/estimate.ts");
  const { most } = await import("../claude/opinion-cost.ts");
  const { firstTtl } = await import("../claude/cache-keeping.ts");
  const { questionsOf } = await import("../claude/cascade.ts");
  const { model, escalationModel, layout, noteLanguage, cachePlan } = settings.claude;
  const style = { layout, noteLanguage, cacheTtl: firstTtl(cachePlan) };
  const [scope, ...later] = questionsOf(source.table);
  const ticket = newTicket({ subject: "", description: "x".repeat(TICKET_CHARACTERS) }, now(), 1);
  const priced = (each: string): ModelPrice | null => {
    const [first, ...rest] = [scope, ...later].map((asked) =>
      estimateOf(
        requestFor({ ...style, table: source.table, ticket, model: each, scope: asked }),
        readPrices(),
      ),
    );
    // One of the second questions follows, where there are any: the dearest and cold, to be on the safe side.
    const second = most(rest.map(({ uncachedUsd }) => uncachedUsd));
    if (first?.cachedUsd == null || first.uncachedUsd === null || second === null) return null;
    return { model: each, coldUsd: first.uncachedUsd + second, warmUsd: first.cachedUsd + second };
  };
  const prices = [model, ...(escalationModel === null ? [] : [escalationModel])].map(priced);
  return {
    ...{ kind, source },
    // The day's budget is that of the tickets at work; an evaluation has --max-cost.
    classifier: await readerOf(
      { ...settings, claude: { ...settings.claude, dailyBudgetUsd: null } },
      source,
      shell,
    ),
    version: hashOf([
      ...[model, escalationModel, promptVersion(source.table, style, [scope, ...later])],
      // Whatever is shown beside the ticket: other examples, or none, are another set-up.
      ...[learn && settings.learning, settings.voyage?.model ?? null, lesson.hash],
    ]),
    expected: prices.includes(null) ? null : prices.filter((price) => price !== null),
  };
}

/** A long ticket: an estimate that is kept has to be on the safe side. */
const TICKET_CHARACTERS = 4_000;
