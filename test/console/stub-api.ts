/** The API's answers for the console, with just enough memory for drafts, versions and retries. */
import type { DecisionJson } from "../../src/triage/decision-json.ts";
import type { OutcomeJson } from "../../src/triage/outcome-json.ts";
import { RoutingTable } from "../../src/triage/routing-table.ts";
import { confidenceAnswer } from "./confidence-answer.ts";
import { CHECKS, decisionAt, GROUPS, someDecisions, TABLE } from "./fixtures.ts";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: a stub reads what the page under test sends, and fails where that is wrong
  readonly body: any;
  readonly token: string | null;
}
export type Answer = readonly [status: number, body: unknown];

export const CODE = "one-time-code";
export const ADMIN_TOKEN = "admin-token-of-the-tests";
const SESSION = "session-of-the-tests";

const refused = (status: number, code: string, message: string, more: object = {}): Answer => [
  status,
  { error: { code, message, request_id: "req_1", ...more } },
];

interface Version {
  readonly version: number;
  readonly table: RoutingTable;
  readonly note: string;
  readonly author: string;
  readonly created_at: string;
}

export interface StubApi {
  answer(call: Call): Answer;
  /** As if a colleague had published from another browser. */
  publishElsewhere(edit: (table: RoutingTable) => RoutingTable): void;
  status: { mode: "live" | "shadow"; dead: number; warnings: { code: string; message: string }[] };
  decisions: DecisionJson[];
  /** The published table. */
  table(): RoutingTable;
  /** Ends every session, as a restart without a store would. */
  signEverybodyOut(): void;
}

/** What became of the one decision that has an outcome. */
const UNDONE: OutcomeJson = {
  result: "undone",
  group_id: 105,
  group: "Sales",
  reroutes: 0,
  undone_by: { id: 7, title: "VIP to Sales", kind: "trigger" },
  reopens: 0,
  escalated: false,
  csat: "bad",
  touched_at: null,
  assigned_at: null,
  solved_at: "2026-11-22T09:00:00.000Z",
};

