/** What an inspection guesses with: the table that ships, and the classifier of this machine. */
import type { Readers } from "../inspection/collect.ts";
import type { Findings } from "../inspection/inspection.ts";
import type { Now } from "../ports/now.ts";
import { languageOf } from "../retrieval/language.ts";
import { createLocalClassifier } from "../retrieval/local-classifier.ts";
import { isAbstention } from "../triage/routing-table.ts";
import { matchGroups } from "./init-groups.ts";
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

export const groundOf = (
  { table }: RoutingSource,
  groups: readonly { readonly name: string }[],
): Findings["ground"] => {
  const names = groups.map(({ name }) => name);
  return { table, likeGroup: (wanted) => matchGroups([wanted], names)[0]?.found ?? null };
};
