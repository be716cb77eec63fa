/** What a job may know beforehand, besides which ticket it is about. */
import { z } from "zod";
import type { Job } from "../ports/jobs.ts";
import { MODES, type Mode } from "../triage/decision.ts";
import { StoredTicketWithText } from "../triage/stored-ticket.ts";
import type { Ticket } from "../triage/ticket.ts";

const JobPayload = z.object({
  /** The ticket as its creation event told it, or as it was read with others: spares a read. */
  ticket: StoredTicketWithText.exactOptional(),
  /** When it was read, in epoch milliseconds; absent for an event, which tells it as it was at its last change. */
  readAt: z.number().exactOptional(),
  /** Decide and record only, whatever the mode. */
  shadow: z.boolean().exactOptional(),
});
export type JobPayload = z.infer<typeof JobPayload>;

export const payloadOf = (payload: Omit<JobPayload, "ticket"> & { readonly ticket?: Ticket }): string =>
  JSON.stringify(payload);

/** What a run over existing tickets gives its jobs. The payload is forgotten after the first try, the key is not. */
const RUN_MODE = /^backfill:(live|shadow)-/;

/** Of the run that the job belongs to, else the installation's own. */
export function modeOf({ dedupeKey }: Pick<Job, "dedupeKey">, payload: JobPayload, usual: Mode): Mode {
  if (payload.shadow === true) return "shadow";
  const [, ofRun] = RUN_MODE.exec(dedupeKey) ?? [];
  return MODES.find((mode) => mode === ofRun) ?? usual;
}

/** Empty when there is none, or none that we understand: everything in it can be found out another way. */
export function readPayload(text: string | null): JobPayload {
  if (text === null) return {};
  try {
    return JobPayload.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
