/** What is known for each table that is asked about. Only the published one learns: drafts and old versions use their words. */
import type { RoutingVersion } from "../triage/routing-table.ts";
import { restAfter } from "./embedder.ts";
import { beginKnowledge, bringUpToDate, type Knowledge, type Library } from "./knowledge.ts";
import { rowsKey } from "./rows-key.ts";
import { liveRows } from "./shelf.ts";

type Routing = Pick<RoutingVersion, "version" | "table">;

/** Tables kept: the published one, a draft, and what a replay or comparison asks for. */
const MOST_TABLES = 4;
/** How often changed examples are looked for. */
const LOOK_EVERY_MS = 2_000;

export interface KnownTables {
  /** As it is now; what has changed is learned in the background. */
  of(routing: Routing): Promise<Knowledge>;
  /** Resolves when everything that is stored now has been learned. */
  prepare(routing: Routing): Promise<void>;
}

export function createKnownTables(library: Library, trouble: (error: unknown) => void): KnownTables {
  const known = new Map<string, Promise<Knowledge>>();
  let published: { version: number; key: string } | null = null;
  let work: Promise<void> = Promise.resolve();
  let nextLook = 0;

  /** One after the other: two that learn at once would only be slower. */
  const update = (knowledge: Knowledge, atOnce: boolean): Promise<void> => {
    const done = work.then(() => bringUpToDate(knowledge, library, atOnce));
    work = done.catch(() => undefined);
    return done;
  };
  const begin = (key: string, rows: Knowledge["rows"]): Promise<Knowledge> => {
    const earlier = known.get(published?.key ?? "") ?? null;
    const knowledge = (async () => beginKnowledge(rows, await earlier))();
    const [oldest] = [...known.keys()].filter((each) => each !== published?.key);
    if (known.size >= MOST_TABLES && oldest !== undefined) known.delete(oldest);
    known.set(key, knowledge);
    return knowledge;
  };
  const find = ({ version, table }: Routing): { key: string; found: Promise<Knowledge> } => {
    const rows = liveRows(table);
    const key = rowsKey(rows);
    const found = known.get(key) ?? begin(key, rows);
    if (published === null || version > published.version) {
      if (published?.key !== key) nextLook = 0;
      published = { version, key };
    }
    return { key, found };
  };
  return {
    async of(routing) {
      const { key, found } = find(routing);
      const knowledge = await found;
      if (key !== published?.key || library.now() < nextLook) return knowledge;
      nextLook = library.now() + LOOK_EVERY_MS;
      update(knowledge, false).catch((error: unknown) => {
        nextLook = library.now() + restAfter(error);
        if (!library.signal.aborted) trouble(error);
      });
      return knowledge;
    },
    prepare: async (routing) => update(await find(routing).found, true),
  };
}
