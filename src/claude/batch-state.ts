/** How far a run's batches are, on disk before anything is waited for: a restart goes on instead of paying twice. */
import { z } from "zod";
import type { Cursors } from "../ports/store.ts";

const State = z.object({
  /** Batches that were submitted, and whose replies are not kept yet. */
  open: z.array(z.string()),
  /** Those whose replies are kept. */
  over: z.array(z.string()),
  /** A batch that is being submitted: its id may be lost. */
  submitting: z.object({ at: z.number(), count: z.number() }).nullable(),
});
export type BatchState = z.infer<typeof State>;

const nameOf = (run: string): string => `batches:${run}`;

/** Fresh when there is none, or none that we understand. */
export async function readBatchState(cursors: Pick<Cursors, "get">, run: string): Promise<BatchState> {
  const text = await cursors.get(nameOf(run));
  const known = text === null ? undefined : State.safeParse(JSON.parse(text)).data;
  return known ?? { open: [], over: [], submitting: null };
}

export const saveBatchState = (
  cursors: Pick<Cursors, "put">,
  run: string,
  state: BatchState,
): Promise<void> => cursors.put(nameOf(run), JSON.stringify(state));

/** Whether Claude was asked anything in an earlier start of this run. */
export async function isBegun(cursors: Pick<Cursors, "get">, run: string): Promise<boolean> {
  const { open, over, submitting } = await readBatchState(cursors, run);
  return open.length + over.length > 0 || submitting !== null;
}

/** When all its tickets are routed. */
export const forgetBatchState = (cursors: Pick<Cursors, "remove">, run: string): Promise<void> =>
  cursors.remove(nameOf(run));
