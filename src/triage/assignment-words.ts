/** Below the group, in words for people. */
import type { Assignment } from "./assignment.ts";
import type { ChoiceWords } from "./policy-words.ts";

/** `zendesk`: the row has no assignment. */
export type AssignTo = Assignment["to"] | "zendesk";

export const ASSIGN_WORDS: Readonly<Record<AssignTo, ChoiceWords>> = {
  zendesk: {
    label: "Leave it to Zendesk",
    meaning: "The whole group has the ticket, and the account’s own settings say who takes it.",
  },
  omnichannel: {
    label: "Omnichannel routing",
    meaning: "Zendesk chooses, by availability, capacity and skills, once our update carries its tag.",
  },
  round_robin: {
    label: "A person, by turns",
    meaning:
      "Among the group’s members who are available and inside their schedule. If nobody is, the whole group has it.",
  },
  fewest_open: {
    label: "Whoever has fewest open tickets",
    meaning: "Among those same members; by turns between those who have equally many.",
  },
};

/** `A person, by turns; the customer’s last agent first; back after 60 minutes`. */
export function assignmentWords(assign: Assignment | undefined): string {
  const { label } = ASSIGN_WORDS[assign?.to ?? "zendesk"];
  return [label, ...(assign === undefined ? [] : detailsOf(assign))].join("; ");
}

function detailsOf(assign: Assignment): string[] {
  if (assign.to === "omnichannel")
    return [
      ...(assign.tag === undefined ? [] : [`tag ${assign.tag}`]),
      ...(assign.skills.length === 0 ? [] : [`skills ${assign.skills.join(" ")}`]),
    ];
  return [
    ...(assign.returning_customer ? ["the customer’s last agent first"] : []),
    ...(assign.return_after_minutes === undefined
      ? []
      : [`back to the group after ${assign.return_after_minutes} minutes`]),
  ];
}
