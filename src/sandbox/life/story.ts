/** One ticket's life in the hands of people: found, moved when it is in the wrong team, taken, answered, ended. */
import { ApiError } from "../api-error.ts";
import type { SandboxAccount } from "../door.ts";
import type { TicketRecord } from "../records.ts";
import type { Agenda } from "./agenda.ts";
import type { Part } from "./cast.ts";
import type { Team } from "./team.ts";
import { afterWork, DAY_MS, MINUTE_MS } from "./week.ts";
import { ASIDE, phrasesFor, RATED } from "./wording.ts";

export interface Stage {
  readonly account: SandboxAccount;
  readonly agenda: Agenda;
  readonly team: Team;
  readonly now: () => number;
  /** A ticket came of another one: out of a side conversation. */
  readonly onAside: (ticketId: number, part: Part) => void;
}

type Scene = (ticketId: number, part: Part, stage: Stage) => void;

const DAYS_UNTIL_ERASED = 3;
/** From the answer to the second look of a worried customer. */
const PRIORITY_AFTER_MINUTES = 5;

/** Somebody of the team finds the ticket for the first time. */
export const beginStory: Scene = (id, part, stage) =>
  later(part.fate.minutes.noticed, found)(id, part, stage);

/** After so many minutes of working time. What has ended meanwhile stays as it is. */
const later =
  (minutes: number, scene: Scene): Scene =>
  (id, part, stage) =>
    stage.agenda.add(afterWork(stage.now(), minutes), () => ifOpen(scene)(id, part, stage));

/** Customers have no working hours. */
const sometime =
  (minutes: number, scene: Scene): Scene =>
  (id, part, stage) =>
    stage.agenda.add(stage.now() + minutes * MINUTE_MS, () => scene(id, part, stage));

/** Somebody else may have been faster; what the account refuses a person at work does without. */
const ifOpen =
  (scene: Scene): Scene =>
  (id, part, stage) => {
    const status = stage.account.ticket(id)?.status;
    if (status === undefined || status === "closed" || status === "deleted") return;
    try {
      scene(id, part, stage);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  };

const found: Scene = (id, part, stage) => {
  const { account, agenda, team } = stage;
  const { fate, truth } = part;
  if (fate.end === "spam") return account.markAsSpam(id);
  if (fate.end !== "solved") {
    account.deleteTicket(id);
    if (fate.end === "erased")
      agenda.add(stage.now() + DAYS_UNTIL_ERASED * DAY_MS, () => account.eraseTicket(id));
    return;
  }
  const right = team.groupId(truth.group);
  const groupId = account.ticket(id)?.group_id ?? null;
  if (groupId === right || (groupId !== null && !fate.isMoved)) return taken(id, part, stage);
  account.personMovesTicket(id, right);
  later(fate.minutes.moved, taken)(id, part, stage);
};

const taken: Scene = (id, part, stage) => {
  const { account, team } = stage;
  const ticket = account.ticket(id);
  const agentId = team.memberOf(ticket?.group_id ?? team.groupId(part.truth.group), part.fate.lot);
  account.agentTakes(id, agentId);
  if (part.fate.asksAside) stage.onAside(account.sideConversation(id, ASIDE).id, part);
  if (part.fate.isEscalated) escalate(id, part, stage);
  later(part.fate.minutes.answered, answered)(id, part, stage);
};

/** Agents set a priority first, and raise it when the customer's boss calls. */
const escalate: Scene = (id, part, stage) => {
  const { account } = stage;
  if (account.ticket(id)?.priority == null) account.personUpdates(id, { priority: "normal" });
  const raise: Scene = () => {
    if (account.ticket(id)?.priority !== "urgent") account.personUpdates(id, { priority: "urgent" });
  };
  later(PRIORITY_AFTER_MINUTES, raise)(id, part, stage);
};

const answered: Scene = (id, part, stage) => {
  const { account } = stage;
  reply(id, part, stage);
  const { fate, truth } = part;
  if (fate.customerAsksBack)
    sometime(
      fate.customerMinutes,
      ifOpen(() => void account.customerReplies(id, phrasesFor(truth.language).asksBack)),
    )(id, part, stage);
  const minutes = fate.minutes.solved + (fate.customerAsksBack ? fate.customerMinutes : 0);
  later(minutes, fate.customerAsksBack ? answeredAgain : solved)(id, part, stage);
};

const answeredAgain: Scene = (id, part, stage) => {
  reply(id, part, stage);
  solved(id, part, stage);
};

const solved: Scene = (id, part, stage) => {
  const { account } = stage;
  const { fate, truth } = part;
  account.personUpdates(id, { status: "solved" });
  if (!fate.isReopened) return sometime(fate.customerMinutes, ifOpen(rated))(id, part, stage);
  const complains: Scene = () => {
    account.customerReplies(id, phrasesFor(truth.language).stillBroken);
    later(fate.minutes.answered, solvedForGood)(id, part, stage);
  };
  sometime(fate.customerMinutes, ifOpen(complains))(id, part, stage);
};

const solvedForGood: Scene = (id, part, stage) => {
  reply(id, part, stage);
  stage.account.personUpdates(id, { status: "solved" });
  sometime(part.fate.customerMinutes, ifOpen(rated))(id, part, stage);
};

const rated: Scene = (id, { fate }, { account }) => {
  if (fate.rating === null) return;
  const said = RATED[fate.rating];
  const comment = said[Math.floor(fate.lot * said.length)] ?? "";
  account.customerRates(id, fate.rating, comment === "" ? undefined : comment);
};

const reply: Scene = (id, { truth }, { account }) => {
  const assignee = (account.ticket(id) as TicketRecord | undefined)?.assignee_id ?? undefined;
  account.agentReplies(id, phrasesFor(truth.language).answer, assignee);
};

/** The same customer about the same matter, once more: whoever sees both makes them one. */
export function mergeLater(id: number, into: number, part: Part, stage: Stage): void {
  const merge: Scene = () => ifOpen(() => stage.account.mergeTickets(id, into))(into, part, stage);
  later(part.fate.minutes.noticed, merge)(id, part, stage);
}
