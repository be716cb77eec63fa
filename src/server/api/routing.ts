import { z } from "zod";
import type { Log } from "../../log.ts";
import type { Routing } from "../../ports/store.ts";
import type { RoutingTable } from "../../triage/routing-table.ts";
import type { AppDeps } from "../deps.ts";
import { HttpError, notFound } from "../http-error.ts";
import { type Route, route } from "../route.ts";
import { idFromText } from "./query-number.ts";
import {
  baseVersion,
  RoutingJson,
  routingToJson,
  staleBase,
  TableIn,
  VersionJson,
  versionToJson,
} from "./routing-json.ts";

const MAX_NOTE = 500;
const MAX_VERSION = 1_000_000_000;

const n = z.strictObject({ n: idFromText.refine((version) => version <= MAX_VERSION) });

export const routingRoutes = ({ store: { routing }, log }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/routing",
    summary: "The table that routes tickets now",
    access: "admin",
    response: RoutingJson,
    handle: async () => routingToJson(await routing.current()),
  }),
  route({
    method: "post",
    path: "/routing/publish",
    summary: "Make the draft, or the table sent along, the one that routes tickets",
    access: "admin",
    body: z.strictObject({
      base_version: baseVersion,
      note: z.string().trim().max(MAX_NOTE).default(""),
      table: TableIn.optional(),
    }),
    response: RoutingJson,
    status: 201,
    refusals: [409],
    handle: async ({ body, author }) => {
      const table = body.table ?? (await draftOn(routing, body.base_version));
      return publish(routing, log, { table, baseVersion: body.base_version, note: body.note, author });
    },
  }),
  ...versionRoutes(routing, log),
];

const versionRoutes = (routing: Routing, log: Log): Route[] => [
  route({
    method: "get",
    path: "/routing/versions",
    summary: "All published versions, newest first, without their tables",
    access: "admin",
    response: z.object({ versions: z.array(VersionJson) }),
    handle: async () => ({ versions: (await routing.versions()).map(versionToJson) }),
  }),
  route({
    method: "get",
    path: "/routing/versions/{n}",
    summary: "One published version with its table",
    access: "admin",
    params: n,
    response: RoutingJson,
    refusals: [404],
    handle: async ({ params }) => routingToJson(await existing(routing, params.n)),
  }),
  route({
    method: "post",
    path: "/routing/versions/{n}/restore",
    summary: "Publish the table of an earlier version again, as a new version",
    access: "admin",
    params: n,
    body: z.strictObject({ base_version: baseVersion.optional() }),
    response: RoutingJson,
    status: 201,
    refusals: [404, 409],
    handle: async ({ params, body, author }) => {
      const { table } = await existing(routing, params.n);
      const base = body.base_version ?? (await routing.current()).version;
      return publish(routing, log, {
        table,
        baseVersion: base,
        note: `Restores version ${params.n}`,
        author,
      });
    },
  }),
];

async function existing(routing: Routing, version: number) {
  const entry = await routing.version(version);
  if (entry === null) throw notFound(`version ${version} of the routing table`);
  return entry;
}

/** The draft, when it stands on the version that its author believes to be the newest. */
async function draftOn(routing: Routing, base: number): Promise<RoutingTable> {
  const [draft, current] = await Promise.all([routing.draft(), routing.current()]);
  if (base !== current.version || (draft !== null && draft.baseVersion !== base))
    throw staleBase(current.version);
  if (draft === null)
    throw new HttpError(
      422,
      "no_draft",
      "There is no draft to publish. Save one first, or send the table along.",
    );
  return draft.table;
}

async function publish(routing: Routing, log: Log, next: Parameters<Routing["publish"]>[0]) {
  const result = await routing.publish(next);
  if ("staleBase" in result) throw staleBase(result.current);
  log.info("routing.published", { version: result.published.version, author: result.published.author });
  return routingToJson(result.published);
}
