/** What to do about a rule of the account that undid an assignment, in the words of Zendesk's editor. */
import { harmless } from "./plain-text.ts";
import type { RuleName } from "./ticket.ts";

const TITLE_MAX = 120;

/** `The trigger “VIP to Tier 2”`, whatever its title holds. */
export const ruleName = ({ kind, title }: RuleName): string =>
  `The ${kind || "rule"} “${harmless(title, TITLE_MAX)}”`;

/** An automation has no “is created”: it acts on time, so our tags are all that it can be told to respect. */
export const remedyAgainst = ({ kind }: RuleName): string =>
  kind === "automation"
    ? "Add under “Meet ALL”: Ticket > Tags > Contains none of the following > sy_routed sy_review."
    : "Add under “Meet ALL”: Ticket > Ticket > Is > Created; or, if it is meant for updates, Ticket > Tags > Contains none of the following > sy_routed sy_review.";
