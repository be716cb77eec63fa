/** The proposal of groups, shown and talked over. */
import { type RoutingTable, rowsOf } from "../triage/routing-table.ts";
import { type GroupMatch, type NamedGroup, type Proposal, unusedGroups } from "./init-groups.ts";
import { spoken } from "./output.ts";
import type { Prompts } from "./prompts.ts";

const USE = "use";
const ONE_INTENT = "intent";
/** Names are free, so the choices that are teams carry a mark. */
const TEAM = "team ";
const SHOWN_UNUSED = 12;

/** Until the person at the terminal is content. */
export async function askGroups(
  table: RoutingTable,
  groups: readonly NamedGroup[],
  proposed: { readonly matches: readonly GroupMatch[]; readonly fallback: string | undefined },
  prompts: Prompts,
): Promise<Proposal> {
  const choices = groups.map(({ name }) => ({ value: name, label: spoken(name) }));
  const fallback = await prompts.choose(
    "Which group gets the tickets that nobody could place?",
    choices,
    proposed.fallback,
  );
  let proposal: Proposal = { matches: proposed.matches, fallback, rows: new Map() };
  for (;;) {
    prompts.explain(matchLines(proposal).join("\n"), "Teams of the table → your groups");
    const remark = remarkOn(proposal, unusedGroups(table, groups, proposal));
    if (remark !== null) prompts.warn(remark);
    const answer = await prompts.choose("Use these groups? (Each can be changed in the console later.)", [
      { value: USE, label: "Yes, use these" },
      { value: ONE_INTENT, label: "Choose a group for a single intent" },
      ...proposal.matches.map(({ wanted }) => ({
        value: TEAM + wanted,
        label: `Choose another group for ${wanted}`,
      })),
    ]);
    if (answer === USE) return proposal;
    proposal =
      answer === ONE_INTENT
        ? await withIntent(table, proposal, choices, prompts)
        : await withTeam(answer.slice(TEAM.length), proposal, choices, prompts);
  }
}

type Choices = Parameters<Prompts["choose"]>[1];

async function withTeam(
  team: string,
  proposal: Proposal,
  choices: Choices,
  prompts: Prompts,
): Promise<Proposal> {
  const present = proposal.matches.find(({ wanted }) => wanted === team)?.found ?? proposal.fallback;
  const found = await prompts.choose(`${team} → which of your groups?`, choices, present);
  const matches = proposal.matches.map((match) =>
    match.wanted === team ? { wanted: team, found, by: null } : match,
  );
  return { ...proposal, matches };
}

async function withIntent(
  table: RoutingTable,
  proposal: Proposal,
  choices: Choices,
  prompts: Prompts,
): Promise<Proposal> {
  const id = await prompts.choose(
    "Which intent?",
    rowsOf(table).map((row) => ({ value: row.id, label: `${row.category.name}: ${row.name}` })),
  );
  const group = await prompts.choose(
    "Its tickets go to which of your groups?",
    choices,
    proposal.rows.get(id),
  );
  return { ...proposal, rows: new Map([...proposal.rows, [id, group]]) };
}

export const matchLines = ({ matches, fallback, rows }: Proposal): string[] => [
  ...matches.map(({ wanted, found, by }) => {
    if (found === null) return `${wanted} → ${spoken(fallback)} (no such group: the fallback)`;
    return `${wanted} → ${spoken(found)}${by === "description" ? " (by its description)" : ""}`;
  }),
  ...[...rows].map(([intent, group]) => `intent ${intent} → ${spoken(group)}`),
];

/** What one must know before one says yes; null: nothing. */
export function remarkOn({ matches, fallback, rows }: Proposal, unused: readonly string[]): string | null {
  const nothing = matches.every(({ found }) => found === null) && rows.size === 0;
  const lines = [
    ...(nothing
      ? [
          `None of your groups is like a team of the table, by name or description: every ticket would go to ${spoken(fallback)} until you choose groups.`,
        ]
      : []),
    ...(unused.length === 0 ? [] : [`No row sends to: ${inShort(unused.map(spoken))}.`]),
  ];
  return lines.length === 0 ? null : lines.join("\n");
}

const inShort = (names: readonly string[]): string =>
  names.length <= SHOWN_UNUSED
    ? names.join(", ")
    : `${names.slice(0, SHOWN_UNUSED).join(", ")} and ${names.length - SHOWN_UNUSED} more`;
