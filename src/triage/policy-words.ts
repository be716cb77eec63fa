/** What an admin decides beside the rows, in words for people: the same where it is chosen and where a change is told. */
import { languageName } from "./language-name.ts";
import type { ClassificationPolicy, Policies } from "./policies.ts";

export interface ChoiceWords {
  readonly label: string;
  /** What it does, in a sentence. */
  readonly meaning: string;
}

interface PolicyWords<Choice extends string> {
  /** Which tickets it is about. */
  readonly name: string;
  /** The first one is what a table means that says nothing. */
  readonly choices: Readonly<Record<Choice, ChoiceWords>>;
}

/** The policies that are a choice out of a few. */
export type ChosenPolicy =
  | "agent_created"
  | "side_conversations"
  | "grouped_by_rule"
  | "grouped_by_person"
  | "injection";

const ROUTE: ChoiceWords = { label: "Route them", meaning: "They are routed like any other ticket." };
const NOTE: ChoiceWords = {
  label: "Leave them, with a note",
  meaning: "The group stays; a private note names the one that the table would choose.",
};

export const POLICY_WORDS: { readonly [K in ChosenPolicy]: PolicyWords<Policies[K]> } = {
  agent_created: {
    name: "Tickets that an agent made for somebody",
    choices: {
      route: ROUTE,
      skip: { label: "Leave them alone", meaning: "They stay where the agent put them, without a note." },
    },
  },
  side_conversations: {
    name: "Tickets that a side conversation opened",
    choices: {
      skip: { label: "Leave them alone", meaning: "They stay with whoever the conversation was sent to." },
      route: ROUTE,
    },
  },
  grouped_by_rule: {
    name: "Tickets that a trigger or the customer’s organization gave a group",
    choices: {
      overrule: {
        label: "Route them all the same",
        meaning: "Group and priority of the table replace those that the rule gave.",
      },
      note: NOTE,
      leave: { label: "Leave them alone", meaning: "The group stays, and nothing is written." },
    },
  },
  grouped_by_person: {
    name: "Tickets that a person gave a group",
    choices: {
      leave: { label: "Leave them alone", meaning: "The group stays, and nothing is written." },
      note: NOTE,
    },
  },
  injection: {
    name: "Tickets that seem to give orders to the router",
    choices: {
      review: {
        label: "Let people decide",
        meaning: "They go to review, however sure the classifier is.",
      },
      route: {
        label: "Route them",
        meaning: "They are routed like any other ticket, and tagged sy_injection.",
      },
    },
  },
};

export const choiceWords = <K extends ChosenPolicy>(policies: Policies, key: K): string => {
  const { choices }: PolicyWords<Policies[K]> = POLICY_WORDS[key];
  return choices[policies[key]].label;
};

export const secondLookWords = ({ on_comment, margin }: Policies["retriage"]): string =>
  on_comment ? `when the new answer is surer by ${Number((margin * 100).toFixed(1))} points` : "never";

/** `web for 10 min, email and chat for 5 min`; empty: none waits. */
export const holdWords = (hold: Policies["hold"]): string =>
  hold.map(({ channel, minutes }) => `${channel.join(" and ")} for ${minutes} min`).join(", ");

export const languagesWords = ({ larger_model_languages }: ClassificationPolicy): string =>
  larger_model_languages.map(languageName).join(", ");
