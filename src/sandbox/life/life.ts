/** A support team's life: customers write by the habits of a week, people work on what they find, a rule interferes. */
import type { SandboxAccount } from "../door.ts";
import { createAgenda } from "./agenda.ts";
import { type Matter, NO_TICKET, type Part, partFor, type Truth } from "./cast.ts";
import { createRandom } from "./random.ts";
import { beginStory, mergeLater, type Stage } from "./story.ts";
import { teamOf } from "./team.ts";
import { arrivals, HOUR_MS, MINUTE_MS } from "./week.ts";

export interface LifeOptions {
  readonly account: SandboxAccount;
  readonly now: () => number;
  /** Epoch milliseconds; nobody writes in the last hour, so that the last ticket is worked on, too. */
  readonly from: number;
  readonly until: number;
  readonly ticketsPerDay: number;
  /** The same seed lets the same customers write the same at the same time. */
  readonly seed: string;
  /** What customers write about; each stands for many tickets. Its groups must be the account's. */
  readonly matters: readonly Matter[];
}

export interface Life {
  /** When something happens next, epoch milliseconds; null when nothing more will. */
  nextAt(): number | null;
  /** Does everything that is due. */
  run(): void;
  /** What each ticket is, by its id: what the router is measured by. */
  readonly truths: ReadonlyMap<number, Truth>;
}

/** Of the tickets in a wrong team, how many are moved by whoever finds them there. */
const MOVED = 0.92;
/** How long after its first message the same customer writes the second. */
const REPEATED_AFTER_MS = 35 * MINUTE_MS;
/** An admin means well, on the first morning: the trigger has no “Ticket is created”. */
const RULE_AFTER_MS = 7 * HOUR_MS;
const RULE = { tag: "vip", group: "Customer Care", title: "VIP to Customer Care" } as const;
/** One ticket in so many is a VIP's for certain, so that a short life meets the rule, too. */
const SURE_VIP_EVERY = 12;

export function createLife(options: LifeOptions): Life {
  const { account, now, from, until, seed, matters } = options;
  const agenda = createAgenda();
  const truths = new Map<number, Truth>();
  const onAside: Stage["onAside"] = (id, { truth }) =>
    truths.set(id, { ...truth, channel: "side_conversation", hasGroup: false });
  const stage: Stage = { account, agenda, team: teamOf(account), now, onAside };
  const times = arrivals(
    { from, until: until - HOUR_MS, perDay: options.ticketsPerDay },
    createRandom(`${seed}:arrivals`),
  );
  times.forEach((at, index) => {
    const part = partFor({ index, at, seed }, matters, { moves: MOVED });
    const isVip = part.fate.isVip || (index % SURE_VIP_EVERY === 0 && part.truth.group !== RULE.group);
    agenda.add(at, () => arrive({ ...part, fate: { ...part.fate, isVip } }, stage, truths));
  });
  agenda.add(from + RULE_AFTER_MS, () => addFightingRule(stage));
  return { nextAt: agenda.nextAt, run: () => agenda.run(now()), truths };
}

function arrive(part: Part, stage: Stage, truths: Map<number, Truth>): void {
  const { agenda } = stage;
  const id = write(part, stage);
  truths.set(id, part.truth);
  beginStory(id, part, stage);
  if (!part.fate.isRepeated || part.channel !== "email" || part.truth.intent === NO_TICKET) return;
  agenda.add(stage.now() + REPEATED_AFTER_MS, () => {
    const again = write({ ...part, channel: "email" }, stage);
    truths.set(again, part.truth);
    mergeLater(again, id, part, stage);
  });
}

/** The ticket comes in by its channel. */
function write(part: Part, { account, agenda, team, now }: Stage): number {
  const { channel, truth, requester, fate } = part;
  const { subject, description } = truth;
  if (channel === "native_messaging") {
    const { id } = account.startConversation();
    agenda.add(now() + fate.silentSeconds * 1_000, () => {
      if (account.ticket(id)?.status !== "deleted") account.customerReplies(id, description);
    });
    return id;
  }
  if (channel === "phone")
    return account.agentCreatesTicket({ subject, description, requester }, team.anybody(fate.lot)).id;
  const tags = fate.isVip ? { tags: [RULE.tag] } : {};
  return account.createTicket({ subject, description, requester, channel, ...tags }).id;
}

function addFightingRule({ account, team }: Stage): void {
  const value = String(team.groupId(RULE.group));
  account.addTrigger({
    title: RULE.title,
    conditions: {
      all: [
        { field: "current_tags", operator: "includes", value: RULE.tag },
        { field: "group_id", operator: "is_not", value },
      ],
    },
    actions: [{ field: "group_id", value }],
  });
}
