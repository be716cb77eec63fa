/** A simulated account that routes a written ticket after a moment, without any router. */
import { GROUPS, HOSTILE, NOTE } from "./fixtures.ts";
import type { Answer, Call } from "./stub-api.ts";

/** Long enough that the page is seen reading. */
const ROUTING_MS = 1_200;

const at = (ms: number): string => new Date(ms).toISOString();

interface StubTicket {
  readonly id: number;
  readonly createdMs: number;
  readonly name: string;
  readonly email: string;
  readonly subject: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly note: string;
  readonly history: { at: string; actor: string; actor_kind: string; text: string }[];
  groupId: number | null;
  movedBy: string | null;
}

export interface StubInbox {
  answer(call: Call): Answer;
}

/** @param now epoch milliseconds */
export function createStubInbox(now: number): StubInbox {
  const tickets = seeds(now);
  return {
    answer: ({ method, path, body }) => {
      if (method === "GET" && path === "/inbox")
        return [
          200,
          { groups: GROUPS, classifier: { kind: "local", model: "words-1" }, tickets: tickets.map(shown) },
        ];
      if (method === "POST" && path === "/tickets") {
        const ticket = create(tickets.length + 1, Date.now(), body);
        tickets.push(ticket);
        return [201, { id: ticket.id }];
      }
      const moved = tickets.find((each) => path === `/tickets/${each.id}/move`);
      if (moved === undefined) return [404, { error: { message: `No ${path} here.` } }];
      moved.groupId = body.group_id;
      moved.movedBy = "Agent Ana";
      const name = GROUPS.find((group) => group.id === body.group_id)?.name;
      moved.history.push({
        at: at(Date.now()),
        actor: "Agent Ana",
        actor_kind: "person",
        text: `moved it to ${name}`,
      });
      return [200, {}];
    },
  };
}

type Written = Pick<StubTicket, "name" | "email" | "subject" | "description">;

function create(id: number, createdMs: number, written: Written, more: Partial<StubTicket> = {}): StubTicket {
  return {
    id,
    createdMs,
    ...written,
    groupId: 101,
    movedBy: null,
    tags: ["sy_routed", "sy_intent_charged_twice", "sy_confidence_high"],
    note: NOTE,
    history: [
      {
        at: at(createdMs),
        actor: written.name,
        actor_kind: "requester",
        text: "created the ticket by e-mail",
      },
      {
        at: at(createdMs + 840),
        actor: "Switchyard",
        actor_kind: "switchyard",
        text: "assigned it to Billing and wrote a note",
      },
    ],
    ...more,
  };
}

function shown(ticket: StubTicket) {
  const routed = Date.now() - ticket.createdMs >= ROUTING_MS;
  const groupId = routed ? ticket.groupId : null;
  const stamp = at(ticket.createdMs);
  const { name, email } = ticket;
  const comment = {
    author: name,
    public: true,
    html_body: "",
    plain_body: ticket.description,
    created_at: stamp,
  };
  const note = {
    author: "Switchyard",
    public: false,
    html_body: ticket.note,
    plain_body: "…",
    created_at: stamp,
  };
  return {
    id: ticket.id,
    subject: ticket.subject,
    description: ticket.description,
    status: "new",
    priority: routed ? "high" : null,
    tags: routed ? ticket.tags : [],
    group_id: groupId,
    group_name: GROUPS.find((group) => group.id === groupId)?.name ?? null,
    requester: { name, email, locale: "en" },
    channel: "email",
    created_at: stamp,
    updated_at: stamp,
    note_html: routed ? ticket.note : null,
    moved_by: ticket.movedBy,
    comments: routed ? [comment, note] : [comment],
    history: routed ? ticket.history : ticket.history.slice(0, 1),
  };
}

const MINUTE_MS = 60_000;

const seeds = (now: number): StubTicket[] => [
  create(
    1,
    now - 3 * MINUTE_MS,
    { name: HOSTILE, email: "eve@example.com", subject: HOSTILE, description: HOSTILE },
    {
      tags: ["sy_review", "sy_confidence_low", "sy_fallback"],
      groupId: 107,
      note: `<p onclick="alert(1)"><strong>Please check</strong></p>${HOSTILE}<iframe src="javascript:alert(1)"></iframe><a href="javascript:alert(1)">click me</a><style>body{display:none}</style>`,
    },
  ),
  create(2, now - 2 * MINUTE_MS, {
    name: "Maya Lindqvist",
    email: "maya@example.com",
    subject: "Charged twice for my March invoice",
    description:
      "Hello,\n\nmy card shows two payments of 49.00 for the same invoice on 3 March. I only have one subscription.\n\nPlease refund the second one.\nMaya",
  }),
  create(
    3,
    now - 12 * MINUTE_MS,
    {
      name: "Jonas Weber",
      email: "jonas@example.com",
      subject: "Wo bleibt mein Paket?",
      description: "Guten Tag, meine Bestellung sollte am Montag ankommen. 荷物はどこですか 📦",
    },
    { groupId: 106, tags: ["sy_routed", "sy_intent_delivery_status", "sy_confidence_medium"] },
  ),
];
