/** What has been learned here, as an evaluation may use it: the confirmed examples of the store, and what outcomes taught. */
import { hashOf, type LabelledTicket } from "../evaluation/dataset.ts";
import { storedCalibration } from "../ports/calibration.ts";
import type { Example } from "../ports/examples.ts";
import type { Store } from "../ports/store.ts";
import type { Settings } from "../settings.ts";
import type { Calibration } from "../triage/calibration.ts";
import { hasStore, type RoutingSource, withStore } from "./routing-source.ts";
import { adapters, type Shell } from "./shell.ts";

export interface Lesson {
  /** Null: there is none, or nothing is to be learned from it. */
  readonly store: Omit<Store, "spending"> | null;
  readonly calibration: Calibration | null;
  readonly examples: number;
  /** Another one whenever the examples or what outcomes taught are others. */
  readonly hash: string;
}

const NOTHING: Lesson = { store: null, calibration: null, examples: 0, hash: hashOf([]) };

interface Wanted {
  readonly source: RoutingSource;
  readonly settings: Settings;
  readonly shell: Shell;
  readonly learn: boolean;
  readonly tickets: readonly LabelledTicket[];
}

/** The store stays open for as long as the work takes. */
export async function withLesson<T>(
  { source, settings, shell, learn, tickets }: Wanted,
  work: (lesson: Lesson) => Promise<T>,
): Promise<T> {
  if (!learn || !(await hasStore(settings))) return work(NOTHING);
  const { READING } = await adapters();
  // A ticket is no example of itself, whatever its number is in the file.
  const asked = new Set(tickets.map((ticket) => READING.textOf(ticket)));
  return withStore(settings, shell.now, async ({ spending: _, ...store }) => {
    const examples = (await store.examples.list()).filter(
      ({ text, confirmedBy }) => confirmedBy !== null && !asked.has(text),
    );
    const calibration = await storedCalibration(store.cursors, source.version);
    const hash = hashOf([settings.learning ? examples.map(meaningOf) : [], calibration]);
    const lent = {
      ...store.examples,
      list: async () => examples,
      revision: async () => hash,
      // A look leaves no trace in the store.
      keepEmbeddings: async () => {},
    };
    return work({ store: { ...store, examples: lent }, calibration, examples: examples.length, hash });
  });
}

const meaningOf = ({ id, text, label, ticketId }: Example) => [id, text, label, ticketId];
