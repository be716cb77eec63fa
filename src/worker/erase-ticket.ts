/** Zendesk has erased a ticket for good, so we keep nothing of it either. */
import type { Log } from "../log.ts";
import type { Job, Jobs } from "../ports/jobs.ts";
import type { Cursors, Decisions, Findings, Store } from "../ports/store.ts";

/** The number is all that is left of it: an event that comes late must not bring its text back. */
const tombstone = (ticketId: number): string => `erased:${ticketId}`;

export const isErased = async (ticketId: number, cursors: Pick<Cursors, "get">): Promise<boolean> =>
  (await cursors.get(tombstone(ticketId))) !== null;

interface ErasePorts {
  readonly decisions: Pick<Decisions, "eraseTicket">;
  readonly examples: Pick<Store["examples"], "eraseTicket">;
  readonly findings: Pick<Findings, "eraseTicket">;
  readonly jobs: Pick<Jobs, "eraseTicket">;
  readonly cursors: Pick<Cursors, "put">;
  readonly log: Log;
}

export async function eraseTicket(job: Job, ports: ErasePorts): Promise<void> {
  const { decisions, examples, findings, jobs, cursors, log } = ports;
  await cursors.put(tombstone(job.ticketId), "");
  await jobs.eraseTicket(job.ticketId, job.id);
  await examples.eraseTicket(job.ticketId);
  await findings.eraseTicket(job.ticketId);
  await decisions.eraseTicket(job.ticketId);
  log.info("ticket.erased", { ticket_id: job.ticketId });
}
