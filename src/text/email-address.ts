/** E-mail addresses. Each ends at its last label, so that "me@shop.example." keeps the full stop of the sentence. */
import type { Span } from "./redact.ts";

/** Of Latin letters alone, so that 请联系abc@example.com谢谢 keeps the words around the address. */
const LATIN =
  /[\p{Script=Latin}\p{M}\d._%+-]{1,64}@(?:[\p{Script=Latin}\p{M}\d-]{1,63}\.){1,8}[\p{Script=Latin}\p{M}\d-]{2,63}/gu;
const ANY_SCRIPT =
  /[\p{L}\p{M}\p{N}._%+-]{1,64}@(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,8}[\p{L}\p{M}\p{N}-]{2,63}/gu;
/** Written so that programs should not see it: jane (at) shop (dot) example. */
const SPOKEN =
  /(?<![\w.%+-])[\w.%+-]{1,64} {0,2}[([] ?(?:at|ät|arroba|chiocciola|arobase) ?[)\]] {0,2}[\w-]{1,63}(?:(?:\.| {0,2}[([] ?(?:dot|punkt|punto|point|ponto) ?[)\]] {0,2})[\w-]{2,63}){1,4}/gi;

/** Said aloud, so to speak: "mail jane dot doe at shop dot example"; not "look at shop dot example". */
const SPELLED =
  /(?<=(?:mail|write to|reach me|contact|address|:)[^\n]{0,12}(?<![\w.%+-]))[\w.%+-]{1,64}(?: dot [\w-]{1,40}){0,3} at [\w-]{1,63}(?: dot [a-z]{2,20}){1,3}(?![\w-])/gi;

const spansOf = (matches: Iterable<RegExpExecArray>): Span[] =>
  Array.from(matches, ({ 0: found, index }) => ({ start: index, end: index + found.length, kind: "email" }));

export const emailSpans = (plain: string): Span[] =>
  plain.includes("@") ? spansOf(plain.matchAll(LATIN)) : [];

/** Addresses in other scripts; to be called when the Latin ones are gone. */
export const otherEmailSpans = (plain: string): Span[] =>
  /[^\p{ASCII}]@|@[^\p{ASCII}]/u.test(plain) ? spansOf(plain.matchAll(ANY_SCRIPT)) : [];

export const spokenEmailSpans = (plain: string): Span[] => spansOf(plain.matchAll(SPOKEN));
export const spelledEmailSpans = (plain: string): Span[] => spansOf(plain.matchAll(SPELLED));
