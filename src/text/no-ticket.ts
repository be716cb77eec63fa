/**
 * Formal signs that nobody waits for an answer: a mail server speaks, an absent colleague's mail program, a calendar, a
 * newsletter, or somebody who wants to sell to the company. Two signs of a kind are needed, so that a customer who asks
 * about a bounce, a meeting or a newsletter stays a customer. Pure, and in time that grows with the text alone.
 */
import { fold } from "./fold.ts";
import {
  APPROACH,
  AUTO_REPLY_SUBJECT,
  AWAY,
  BACK,
  BOUNCE_BODY,
  BOUNCE_SUBJECT,
  CALENDAR_BODY,
  CALENDAR_SUBJECT,
  MEANWHILE,
  NEWSLETTER,
  OFFERED,
  RECEIVED,
  SCAM,
  UNATTENDED,
  UNSUBSCRIBE,
} from "./no-ticket-words.ts";

export type NoTicket = "bounce" | "auto_reply" | "calendar" | "newsletter" | "selling";

/** What machines have to say stands at the top; sellers and newsletters need more room. Characters. */
const READ = { subject: 300, head: 700, body: 6_000 } as const;
/** Who is away says no more than that. */
const LONGEST_AWAY = 1_500;

const folded = (words: string): RegExp => new RegExp(words, "u");
/** Some mail programs put their own word before the subject, and mailing lists a name in brackets. */
const atStart = (words: string): RegExp => new RegExp(`^(?:\\[[^\\]]{1,40}\\] ?)?(?:${words})`, "u");

const SUBJECTS = {
  bounce: atStart(BOUNCE_SUBJECT),
  autoReply: atStart(`(?:${AUTO_REPLY_SUBJECT}) ?(?:[:：]|$|[-–—(|])`),
  calendar: atStart(`(?:${CALENDAR_SUBJECT}) ?[:：]`),
};
const BODY = {
  bounce: BOUNCE_BODY.map(folded),
  away: [AWAY, BACK, MEANWHILE].map(folded),
  calendar: folded(CALENDAR_BODY),
  unsubscribe: folded(UNSUBSCRIBE),
  newsletter: NEWSLETTER.map(folded),
  offered: OFFERED.map(folded),
  approach: APPROACH.map(folded),
  scam: SCAM.map(folded),
  received: folded(RECEIVED),
  unattended: folded(UNATTENDED),
};
/** A customer's own question about what a machine wrote. */
const ASKS = new RegExp(
  [
    "[?？؟]|\\b(?:why|please help|can you|could you|warum|pourquoi|por que|perche|waarom)\\b",
    "\\b(?:please|kindly|bitte) (?:re-?)?(?:send|fix|deliver|refund|cancel|change|give|mend|repair|ship|update|senden|schicken|liefern|andern)\\b",
    "\\b(?:does ?n.t|can ?not|can.t|won.t|doesn't) (?:be )?(?:open|work|load|find|join)|\\b(?:is broken|not working|funktioniert nicht|geht nicht)\\b",
  ].join("|"),
  "u",
);

const SPEAKS_OF_SELF =
  /(?:^|[ "'])(?:i|i'(?:m|ve|d)|my|me|ich|mein\w*|mir|je|j'ai|mon|ma|mes|mi|yo|io|mio|mia|ik|mijn|eu|meu|minha)(?=[ ,.!]|$)/u;
/** Characters before what a program has to say: "Dear Mr. Miller," */
const LONGEST_GREETING = 60;
const PASSED_ON =
  /^(?:fwd?|wg|tr|rv|enc|doorst|re|aw|sv|antw) ?:|forwarded message|original message|weitergeleitete nachricht|message transfere|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht/u;

/** @returns what it is; null: nothing speaks against a customer */
export function noTicketIn({
  subject,
  description,
}: {
  readonly subject: string;
  readonly description: string;
}): NoTicket | null {
  const title = flat(subject.slice(0, READ.subject));
  const body = flat(description.slice(0, READ.body));
  const head = body.slice(0, READ.head);
  const own = head.slice(0, READ.head / 3);
  if (isBounce(title, head, own)) return "bounce";
  if (isAutoReply(title, head, body) || isReceipt(head, own)) return "auto_reply";
  if (
    /^begin:vcalendar/u.test(body) ||
    (SUBJECTS.calendar.test(title) && BODY.calendar.test(body) && !ASKS.test(own.replace(/\?/g, "")))
  )
    return "calendar";
  const last = body.slice(-READ.head * 2);
  // Who passes a newsletter on has something to say about it.
  if (
    !PASSED_ON.test(`${title}\n${head}`) &&
    BODY.unsubscribe.test(last) &&
    count(BODY.newsletter, body) >= 2
  )
    return "newsletter";
  return isSelling(`${title}\n${body}`) ? "selling" : null;
}

/** "I found your site and like your mobile app" has one sign of each, and is a customer. */
function isSelling(text: string): boolean {
  const [offered, approach] = [count(BODY.offered, text), count(BODY.approach, text)];
  return count(BODY.scam, text) >= 2 || (offered >= 1 && approach >= 1 && offered + approach >= 3);
}

/** It begins so; who complains that nothing else ever came begins otherwise, and speaks of themselves. */
function isReceipt(head: string, own: string): boolean {
  const begins = head.search(BODY.received);
  return (
    begins >= 0 &&
    begins <= LONGEST_GREETING &&
    BODY.unattended.test(head) &&
    !ASKS.test(own) &&
    !SPEAKS_OF_SELF.test(head)
  );
}

function isBounce(title: string, head: string, own: string): boolean {
  const signs = count(BODY.bounce, head);
  if (SUBJECTS.bounce.test(title)) return signs >= 1 && !ASKS.test(own);
  return signs >= 2 && BODY.bounce.some((sign) => sign.test(own)) && !ASKS.test(own);
}

function isAutoReply(title: string, head: string, body: string): boolean {
  if (body.length > LONGEST_AWAY || ASKS.test(head.slice(0, READ.head / 3))) return false;
  const signs = count(BODY.away, head);
  return SUBJECTS.autoReply.test(title)
    ? signs >= 1 || body.length < 300
    : BODY.away[0]?.test(head) === true && signs === 3;
}

/** Letters that are no other letter with an accent. */
const PLAIN: Readonly<Record<string, string>> = { ı: "i", ł: "l", ø: "o", đ: "d", æ: "ae", œ: "oe" };
const flat = (text: string): string =>
  fold(text)
    .replace(/[ıłøđæœ]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, " ")
    .trim();

const count = (signs: readonly RegExp[], text: string): number =>
  signs.filter((sign) => sign.test(text)).length;
