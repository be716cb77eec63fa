/** What an inspection guesses with: the table that ships, and the classifier of this machine. */
import type { Readers } from "../inspection/collect.ts";
import type { Findings } from "../inspection/inspection.ts";
import type { Now } from "../ports/now.ts";
import { languageOf } from "../retrieval/language.ts";
import { createLocalClassifier } from "../retrieval/local-classifier.ts";
import { groupsOf, isAbstention } from "../triage/routing-table.ts";
import { matchGroups, type NamedGroup, wantedGroups } from "./init-groups.ts";
import type { RoutingSource } from "./routing-source.ts";

/** Below it a guess would only make noise. */
const LIKELY = 0.4;

export function readersOf({ table, version }: RoutingSource, now: Now): Readers {
  const { classify } = createLocalClassifier({ now });
  return {
    languageOf,
    async guess(ticket) {
      const answer = await classify(ticket, { version, table });
      if ("refused" in answer) return null;
      const { intent, confidence } = answer;
      return isAbstention(intent) || confidence < LIKELY ? null : intent;
    },
  };
}

export const groundOf = ({ table }: RoutingSource, groups: readonly NamedGroup[]): Findings["ground"] => {
  const matches = matchGroups(wantedGroups(table, groupsOf(table)), groups);
  return { table, likeGroup: (wanted) => matches.find((each) => each.wanted === wanted)?.found ?? null };
};