/** @param now epoch milliseconds */
export function createStubApi(now: number): StubApi {
  const versions: Version[] = [version(1, TABLE, "The first table", now - 86_400_000)];
  let draft: { base_version: number; table: RoutingTable; updated_at: string } | null = null;
  let codes = [CODE];
  let checks: { ran_at: string | null; checks: readonly object[] } = { ran_at: null, checks: [] };
  let sessions: string[] = [];
  const status: StubApi["status"] = { mode: "live", dead: 0, warnings: [] };
  const decisions = someDecisions(now);
  const said = new Map<string, { intent: string; by: string; at: string }>();

  const current = (): Version => versions[0] ?? version(1, TABLE, "", now);
  const publish = (table: RoutingTable, note: string): Answer => {
    versions.unshift(version(current().version + 1, table, note, Date.now()));
    draft = null;
    return [201, current()];
  };
  const stale = (): Answer =>
    refused(409, "stale_base", `Version ${current().version} was published meanwhile.`, {
      current_version: current().version,
    });
  const draftView = () => ({
    base_version: draft?.base_version ?? current().version,
    table: draft?.table ?? current().table,
    updated_at: draft?.updated_at ?? null,
    saved: draft !== null,
  });
  const signIn = (body: { code?: string; token?: string }): Answer => {
    const right = body.code === undefined ? body.token === ADMIN_TOKEN : codes.includes(body.code);
    if (!right) return refused(401, "unauthorized", "Not accepted.");
    codes = codes.filter((code) => code !== body.code);
    sessions.push(SESSION);
    return [201, { token: SESSION, expires_in: 3600 }];
  };

  const routes: Record<string, (call: Call, id: string) => Answer> = {
    "GET /status": () => [
      200,
      {
        account: "acme",
        sandbox: true,
        mode: status.mode,
        classifier: { kind: "claude", model: "claude-haiku-5-5" },
        routing_version: current().version,
        jobs: { ready: 1, scheduled: 14, active: 2, done: 3410, dead: status.dead },
        warnings: status.warnings,
      },
    ],
    "GET /jobs": () => [
      200,
      {
        jobs: Array.from({ length: status.dead }, (_, index) => ({
          id: index + 1,
          ticket_id: 900 + index,
          attempt: 5,
          error: "claude.overloaded: no answer in time",
        })),
      },
    ],
    "POST /jobs/:/retry": () => {
      status.dead -= 1;
      return [200, { id: 1, state: "ready" }];
    },
    "GET /groups": () => [200, { groups: GROUPS }],
    "GET /checks": () => [200, checks],
    "POST /checks": () => {
      checks = { ran_at: new Date().toISOString(), checks: CHECKS };
      return [200, checks];
    },
    "GET /decisions": ({ query }) => {
      const ticket = query.get("ticket_id");
      const found = decisions.filter((each) => ticket === null || each.ticket_id === Number(ticket));
      const from = Number(query.get("cursor") ?? 0);
      const to = from + Number(query.get("limit"));
      return [200, { decisions: found.slice(from, to), next_cursor: to < found.length ? String(to) : null }];
    },
    "GET /decisions/:": (_call, id) => {
      const decision = decisions.find((each) => each.id === id);
      return decision === undefined
        ? refused(404, "not_found", "There is no such decision.")
        : [
            200,
            {
              ...decision,
              outcome_detail: decision.outcome === null ? null : UNDONE,
              said: said.get(decision.id) ?? null,
            },
          ];
    },
    "GET /reviews": () => [
      200,
      {
        reviews: decisions.filter((each) => each.action === "review" && !said.has(each.id)),
        next_cursor: null,
      },
    ],
    "POST /feedback": ({ body }) => {
      if (body.intent === "legacy_login")
        return refused(
          409,
          "no_intent",
          "The current routing table has no such intent. Name one of its rows, or other, needs_person or not_a_ticket.",
        );
      said.set(body.decision_id, { intent: body.intent, by: "admin", at: new Date().toISOString() });
      return [200, { example_id: `ticket-of-${body.decision_id}` }];
    },
    "POST /decisions/:/replay": (_call, id) => [
      200,
      {
        original: decisions.find((each) => each.id === id),
        replay: decisionAt(Date.now(), 0, {
          id,
          group: "Sales",
          group_id: 105,
          routing_version: current().version,
          mode: "shadow",
          state: "recorded",
        }),
      },
    ],
    "GET /routing": () => [200, current()],
    "GET /routing/versions": () => [200, { versions: versions.map(({ table: _table, ...rest }) => rest) }],
    "GET /routing/versions/:": (_call, id) => {
      const found = versions.find((each) => each.version === Number(id));
      return found === undefined ? refused(404, "not_found", "There is no such version.") : [200, found];
    },
    "POST /routing/versions/:/restore": (_call, id) =>
      publish(versions.find((each) => each.version === Number(id))?.table ?? TABLE, `Restores version ${id}`),
    "GET /confidence": ({ query }) => [
      200,
      confidenceAnswer(draftView().table, query.get("target_accuracy")),
    ],
    "GET /routing/draft": () => [200, draftView()],
    "PUT /routing/draft": ({ body }) => {
      if (body.base_version !== current().version) return stale();
      const table = RoutingTable.safeParse(body.table);
      if (!table.success) return refused(422, "invalid", "The table is not valid.", { issues: [] });
      draft = { base_version: body.base_version, table: table.data, updated_at: new Date().toISOString() };
      return [200, draftView()];
    },
    "DELETE /routing/draft": () => {
      draft = null;
      return [200, draftView()];
    },
    "POST /routing/preview": ({ body }) => {
      RoutingTable.parse(body.table);
      return [200, { compared: 412, moved: 13, moves: [{ from: "EMEA Billing", to: "Billing", count: 13 }] }];
    },
    "POST /routing/publish": ({ body }) => {
      if (body.base_version !== current().version || draft?.base_version !== body.base_version)
        return stale();
      return publish(draft?.table ?? current().table, body.note);
    },
  };

  return {
    status,
    decisions,
    table: () => current().table,
    signEverybodyOut: () => {
      sessions = [];
    },
    publishElsewhere: (edit) => {
      versions.unshift(version(current().version + 1, edit(current().table), "From elsewhere", Date.now()));
    },
    answer: (call) => {
      if (call.path === "/session" && call.method === "POST") return signIn(call.body);
      if (call.token === null || !sessions.includes(call.token))
        return refused(401, "unauthorized", "This session is over.");
      const [exact, withId] = [
        `${call.method} ${call.path}`,
        call.path.match(/^\/(.+?)\/([^/]+?)(\/(?:replay|retry|restore))?$/),
      ];
      const found = routes[exact] ?? routes[`${call.method} /${withId?.[1]}/:${withId?.[3] ?? ""}`];
      return found?.(call, withId?.[2] ?? "") ?? refused(404, "not_found", `No ${exact} here.`);
    },
  };
}

const version = (number: number, table: RoutingTable, note: string, at: number): Version => ({
  version: number,
  table,
  note,
  author: "admin",
  created_at: new Date(at).toISOString(),
});
