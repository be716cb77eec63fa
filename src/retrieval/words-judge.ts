/** Judges by the routing table's own words: no examples, no encoder, nothing kept. */
import type { LabelChance } from "../ports/examples.ts";
import type { Abstention, RoutingVersion, Row } from "../triage/routing-table.ts";
import { featuresOf } from "./features.ts";
import { type IntentModel, learnIntentsGently } from "./intent-model.ts";
import { knowsWordsOf } from "./judgement.ts";
import { languageOf } from "./language.ts";
import { rowsKey } from "./rows-key.ts";
import { liveRows } from "./shelf.ts";

export interface Judgement {
  /** Likeliest first; empty when nothing in the text is known. */
  readonly chances: readonly LabelChance[];
  /** How like anything known the text is, 0 to 1; 1 where that cannot be told. */
  readonly familiarity: number;
  /** Whether the text is in a language that enough is known of to decide by. */
  readonly reads: boolean;
  /** Why: which words of the text speak for an intent. */
  readonly words: IntentModel;
  readonly rows: readonly Row[];
  /** The views that spoke. */
  readonly model: string;
  /** What people have said of tickets very like this one: that they fit nothing, need a person or are none. Null: they have not. */
  readonly abstention: Abstention | null;
  /** Over all that was learned from. */
  readonly version: string;
}

export type Judge = (text: string, routing: Pick<RoutingVersion, "version" | "table">) => Promise<Judgement>;

/** Change it whenever the same table would give other answers. */
export const WORDS_MODEL = "tfidf-3";
/** Learned tables kept: the published one, a draft, and what a replay or comparison asks for. */
const MOST_TABLES = 4;

/** Learns a table once; the same content under another version number is the same table. */
export function createWordsJudge(): Judge {
  const learned = new Map<string, Promise<IntentModel>>();
  const learn = (key: string, rows: readonly Row[]): Promise<IntentModel> => {
    const [oldest] = learned.keys();
    if (learned.size >= MOST_TABLES && oldest !== undefined) learned.delete(oldest);
    const words = learnIntentsGently(rows);
    learned.set(key, words);
    return words;
  };
  return async (text, { table }) => {
    const rows = liveRows(table);
    const version = rowsKey(rows);
    const words = await (learned.get(version) ?? learn(version, rows));
    const chances = words.rank(featuresOf(text));
    const reads = knowsWordsOf(await languageOf(text), text);
    return { chances, familiarity: 1, reads, words, rows, abstention: null, model: WORDS_MODEL, version };
  };
}
