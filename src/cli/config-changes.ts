/** A table from outside beside the published one: read, compared, and told before it is taken over. */
import type { RoutingTable } from "../triage/routing-table.ts";
import { type Change, changesBetween } from "../triage/table-changes.ts";
import { type Screen, spoken } from "./output.ts";
import { canAsk, createPrompts } from "./prompts.ts";
import { readAll } from "./reading.ts";
import { tableFromFile, tableFromText } from "./routing-source.ts";
import { EXIT, type Shell, Stop } from "./shell.ts";

/** @param file `-` for standard input. @throws Stop with every problem and its line */
export const tableIn = async (file: string, { stdin }: Shell): Promise<RoutingTable> =>
  (file === "-" ? tableFromText("(standard input)", await readAll(stdin)) : await tableFromFile(file)).table;

export interface Difference {
  readonly same: boolean;
  readonly changes: readonly Change[];
}

export const differenceBetween = (before: RoutingTable, after: RoutingTable): Difference => ({
  same: JSON.stringify(before) === JSON.stringify(after),
  changes: changesBetween(before, after),
});

export const changesToJson = ({ changes }: Difference) =>
  changes.map(({ id, name, whole, fields }) => ({ id, name, whole: whole ?? "changed", fields }));

export function differenceLines({ same, changes }: Difference, { paint }: Screen): string {
  if (same) return "The two tables are the same.";
  if (changes.length === 0) return "Only the order of the rows differs.";
  return changes.flatMap((change) => [paint("bold", titleOf(change)), ...fieldLines(change)]).join("\n");
}

const titleOf = ({ id, name }: Change): string => (id === null ? name : `${spoken(name)} (${id})`);

/** Every field of a row that is new or gone stands against nothing: where it goes says enough. */
function fieldLines({ whole, fields }: Change): string[] {
  const group = fields.find(({ field }) => field === "Group");
  if (whole === "added") return [`  new, goes to ${spoken(group?.after ?? "")}`];
  if (whole === "removed") return [`  gone; it went to ${spoken(group?.before ?? "")}`];
  return fields.map(({ field, before, after }) => `  ${field}: ${spoken(before)} → ${spoken(after)}`);
}

/** @throws Stop (usage) where nobody can be asked, Stop (ok) when the answer is no */
export async function confirmed(question: string, yes: boolean, shell: Shell): Promise<void> {
  if (yes) return;
  if (!canAsk(shell)) throw new Stop(EXIT.usage, "Nobody can be asked here. Add --yes to go on.");
  const prompts = await createPrompts(shell);
  if (!(await prompts.confirm(question, true))) throw new Stop(EXIT.ok, "Nothing was changed.");
}
