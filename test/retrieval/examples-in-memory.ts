/** Examples that live as long as the test. */
import type { Example, Examples } from "../../src/ports/examples.ts";

export function examplesInMemory(first: readonly Example[] = []): Examples {
  const kept = new Map(first.map((example) => [example.id, example]));
  let revision = 0;
  const changed = (did: boolean): boolean => {
    if (did) revision++;
    return did;
  };
  return {
    revision: async () => String(revision),
    list: async () => [...kept.values()],
    async add(example) {
      const isNew = !kept.has(example.id);
      if (isNew) kept.set(example.id, example);
      return changed(isNew);
    },
    async confirm(id, by) {
      const example = kept.get(id);
      if (example !== undefined) kept.set(id, { ...example, confirmedBy: by });
      return changed(example !== undefined);
    },
    remove: async (id) => changed(kept.delete(id)),
    async keepEmbeddings(embeddedBy, embeddings) {
      for (const { id, embedding } of embeddings) {
        const example = kept.get(id);
        if (example !== undefined) kept.set(id, { ...example, embedding, embeddedBy });
      }
    },
  };
}

let next = 0;
/** A correction that a person confirmed; of no ticket. */
export function exampleOf(given: Partial<Example> & Pick<Example, "text" | "label">): Example {
  next++;
  return {
    id: `example-${next}`,
    language: "en",
    source: "correction",
    confirmedBy: "Ada",
    ticketId: null,
    embedding: null,
    embeddedBy: null,
    createdAt: next,
    ...given,
  };
}
