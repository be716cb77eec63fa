/** The results of one batch, brought to their tickets and kept. Doing it again changes nothing. */
import type { ClassifierResult } from "../ports/classifier.ts";
import type { Ticket } from "../triage/ticket.ts";
import type { BatchResult } from "./batch.ts";
import { fingerprintOf, keepAnswer, keptAnswer } from "./batch-answers.ts";
import { batchCost, isDoubtful, joined, type Read, resultOfReply } from "./batch-reading.ts";
import type { BatchDesk } from "./batch-run.ts";
import type { BatchState } from "./batch-state.ts";
import { dearest } from "./cost.ts";
import type { Reply } from "./reply.ts";

const READ_AT_ONCE = 100;
const CUSTOM_ID = /^t(\d+)-([12])-([0-9a-f]{16})$/;

/** What all batches of a run have brought. */
export interface Collected {
  /** Ticket → US dollars that its answer has cost. */
  readonly prepaid: Map<number, number>;
  /** Requests that ended without a usable answer: the first three cost nothing. */
  errored: number;
  canceled: number;
  expired: number;
  unusable: number;
}

interface Harvest {
  readonly doubtful: readonly number[];
  readonly requests: number;
  /** What the whole batch has cost, useful or not. */
  readonly usd: number;
}

type Open = BatchState["open"][number];
type Ends = Omit<Collected, "prepaid">;

/** @throws what the API or the account throws; then nothing is counted, and it can be called again */
export async function collect(batch: Open, desk: BatchDesk, collected: Collected): Promise<Harvest> {
  const ends: Ends = { errored: 0, canceled: 0, expired: 0, unusable: 0 };
  const doubtful: number[] = [];
  let requests = 0;
  let usd = 0;
  const bring = async (results: readonly BatchResult[]): Promise<void> => {
    for (const each of await delivered(results, desk, ends)) {
      usd += costOfReply(each.reply, batch, desk);
      if (await keep(each, batch, desk, { ends, collected })) doubtful.push(each.ticket.id);
    }
  };
  let portion: BatchResult[] = [];
  for await (const result of desk.batches.results(batch.id)) {
    requests++;
    portion.push(result);
    if (portion.length < READ_AT_ONCE) continue;
    await bring(portion);
    portion = [];
  }
  await bring(portion);
  collected.errored += ends.errored;
  collected.canceled += ends.canceled;
  collected.expired += ends.expired;
  collected.unusable += ends.unusable;
  return { doubtful, requests, usd };
}

interface Delivery {
  readonly ticket: Ticket;
  readonly reply: Reply;
}

/** The replies beside their tickets, as far as those are still there and say what they said. */
async function delivered(
  results: readonly BatchResult[],
  { read, settings, routing, patiently }: BatchDesk,
  ends: Ends,
): Promise<readonly Delivery[]> {
  const replies = new Map<number, { reply: Reply; fingerprint: string }>();
  for (const { customId, end } of results) {
    const [, id, , fingerprint = ""] = CUSTOM_ID.exec(customId) ?? [];
    if (end.kind !== "reply") ends[end.kind]++;
    else if (id !== undefined) replies.set(Number(id), { reply: end.reply, fingerprint });
  }
  const tickets = await patiently(() => read([...replies.keys()]));
  return tickets.flatMap((ticket) => {
    const found = replies.get(ticket.id);
    const fits = found && fingerprintOf(settings, ticket, routing).startsWith(found.fingerprint);
    return fits ? [{ ticket, reply: found.reply }] : [];
  });
}

const modelOf = ({ round }: Open, { settings }: BatchDesk): string =>
  round === 2 ? (settings.escalationModel ?? settings.model) : settings.model;

const costOfReply = ({ usage }: Reply, batch: Open, desk: BatchDesk): number =>
  batchCost(usage, modelOf(batch, desk), desk.prices) ?? dearest(usage, desk.prices);

/** True: a larger model should read it as well. */
async function keep(
  { ticket, reply }: Delivery,
  batch: Open,
  desk: BatchDesk,
  { ends, collected }: { ends: Ends; collected: Collected },
): Promise<boolean> {
  const { settings, routing, prices, cursors } = desk;
  const retrieved = await desk.retrieve(ticket, routing).catch(() => null);
  const read: Read = { ticket, routing, retrieved, model: modelOf(batch, desk), settings, prices };
  const said = resultOfReply(reply, read);
  if (said === null) ends.unusable++;
  const result = batch.round === 1 ? said : await withFirst(said, ticket, desk);
  await keepAnswer(cursors, ticket.id, fingerprintOf(settings, ticket, routing), result);
  if (result !== null)
    collected.prepaid.set(ticket.id, ("refused" in result ? result.classification : result).costUsd ?? 0);
  return batch.round === 1 && settings.escalationModel !== null && isDoubtful(result, read);
}

async function withFirst(
  second: ClassifierResult | null,
  ticket: Ticket,
  { cursors, settings, routing }: BatchDesk,
): Promise<ClassifierResult | null> {
  const first = (await keptAnswer(cursors, settings, ticket, routing))?.result ?? null;
  if (first === null) return second;
  // It was joined before the process died.
  const isJoined = !("refused" in first) && first.model === settings.escalationModel;
  return isJoined ? first : joined(first, second);
}
