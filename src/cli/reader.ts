/** Whoever reads tickets for a command: as the server does, with what the store has to teach, when there is one. */
import type { Readers } from "../adapters.ts";
import type { Now } from "../ports/now.ts";
import type { Store } from "../ports/store.ts";
import type { Settings } from "../settings.ts";
import { hasStore, type RoutingSource } from "./routing-source.ts";
import { adapters } from "./shell.ts";

export interface Reader extends Pick<Readers, "classifier" | "calibrationOf" | "retrieve"> {
  /** Null: there is none, so that nothing but the table has taught anybody anything. */
  readonly store: Store | null;
}

/** Closes everything whatever happens. @param settings the budget is that of the tickets at work, and is not touched */
export async function withReader<T>(
  source: RoutingSource,
  settings: Settings,
  now: Now,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const { classifierFor, openStoreFor, readersFor } = await adapters();
  if (!(await hasStore(settings)))
    return work({ ...NOTHING_LEARNED, classifier: classifierFor(settings, now) });
  const store = await openStoreFor(settings, now);
  const { spending: _, ...lent } = { ...store, examples: onlyRead(store.examples) };
  const readers = readersFor(settings, now, { store: lent, keep: source.version > 0 });
  try {
    await readers.prepare(source);
    return await work({ ...readers, store });
  } finally {
    readers.close();
    await store.close();
  }
}

/** A look leaves no trace in the store. */
const onlyRead = (examples: Store["examples"]): Store["examples"] => ({
  ...examples,
  keepEmbeddings: async () => {},
});

const NOTHING_LEARNED: Omit<Reader, "classifier"> = {
  calibrationOf: async () => null,
  retrieve: async () => ({ examples: [], localLabels: [], agreement: 0 }),
  store: null,
};
