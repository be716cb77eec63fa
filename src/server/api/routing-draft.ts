import { z } from "zod";
import type { Routing } from "../../ports/store.ts";
import type { AppDeps } from "../deps.ts";
import { type Route, route } from "../route.ts";
import { baseVersion, staleBase, TableIn, TableOut } from "./routing-json.ts";

const DraftJson = z
  .object({
    /** The version that the draft started from. */
    base_version: z.number().int(),
    table: TableOut,
    updated_at: z.iso.datetime().nullable(),
    /** False: there is no draft, and this is the published table. */
    saved: z.boolean(),
  })
  .meta({ id: "RoutingDraft", description: "The one table that is being worked on; it routes nothing yet." });

export const draftRoutes = ({ store: { routing } }: AppDeps): Route[] => [
  route({
    method: "get",
    path: "/routing/draft",
    summary: "The draft, or the published table when there is none",
    access: "admin",
    response: DraftJson,
    handle: () => view(routing),
  }),
  route({
    method: "put",
    path: "/routing/draft",
    summary: "Save the draft",
    access: "admin",
    body: z.strictObject({ base_version: baseVersion, table: TableIn }),
    response: DraftJson,
    refusals: [409],
    handle: async ({ body: { base_version: base, table } }) => {
      const { version } = await routing.current();
      if (base !== version) throw staleBase(version);
      await routing.saveDraft({ table, baseVersion: base });
      return view(routing);
    },
  }),
  route({
    method: "delete",
    path: "/routing/draft",
    summary: "Discard the draft; answers with the published table",
    access: "admin",
    response: DraftJson,
    handle: async () => {
      await routing.saveDraft(null);
      return view(routing);
    },
  }),
];

async function view(routing: Routing): Promise<z.input<typeof DraftJson>> {
  const draft = await routing.draft();
  if (draft !== null)
    return {
      base_version: draft.baseVersion,
      table: draft.table,
      updated_at: new Date(draft.updatedAt).toISOString(),
      saved: true,
    };
  const { version, table } = await routing.current();
  return { base_version: version, table, updated_at: null, saved: false };
}
