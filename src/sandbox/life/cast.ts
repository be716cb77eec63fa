/** Who writes, about what and how: one customer's ticket before anybody has seen it. */
import { type Fate, fateOf, type Habits } from "./fate.ts";
import { createRandom, pick, type Random } from "./random.ts";
import { type Channel, channelAt } from "./week.ts";
import { phrasesFor, SPAM, wordedAs } from "./wording.ts";

/** A labelled ticket that customers' tickets are made of. */
export interface Matter {
  readonly subject: string;
  readonly description: string;
  readonly intent: string;
  /** The group that should work on it, by name. */
  readonly group: string;
  /** BCP-47; null when unknown. */
  readonly language: string | null;
}

/** What the simulation knows of a ticket, and the router has to find out. */
export interface Truth extends Matter {
  readonly channel: Channel | "side_conversation";
  /** False for spam, and for what agents ask each other: no group is right for it. */
  readonly hasGroup: boolean;
}

export interface Part {
  readonly at: number;
  readonly channel: Channel;
  readonly truth: Truth;
  readonly requester: { readonly name: string; readonly email: string; readonly locale: string };
  readonly fate: Fate;
}

export const NO_TICKET = "not_a_ticket";

/** Each ticket has chance of its own: what one does is nothing to the next. */
export function partFor(
  { index, at, seed }: { index: number; at: number; seed: string },
  matters: readonly Matter[],
  habits: Habits,
): Part {
  const random = createRandom(`${seed}:${index}`);
  const channel = channelAt(at, random);
  const chosen = pick(matters, random);
  const drawn = fateOf(random, habits);
  // Nobody calls to sell backlinks.
  const fate = drawn.end === "spam" && channel !== "email" ? { ...drawn, end: "solved" as const } : drawn;
  const isSpam = fate.end === "spam";
  const matter = isSpam ? { ...pick(SPAM, random), intent: NO_TICKET, group: "", language: "en" } : chosen;
  const phrases = phrasesFor(matter.language);
  const name = pick(phrases.names, random);
  const style = { phrases, name, isChat: channel === "native_messaging" };
  const description = isSpam ? matter.description : wordedAs(matter.description, style, random);
  return {
    at,
    channel,
    truth: { ...matter, description, channel, hasGroup: !isSpam },
    requester: { name, email: addressOf(index, random), locale: matter.language ?? "en-US" },
    fate,
  };
}

const HOSTS = ["mailbox.example", "post.example", "northwind.example", "helix.example", "correo.example"];

const addressOf = (index: number, random: Random): string => `customer.${index + 1}@${pick(HOSTS, random)}`;
