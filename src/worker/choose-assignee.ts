/** Reads who is there, asks for a pure choice, and remembers whose turn it was: one choice a group at a time. */
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import { errorFields, type Log } from "../log.ts";
import type { Now } from "../ports/now.ts";
import type { People, WorkChannel } from "../ports/people.ts";
import type { Cursors } from "../ports/store.ts";
import type { PersonAssignment } from "../triage/assignment.ts";
import {
  type ChoiceFacts,
  choosePerson,
  type Member,
  NO_TURNS,
  type Turns,
} from "../triage/choose-person.ts";
import { isConversation } from "../triage/conversation-channel.ts";
import type { Mode } from "../triage/decision.ts";
import { isWithin, scheduleFor } from "../triage/schedule.ts";
import type { Ticket } from "../triage/ticket.ts";

/** Longer than a choice takes; a process that died in the middle is replaced after this. */
const LEASE_MS = 5_000;
const LEASE_POLL_MS = 15;
const LEASE_PATIENCE_MS = 10_000;

export interface AssigneePorts {
  readonly people: People;
  readonly cursors: Cursors;
  readonly now: Now;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

export interface Wish {
  readonly ticket: Ticket;
  readonly groupId: number;
  readonly groupName: string;
  readonly assign: PersonAssignment;
  /** Shadow takes turns of its own: it must not shift those of real tickets. */
  readonly mode: Mode;
}

/** Null: nobody, so the whole group has the ticket. */
export type ChooseAssignee = (wish: Wish) => Promise<number | null>;

/** A ticket never waits for this: when the account cannot be asked, its group has the ticket. */
export function createAssigneeChooser(ports: AssigneePorts): ChooseAssignee {
  const queues = new Map<string, Promise<unknown>>();
  return async (wish) => {
    const { ticket, groupId, assign, mode } = wish;
    try {
      const facts = await readFacts(wish, ports);
      const name = `turns:${mode === "shadow" ? "shadow:" : ""}${groupId}`;
      // In this process they stand in line, so that only processes contend for the lease.
      const before = queues.get(name) ?? Promise.resolve();
      const chosen = before.then(() => takeTurn(name, (turns) => ({ ...facts, turns }), assign, ports));
      queues.set(
        name,
        chosen.catch(() => null),
      );
      return await chosen;
    } catch (error) {
      ports.log.warn("people.unread", { ticket_id: ticket.id, group_id: groupId, ...errorFields(error) });
      return null;
    }
  };
}

async function readFacts(
  { ticket, groupId, groupName, assign }: Wish,
  { people, now, random }: AssigneePorts,
): Promise<Omit<ChoiceFacts, "turns">> {
  const [ids, available, schedules, lastAgent] = await Promise.all([
    people.members(groupId),
    people.available(groupId, channelOf(ticket)),
    people.schedules(),
    assign.returning_customer && ticket.requesterId !== null
      ? people.lastAgent(ticket.requesterId, groupId)
      : null,
  ]);
  const at = now();
  const schedule = scheduleFor(schedules, groupName);
  const open = schedule === null || isWithin(schedule, at);
  const members = await Promise.all(
    ids.map(async (id): Promise<Member> => {
      const present = available === null || available.has(id);
      const counts = assign.to === "fewest_open" && present && open;
      return { id, available: present, open: counts ? await people.openTickets(id) : null };
    }),
  );
  return { members, open, lastAgent, now: at, random: random() };
}

/** Zendesk tells availability by the channel of work. */
const channelOf = ({ channel }: Ticket): WorkChannel => (isConversation(channel) ? "messaging" : "support");

async function takeTurn(
  name: string,
  factsWith: (turns: Turns) => ChoiceFacts,
  assign: PersonAssignment,
  { cursors, now, newId }: AssigneePorts,
): Promise<number | null> {
  const holder = newId();
  await holdLease(name, holder, { cursors, now });
  try {
    const { assigneeId, turns } = choosePerson(assign, factsWith(readTurns(await cursors.get(name))));
    if (assigneeId !== null) await cursors.put(name, JSON.stringify(turns));
    return assigneeId;
  } finally {
    await cursors.release(name, holder);
  }
}

async function holdLease(
  name: string,
  holder: string,
  { cursors, now }: Pick<AssigneePorts, "cursors" | "now">,
): Promise<void> {
  const until = now() + LEASE_PATIENCE_MS;
  while (!(await cursors.lease(name, holder, LEASE_MS))) {
    if (now() > until)
      throw new RetryableError("people.busy", "another process keeps choosing for this group");
    await setTimeout(LEASE_POLL_MS);
  }
}

const StoredTurns = z.object({
  turn: z.number().int(),
  last: z.record(z.string(), z.number().int()),
  given: z.array(z.object({ id: z.number().int(), at: z.number() })),
}) satisfies z.ZodType<Turns>;

/** What cannot be read begins anew: turns are a matter of fairness, not of truth. */
function readTurns(stored: string | null): Turns {
  try {
    return stored === null ? NO_TURNS : StoredTurns.parse(JSON.parse(stored));
  } catch {
    return NO_TURNS;
  }
}
