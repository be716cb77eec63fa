/** The road of a ticket through the models: from what they have said so far to the next question, or to the end. */
import type { Retrieved } from "../ports/examples.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import { classificationPolicyOf } from "../triage/policies.ts";
import type { RoutingTable } from "../triage/routing-table.ts";
import type { End } from "./ask.ts";
import { opinionSoFar } from "./cascade.ts";
import type { Scope } from "./scope.ts";
import { isForLarger, together, wantsSecond } from "./second-opinion.ts";

export type Tier = "small" | "larger";

/** How each model's questions about a ticket ended, in their order. */
export type Said = Readonly<Record<Tier, readonly End[]>>;

export const NOTHING_SAID: Said = { small: [], larger: [] };

export const heard = (said: Said, tier: Tier, end: End): Said => ({ ...said, [tier]: [...said[tier], end] });

export const modelOf = ({ model, escalationModel }: ClaudeSettings, tier: Tier): string =>
  tier === "larger" ? (escalationModel ?? model) : model;

export interface Way {
  readonly table: RoutingTable;
  readonly retrieved: Retrieved | null;
  readonly begin: Tier;
  /** Whether the larger model may be asked about what the small one finds doubtful. */
  readonly second: boolean;
}

export type Step =
  | { readonly kind: "ask"; readonly tier: Tier; readonly scope: Scope }
  /** @property tier the model whose word counts */
  | { readonly kind: "end"; readonly tier: Tier; readonly end: End };

/** The same for whoever asks: one by one, or in batches. */
export function nextStep(said: Said, { table, retrieved, begin, second }: Way): Step {
  const first = opinionSoFar(table, said[begin]);
  if ("next" in first) return { kind: "ask", tier: begin, scope: first.next };
  const { end } = first;
  const alone: Step = { kind: "end", tier: begin, end };
  if (begin === "larger" || !second || end.kind !== "answered") return alone;
  if (!wantsSecond(end.answer, table, retrieved)) return alone;
  const other = opinionSoFar(table, said.larger);
  if ("next" in other) return { kind: "ask", tier: "larger", scope: other.next };
  if (other.end.kind !== "answered") return alone;
  const answer = together(end.answer, other.end.answer);
  return { kind: "end", tier: "larger", end: { kind: "answered", answer } };
}

/** Whether there is an opinion that can stand by itself. */
export const hasOpinion = (said: Said, table: RoutingTable): boolean =>
  [said.small, said.larger].some((ends) => "end" in opinionSoFar(table, ends));

interface Beginning {
  readonly table: RoutingTable;
  readonly text: string;
  /** Whether the larger model may be asked at all. */
  readonly larger: boolean;
  /** BCP-47, `und` when it cannot be told. */
  readonly languageOf: ((text: string) => Promise<string>) | undefined;
}

/** The small model, unless the table gives the ticket's language to the larger one. */
export async function tierToBegin(said: Said, { table, text, larger, languageOf }: Beginning): Promise<Tier> {
  if (said.small.length > 0) return "small";
  if ("end" in opinionSoFar(table, said.larger)) return "larger";
  const { larger_model_languages } = classificationPolicyOf(table);
  if (!larger || languageOf === undefined || larger_model_languages.length === 0) return "small";
  return isForLarger(table, await languageOf(text).catch(() => "und")) ? "larger" : "small";
}
