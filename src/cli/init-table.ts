/** The first routing table of an account: the one that ships, with the account's own groups. */
import { isDeepStrictEqual } from "node:util";
import type { Now } from "../ports/now.ts";
import type { Group } from "../ports/zendesk.ts";
import type { Settings } from "../settings.ts";
import { groupKey } from "../triage/decide.ts";
import { groupsOf, type RoutingTable } from "../triage/routing-table.ts";
import { askGroups } from "./init-choices.ts";
import { matchGroups, type Proposal, tableWithGroups, wantedGroups } from "./init-groups.ts";
import { spoken } from "./output.ts";
import type { Prompts } from "./prompts.ts";
import { hasStore, SHIPPED_TABLE, tableFromFile, withStore } from "./routing-source.ts";
import { EXIT, Stop } from "./shell.ts";

/** Null: people have worked on the table already, and it stays as it is. */
export async function untouchedTable(settings: Settings, now: Now): Promise<RoutingTable | null> {
  const shipped = (await tableFromFile(SHIPPED_TABLE)).table;
  if (!(await hasStore(settings))) return shipped;
  return withStore(settings, now, async ({ routing }) => {
    const { length } = await routing.versions();
    if (length === 0) return shipped;
    return length > 1 || (await routing.draft()) !== null ? null : (await routing.current()).table;
  });
}

/**
 * @param asked the fallback that was asked for
 * @throws Stop when there is no such group, or none to propose and nobody to ask
 */
export async function proposeGroups(
  table: RoutingTable,
  groups: readonly Pick<Group, "name" | "isDefault" | "description">[],
  asked: string | undefined,
  prompts: Prompts | null,
): Promise<Proposal> {
  const present = groups.map(({ name }) => name);
  const named = asked === undefined ? undefined : groupCalled(asked, present);
  if (present.length === 0)
    throw new Stop(EXIT.failed, "The account has no groups. Make one in Admin Center → People → Groups.");
  if (named === null)
    throw new Stop(EXIT.usage, `There is no group "${asked}". There are: ${present.map(spoken).join(", ")}.`);
  const matches = matchGroups(wantedGroups(table, groupsOf(table)), groups);
  const proposed =
    named ??
    matches.find(({ wanted }) => wanted === table.fallback.group)?.found ??
    groups.find(({ isDefault }) => isDefault)?.name;
  if (prompts !== null) return askGroups(table, groups, { matches, fallback: proposed }, prompts);
  if (proposed === undefined)
    throw new Stop(
      EXIT.usage,
      `Which group gets the tickets that nobody could place? Give --fallback-group with one of: ${present.map(spoken).join(", ")}.`,
    );
  return { matches, fallback: proposed, rows: new Map() };
}

/** As it is written, or else but for its case. */
const groupCalled = (name: string, present: readonly string[]): string | null =>
  present.find((group) => group === name) ??
  present.find((group) => groupKey(group) === groupKey(name)) ??
  null;

/** Publishes the table with the account's groups on top of the one that ships. @returns the version that counts now */
export function publishTable(
  settings: Settings,
  now: Now,
  proposal: Proposal,
): Promise<{ version: number; published: boolean }> {
  return withStore(settings, now, async (store) => {
    await store.claimAccount(settings.zendesk?.account ?? "sandbox");
    await store.routing.seed((await tableFromFile(SHIPPED_TABLE)).table);
    const { version, table } = await store.routing.current();
    const mapped = tableWithGroups(table, proposal);
    if (isDeepStrictEqual(mapped, table)) return { version, published: false };
    const result = await store.routing.publish({
      table: mapped,
      baseVersion: version,
      note: "The groups of this account, as chosen in switchyard init.",
      author: "switchyard init",
    });
    if ("published" in result) return { version: result.published.version, published: true };
    return { version: result.current, published: false };
  });
}
