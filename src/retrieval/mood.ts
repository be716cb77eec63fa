/**
 * Urgency and sentiment by short word lists: English, German, French, Spanish, Portuguese, Italian, Dutch and Japanese. A
 * rough sense, good enough to sort by; irony and what stands between the lines pass it by.
 */

import { fold } from "../text/fold.ts";
import type { Sentiment } from "../triage/classification.ts";
import type { Priority } from "../triage/ticket.ts";

/** Matched against folded text, so without accents and capitals. `(?<!\p{L})` and `(?!\p{L})` are word ends in any script. */
const list = (words: string): RegExp => new RegExp(`(?<!\\p{Script=Latin})(?:${words})`, "gu");

const CALM = list(
  "not urgent|no (?:hurry|rush)|when(?:ever)? you (?:find|have|get) (?:a moment|time)|nicht (?:dringend|eilig)|keine eile|pas urgent|rien de grave|no es urgente|sin prisa|nao e urgente|non e urgente|senza fretta|niet dringend|geen haast|急ぎではありません",
);
const PRESSING = list(
  "urgent|asap|as soon as possible|immediate|at once|right now|right away|emergency|critical(?!ly acclaimed)|deadline|within the hour|in (?:one|two|\\d+) (?:hours?|minutes?|min)(?!\\p{L})|dringend|sofort|umgehend|notfall|eilt|frist(?!\\p{L})|immediatement|tout de suite|au plus vite|urgence|inmediat|cuanto antes|imediat|o quanto antes|subito|immediat|spoed|onmiddellijk|至急|緊急|今すぐ",
);
const STOPPED = list(
  "outage|standstill|unreachable|is down(?!\\p{L})|are down(?!\\p{L})|(?:nothing|nobody|no one|no employee)\\b.{0,30}\\b(?:work|sign|log|reach|load)|hacked|ransomware|data breach|being encrypted|losing (?:money|thousands|customers)|totalausfall|steh(?:t|en) still|gehackt|nichts geht|niemand .{0,20}(?:arbeiten|anmelden)|en panne|pirate|hackead|hackerato|violato|gehackt|全社|停止|障害",
);

/** @param text bounded by the caller */
export function urgencyOf(text: string): Priority {
  const folded = fold(text);
  if (distinct(folded, CALM) > 0) return "low";
  const pressing = distinct(folded, PRESSING);
  const stopped = distinct(folded, STOPPED);
  if (stopped > 1 || (stopped > 0 && pressing > 0) || pressing > 2) return "urgent";
  return stopped + pressing > 0 ? "high" : "normal";
}

const BITTER = list(
  "unacceptable|outrageous|furious|disgust|worst|useless|awful|ridiculous|fed up|had it|horrible|terrible|scam artists|losing my mind|unverschamt|frechheit|katastroph|inakzeptabel|unmoglich!|inadmissible|scandaleux|honteux|inaceptable|verguenza|pesim|inaceitavel|vergonha|inaccettabile|vergogna|onacceptabel|schandalig|最悪|ひどい",
);
const UNHAPPY = list(
  "disappoint|angry|annoy|frustrat|unhappy|dissatisf|complain|rude|unfortunately|still (?:no|not|nothing|waiting)|nobody (?:answers|calls)|broken promise|enttausch|unzufrieden|verarger|beschwer|immer noch (?:nicht|kein)|leider|decu|mecontent|plainte|malheureusement|decepcion|molest|queja|insatisfeit|reclama|infelizmente|delus|arrabbiat|purtroppo|teleurgesteld|ontevreden|klacht|helaas|困って|残念|苦情",
);
const PLEASED = list(
  "thank you so much|many thanks|wonderful|great (?:product|job|work|service|team)|love (?:it|your)|excellent|fantastic|amazing|awesome|pleasure|well done|happy with|satisfied|recommend you|keep going|grosses lob|toll(?!\\p{L})|super(?!\\p{L})|begeistert|rundum zufrieden|merci beaucoup|formidable|bravo|excelente|encantad|genial|otimo|adorei|muito obrigad|ottimo|complimenti|grazie mille|geweldig|fantastisch|tevreden over|素晴らしい|ありがとうございました",
);

/** @param text bounded by the caller */
export function sentimentOf(text: string): Sentiment {
  const folded = fold(text);
  const bitter = distinct(folded, BITTER);
  // Several sad words are still one disappointment; bitter ones add up.
  const unhappy = Math.min(1, distinct(folded, UNHAPPY));
  const pleased = distinct(folded, PLEASED);
  const score = pleased - unhappy - 2 * bitter - (shouts(text) && pleased === 0 ? 1 : 0);
  if (score <= -2) return "very_negative";
  if (score < 0) return "negative";
  if (score === 0) return "neutral";
  return score >= 2 ? "very_positive" : "positive";
}

/** Three words in capitals in a row, or three exclamation marks. */
const shouts = (text: string): boolean =>
  /(?<!\p{Lu})(?:\p{Lu}{2,}[ ,.!']+){2}\p{Lu}{2}/u.test(text) || /[!！]{2,}/.test(text);

const distinct = (text: string, words: RegExp): number => new Set(text.match(words) ?? []).size;
