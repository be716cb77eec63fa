/** What a job may know beforehand, besides which ticket it is about. */
import { z } from "zod";
import { StoredTicketWithText } from "../triage/stored-ticket.ts";

const JobPayload = z.object({
  /** The ticket as its creation event told it: spares a read. */
  ticket: StoredTicketWithText.exactOptional(),
  /** Decide and record only, whatever the mode. */
  shadow: z.boolean().exactOptional(),
});
export type JobPayload = z.infer<typeof JobPayload>;

/** Empty when there is none, or none that we understand: everything in it can be found out another way. */
export function readPayload(text: string | null): JobPayload {
  if (text === null) return {};
  try {
    return JobPayload.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
