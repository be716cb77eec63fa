/** The results of one batch, brought to their tickets and kept. Doing it again changes nothing. */
import type { Ticket } from "../triage/ticket.ts";
import { endOf } from "./ask.ts";
import type { BatchResult } from "./batch.ts";
import { createKeptAnswers, fingerprintOf, type Kept, keepAnswers, NOTHING_KEPT } from "./batch-answers.ts";
import { type BatchQuestion, questionOf } from "./batch-question.ts";
import type { BatchDesk } from "./batch-run.ts";
import { createBill } from "./bill.ts";
import { opinionSoFar } from "./cascade.ts";
import { costOf, dearest, type Usage } from "./cost.ts";
import type { Reply } from "./reply.ts";
import { heard, modelOf } from "./road.ts";

const READ_AT_ONCE = 100;

/** Requests that ended without a usable answer: the first three cost nothing. */
export interface Ends {
  errored: number;
  canceled: number;
  expired: number;
  unusable: number;
}

export interface Harvest extends Ends {
  readonly requests: number;
  /** What the whole batch has cost, useful or not. US dollars. */
  readonly usd: number;
  /** Tickets with a usable answer: the next question may follow. */
  readonly answered: ReadonlySet<number>;
  /** Ticket → US dollars that all replies about it have cost so far. */
  readonly paid: ReadonlyMap<number, number>;
  /** Ticket that is not there any more → US dollars of this reply. */
  readonly gone: ReadonlyMap<number, number>;
}

type Delivery = BatchQuestion & { readonly reply: Reply };

interface Sheaf extends Ends {
  requests: number;
  usd: number;
  answered: Set<number>;
  paid: Map<number, number>;
  gone: Map<number, number>;
}

/** @throws what the API or the account throws; then it can be called again */
export async function collect(batchId: string, desk: BatchDesk): Promise<Harvest> {
  const sheaf: Sheaf = {
    ...{ requests: 0, usd: 0, errored: 0, canceled: 0, expired: 0, unusable: 0 },
    answered: new Set(),
    paid: new Map(),
    gone: new Map(),
  };
  let portion: Delivery[] = [];
  for await (const result of desk.batches.results(batchId)) {
    sheaf.requests++;
    const delivery = deliveryOf(result, sheaf);
    if (delivery === null) continue;
    sheaf.usd += usdOf(delivery, desk);
    portion.push(delivery);
    if (portion.length < READ_AT_ONCE) continue;
    await bring(portion, batchId, desk, sheaf);
    portion = [];
  }
  await bring(portion, batchId, desk, sheaf);
  return sheaf;
}

function deliveryOf({ customId, end }: BatchResult, sheaf: Sheaf): Delivery | null {
  if (end.kind !== "reply") {
    sheaf[end.kind]++;
    return null;
  }
  const question = questionOf(customId);
  return question && { ...question, reply: end.reply };
}

/** Whatever the usage says: what goes through a batch is billed as one. */
const batchUsage = (usage: Usage): Usage => ({ ...usage, service_tier: "batch" });

function usdOf({ tier, reply }: Delivery, { settings, prices }: BatchDesk): number {
  const usage = batchUsage(reply.usage);
  return costOf(usage, modelOf(settings, tier), prices) ?? dearest(usage, prices);
}

async function bring(
  portion: readonly Delivery[],
  batchId: string,
  desk: BatchDesk,
  sheaf: Sheaf,
): Promise<void> {
  const { read, patiently } = desk;
  const there = await patiently(() => read(portion.map(({ ticketId }) => ticketId)));
  const tickets = new Map(there.map((ticket) => [ticket.id, ticket]));
  for (const delivery of portion) {
    const ticket = tickets.get(delivery.ticketId);
    if (ticket === undefined) sheaf.gone.set(delivery.ticketId, usdOf(delivery, desk));
    else await keep(delivery, ticket, batchId, desk, sheaf);
  }
}

async function keep(
  delivery: Delivery,
  ticket: Ticket,
  batchId: string,
  desk: BatchDesk,
  sheaf: Sheaf,
): Promise<void> {
  const { settings, routing, cursors } = desk;
  const before = (await createKeptAnswers(cursors, settings)(ticket, routing)) ?? NOTHING_KEPT;
  const fingerprint = fingerprintOf(settings, ticket, routing);
  const isNew = !before.batches.includes(batchId);
  const kept = isNew ? withReply(before, delivery, { ticket, batchId, fingerprint }, desk) : before;
  if (isNew) await keepAnswers(cursors, ticket.id, fingerprint, kept);
  sheaf.paid.set(ticket.id, kept.sum.costUsd ?? 0);
  if (kept.alone) sheaf.unusable++;
  else if (kept.said[delivery.tier].length >= delivery.step) sheaf.answered.add(ticket.id);
}

/** What it says is kept only for the text that it was asked about; what it costs is the ticket's either way. */
function withReply(
  before: Kept,
  { tier, step, reply, fingerprint: asked }: Delivery,
  { ticket, batchId, fingerprint }: { ticket: Ticket; batchId: string; fingerprint: string },
  { settings, routing: { table }, prices }: BatchDesk,
): Kept {
  const bill = createBill(prices, before.sum);
  bill.add(batchUsage(reply.usage), modelOf(settings, tier));
  const paid: Kept = { ...before, sum: bill.sum(), batches: [...before.batches, batchId] };
  const opinion = opinionSoFar(table, before.said[tier]);
  const fits = asked === fingerprint && before.said[tier].length === step - 1 && "next" in opinion;
  if (!fits) return paid;
  const end = endOf(reply, { table, scope: opinion.next, ticket });
  return end.kind === "failed" ? { ...paid, alone: true } : { ...paid, said: heard(before.said, tier, end) };
}
