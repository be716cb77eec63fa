/** The part of the environment that is about Claude: which models, how they are asked, and what they may cost. */
import { matching, oneOf, type Read, url } from "./environment.ts";

export interface ClaudeSettings {
  readonly apiKey: string;
  readonly baseUrl: string | null;
  /** Reads every ticket. */
  readonly model: string;
  /** Gives a second opinion on doubtful tickets; null: there is none. */
  readonly escalationModel: string | null;
  /** US dollars a day, in UTC; null: no limit. */
  readonly dailyBudgetUsd: number | null;
  /** How the ticket travels; `tool_result` gives way to `user_json` by itself where it is not taken. */
  readonly layout: PromptLayout;
  /** How long Claude keeps the prompt's static part; `auto`: as it is cheapest, by how often tickets come. */
  readonly cachePlan: CachePlan;
  /** BCP-47: the agents' language, in which the reasons are written. */
  readonly noteLanguage: string;
}

/** All that may answer, the small one first; none without Claude. */
export const modelsOf = (claude: ClaudeSettings | null): string[] =>
  claude === null ? [] : [claude.model, ...(claude.escalationModel === null ? [] : [claude.escalationModel])];

const LAYOUTS = ["tool_result", "user_json"] as const;
export type PromptLayout = (typeof LAYOUTS)[number];
const CACHE_PLANS = ["auto", "5m", "1h"] as const;
export type CachePlan = (typeof CACHE_PLANS)[number];
export type CacheTtl = Exclude<CachePlan, "auto">;

/** Newest small model, made for classification and routing; see config/prices.json for what it costs. */
const DEFAULT_MODEL = "claude-haiku-5-5";
const DEFAULT_ESCALATION_MODEL = "claude-sonnet-5-5";
const MAX_CENTS = 100_000_000;

/** What counts when nothing about Claude is set but the key. */
export const CLAUDE_DEFAULTS = {
  baseUrl: null,
  model: DEFAULT_MODEL,
  escalationModel: DEFAULT_ESCALATION_MODEL,
  dailyBudgetUsd: null,
  layout: "tool_result",
  cachePlan: "auto",
  noteLanguage: "en",
} as const satisfies Omit<ClaudeSettings, "apiKey">;

/** Claude's reasons and our own words in the notes are in the same language. */
export const readNoteLanguage = (read: Read, faults: string[]): string =>
  language(read, "NOTE_LANGUAGE", faults) ?? CLAUDE_DEFAULTS.noteLanguage;

/** Null: no key, so the local classifier answers. Faults are noted all the same. */
export function readClaude(read: Read, faults: string[]): ClaudeSettings | null {
  const apiKey = read("ANTHROPIC_API_KEY");
  const settings = {
    baseUrl: url(read, "ANTHROPIC_BASE_URL", faults) ?? null,
    model: read("CLAUDE_MODEL") ?? CLAUDE_DEFAULTS.model,
    escalationModel: escalationModel(read),
    dailyBudgetUsd: dollars(read, "CLAUDE_DAILY_BUDGET_USD", faults),
    layout: oneOf(read, "CLAUDE_PROMPT_LAYOUT", LAYOUTS, CLAUDE_DEFAULTS.layout, faults),
    cachePlan: oneOf(read, "CLAUDE_CACHE_TTL", CACHE_PLANS, CLAUDE_DEFAULTS.cachePlan, faults),
    noteLanguage: readNoteLanguage(read, []),
  };
  return apiKey === undefined ? null : { apiKey, ...settings };
}

/** A second opinion of the same model would be no second one. */
function escalationModel(read: Read): string | null {
  const model = read("CLAUDE_ESCALATION_MODEL") ?? CLAUDE_DEFAULTS.escalationModel;
  const small = read("CLAUDE_MODEL") ?? CLAUDE_DEFAULTS.model;
  return model.toLowerCase() === "off" || model === small ? null : model;
}

function dollars(read: Read, name: string, faults: string[]): number | null {
  const text = read(name);
  if (text === undefined) return null;
  const cents = Math.round(Number(text) * 100);
  if (Number.isFinite(cents) && cents >= 1 && cents <= MAX_CENTS && /^\d+(\.\d+)?$/.test(text))
    return Number(text);
  faults.push(
    `${name} is "${text}". Write US dollars a day as a number, such as 5 or 2.50; leave it out for no limit.`,
  );
  return null;
}

function language(read: Read, name: string, faults: string[]): string | undefined {
  const tag = matching(
    read,
    name,
    /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i,
    "write a language tag such as en, de or pt-BR",
    faults,
  );
  if (tag === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
