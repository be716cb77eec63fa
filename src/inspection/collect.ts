/** Reads what an inspection is about: the account's set-up, then ticket after ticket with its audits. */
import { PermanentError } from "../errors.ts";
import type { AccountSetup, InspectionReads, ReadTicket, Unread } from "../ports/inspection.ts";
import { awaitsCustomer } from "../triage/standing.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { StateFile } from "./state-file.ts";
import { recordOf, type TicketRecord } from "./ticket-record.ts";

/** Tried again, for as long as that is worth it. */
export type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

const REFUSALS: ReadonlySet<string> = new Set([
  "zendesk.forbidden",
  "zendesk.not_offered",
  "zendesk.refused",
  "zendesk.not_admin",
]);
/** Not ours to see, or not there: news for the report, and no failure. */
export const isRefusal = (error: unknown): error is PermanentError =>
  error instanceof PermanentError && REFUSALS.has(error.code);

export interface SetupRead {
  readonly setup: AccountSetup;
  readonly unread: readonly Unread[];
}

/** What this user may not see is left out, and named. */
export async function readSetup(reads: InspectionReads, patiently: Patiently): Promise<SetupRead> {
  const unread: Unread[] = [];
  const part = async <T>(what: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await patiently(read);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      unread.push({ what, why: error.message });
      return null;
    }
  };
  const setup = {
    groups: await part("groups", reads.groups),
    triggers: await part("triggers", reads.triggers),
    automations: await part("automations", reads.automations),
    slaPolicies: await part("SLA policies", reads.slaPolicies),
    queues: await part("queues", reads.queues),
    forms: await part("forms", reads.forms),
    fields: await part("ticket fields", reads.fields),
    brands: await part("brands", reads.brands),
    omnichannel: await part("account settings", reads.omnichannel),
  };
  return { setup, unread };
}

/** What is made out of a ticket's text, on this machine, before the text is forgotten. */
export interface Readers {
  /** BCP-47, `und` when it cannot be told. */
  readonly languageOf: (text: string) => Promise<string>;
  /** An intent of the shipped table; null when none is likely. */
  readonly guess: (ticket: Ticket) => Promise<string | null>;
}

export interface Collecting {
  readonly reads: InspectionReads;
  readonly readers: Readers;
  readonly state: StateFile;
  readonly serviceUserId: number;
  readonly patiently: Patiently;
  readonly signal: AbortSignal;
  /** Keeps the pace that leaves the account room for others. */
  readonly pace: () => Promise<void>;
  readonly onRecord: () => void;
}

export interface Collected {
  /** Tickets that are there and could not be read, with the reason of the first. */
  readonly failed: number;
  readonly why: string | null;
  /** Tickets that are gone since they were found. */
  readonly gone: number;
}

const CHUNK = 100;
const AT_A_TIME = 4;

/** Ends early, and without an error, when the signal says so. */
export async function collectTickets(ids: readonly number[], run: Collecting): Promise<Collected> {
  const open = ids.filter((id) => !run.state.records.has(id));
  const failures: PermanentError[] = [];
  let gone = 0;
  for (let at = 0; at < open.length && !run.signal.aborted; at += CHUNK) {
    const chunk = open.slice(at, at + CHUNK);
    await run.pace();
    const tickets = await run.patiently(() => run.reads.readTickets(chunk));
    gone += chunk.length - tickets.length;
    const queue = [...tickets];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && !run.signal.aborted; next = queue.shift()) {
        const failure = await collectOne(next, run);
        if (failure !== null) failures.push(failure);
        run.onRecord();
      }
    };
    // What fails one of them would fail the others: they end after what is under way.
    const ended = (error: unknown): never => {
      queue.length = 0;
      throw error;
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, () => worker().catch(ended)));
  }
  return { failed: failures.length, why: failures[0]?.message ?? null, gone };
}

async function collectOne(read: ReadTicket, run: Collecting): Promise<PermanentError | null> {
  const { ticket } = read;
  try {
    await run.pace();
    const audits = await run.patiently(() => run.reads.readAudits(ticket.id, run.serviceUserId));
    run.state.add(recordOf(ticket, audits, await knownOf(read, run.readers)));
    return null;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

/** A conversation in which nobody has said anything yet has no language but its writer's, and no intent. */
async function knownOf(
  { ticket, locale }: ReadTicket,
  { languageOf, guess }: Readers,
): Promise<Pick<TicketRecord, "language" | "guess">> {
  const fromProfile = locale?.split(/[-_]/)[0]?.toLowerCase() || "und";
  if (awaitsCustomer(ticket)) return { language: fromProfile, guess: null };
  const read = await languageOf(`${ticket.subject}\n${ticket.description}`);
  return { language: read === "und" ? fromProfile : read, guess: await guess(ticket) };
}
