/** Zendesk has erased a ticket for good, so we keep nothing of it either. */
import type { Log } from "../log.ts";
import type { Job, Jobs } from "../ports/jobs.ts";
import type { Decisions, Findings, Store } from "../ports/store.ts";

interface ErasePorts {
  readonly decisions: Pick<Decisions, "eraseTicket">;
  readonly examples: Pick<Store["examples"], "eraseTicket">;
  readonly findings: Pick<Findings, "eraseTicket">;
  readonly jobs: Pick<Jobs, "eraseTicket">;
  readonly log: Log;
}

export async function eraseTicket(job: Job, ports: ErasePorts): Promise<void> {
  const { decisions, examples, findings, jobs, log } = ports;
  await jobs.eraseTicket(job.ticketId, job.id);
  await examples.eraseTicket(job.ticketId);
  await findings.eraseTicket(job.ticketId);
  await decisions.eraseTicket(job.ticketId);
  log.info("ticket.erased", { ticket_id: job.ticketId });
}
