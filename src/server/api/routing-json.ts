/** The routing table and its versions on the wire. The table itself is the admins' document, as it is. */
import { z } from "zod";
import { RoutingTable, type RoutingVersion } from "../../triage/routing-table.ts";
import { HttpError } from "../http-error.ts";

/** A named clone each way: what is sent may leave out what has a default, what is answered leaves out nothing. */
export const TableIn = RoutingTable.meta({ id: "RoutingTableInput" });
export const TableOut = RoutingTable.meta({ id: "RoutingTable" });

export const baseVersion = z.int().positive();

export const VersionJson = z
  .object({
    version: z.number().int(),
    note: z.string(),
    author: z.string(),
    created_at: z.iso.datetime(),
  })
  .meta({
    id: "RoutingVersion",
    description: "A published table without its document. Versions never change.",
  });

export const RoutingJson = z
  .object({ ...VersionJson.shape, table: TableOut })
  .meta({ id: "Routing", description: "A published table." });

export const versionToJson = (entry: Omit<RoutingVersion, "table">): z.input<typeof VersionJson> => ({
  version: entry.version,
  note: entry.note,
  author: entry.author,
  created_at: new Date(entry.createdAt).toISOString(),
});

export const routingToJson = (entry: RoutingVersion): z.input<typeof RoutingJson> => ({
  ...versionToJson(entry),
  table: entry.table,
});

export const staleBase = (current: number): HttpError =>
  new HttpError(
    409,
    "stale_base",
    `Version ${current} was published meanwhile. Load it, and make the change again on top of it.`,
    { currentVersion: current },
  );
