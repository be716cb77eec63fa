/** E-mail addresses. Each ends at its last label, so that "me@shop.example." keeps the full stop of the sentence. */
import type { Span } from "./redact.ts";

/** Of Latin letters alone, so that 请联系abc@example.com谢谢 keeps the words around the address. */
const LATIN =
  /[\p{Script=Latin}\p{M}\d._%+-]{1,64}@(?:[\p{Script=Latin}\p{M}\d-]{1,63}\.){1,8}[\p{Script=Latin}\p{M}\d-]{2,63}/gu;
const ANY_SCRIPT =
  /[\p{L}\p{M}\p{N}._%+-]{1,64}@(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,8}[\p{L}\p{M}\p{N}-]{2,63}/gu;
/** Written so that programs should not see it: jane (at) shop (dot) example. */
const SPOKEN =
  /(?<![\w.%+-])[\w.%+-]{1,64} {0,2}[([] ?(?:at|ät|arroba|chiocciola|arobase) ?[)\]] {0,2}[\w-]{1,63}(?:(?:\.| (?:dot|punkt|punto|point|ponto) | {0,2}[([] ?(?:dot|punkt|punto|point|ponto) ?[)\]] {0,2})[\w-]{2,63}){1,4}/gi;

/** As it stands in addresses of pages. */
const ENCODED = /(?<![\w.+-])[\w.+-]{1,64}%(?:25){0,3}40(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,63}/g;

/** A blank before or behind the sign, as phones correct it: jane.doe @ shop.example. */
const SPACED =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{2,64}(?: @ ?| ?@ )(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}(?![\p{L}\p{N}])/gu;

const DOT = "(?:dot|punkt|punto|point|ponto|punt|punct|pont|nokta|piste|kropka|tečka|bodka|точка|крапка)";
/** What no language says of anything else. */
const SIGN =
  "(?:ät|at-zeichen|klammeraffe|arroba|arobase|chiocciola|apenstaart(?:je)?|snabel-?a|kanelbulle|miukumauku|małpa|zavináč|kukac|et işareti|собака|равлик)";
const HOST_PART = String.raw`[\p{L}\p{N}-]{1,63}`;
/** "arroba" settles it, and so does a "dot" on both sides of an "at". */
const SPELLED = new RegExp(
  String.raw`(?<![\p{L}\p{N}._%+-])(?:[\p{L}\p{N}._%+-]{1,64}(?: ${DOT} [\p{L}\p{N}_-]{1,40}){0,3} ${SIGN} ${HOST_PART}(?:(?: ${DOT} |\.)[\p{L}\p{N}]{2,20}){1,3}` +
    String.raw`|[\p{L}\p{N}._%+-]{1,64}(?: ${DOT} [\p{L}\p{N}_-]{1,40}){1,3} at ${HOST_PART}(?: ${DOT} [a-z]{2,20}){1,3})(?![\p{L}\p{N}-])`,
  "giu",
);
/** "peter at shop dot com"; the first word decides whether somebody is written to or looks at something. */
const SPELLED_AT = /(?<![\w.%+-])([\w.%+-]{1,64}) at [\w-]{1,63}(?: dot [a-z]{2,20}){1,3}(?![\w-])/gi;
const CUE = /(?:mail|write to|reach me|contact|address|:)[^\n]{0,12}$/i;
const CUE_CHARACTERS = 24;
const NOBODY = new Set(
  "a about account again all am an and any anybody anyone app are arrive arrived available aim based be been being best bought browse buy buying call called check checked checking click come comes course created customer customers day domain down everyone find first for found get glance go got have here him hosted i in is it item items its laugh learn least listed live located log logged login look looked looking looks mad me meet meeting met more most new now nobody not off on once one online open or order ordered ordering orders out page pages paid people pointed portal price prices products read register registered right see seen sell sells shop shopped shopping sign signed site somebody someone sold stand starts stay staff store stuff subscribe subscribed team that the them there these they this those time up us user users visit was we web website went were with work worked working works you".split(
    " ",
  ),
);
const isEnding = (host: string): boolean => /(?: dot (?!dot|com\w)[a-z]{2,6}| dot com)$/i.test(host);

const spansOf = (matches: Iterable<RegExpExecArray>): Span[] =>
  Array.from(matches, ({ 0: found, index }) => ({ start: index, end: index + found.length, kind: "email" }));

export const emailSpans = (plain: string): Span[] =>
  plain.includes("@") ? spansOf(plain.matchAll(LATIN)) : [];

export const encodedEmailSpans = (plain: string): Span[] =>
  plain.includes("40") && plain.includes("%") ? spansOf(plain.matchAll(ENCODED)) : [];

/** Addresses in other scripts; to be called when the Latin ones are gone. */
export const otherEmailSpans = (plain: string): Span[] =>
  /[^\p{ASCII}]@|@[^\p{ASCII}]/u.test(plain) ? spansOf(plain.matchAll(ANY_SCRIPT)) : [];

export const spokenEmailSpans = (plain: string): Span[] => spansOf(plain.matchAll(SPOKEN));
export const spacedEmailSpans = (plain: string): Span[] =>
  plain.includes("@") ? spansOf(plain.matchAll(SPACED)) : [];
export const spelledEmailSpans = (plain: string): Span[] => spansOf(plain.matchAll(SPELLED));
/** "jane_doe at gmail": a name as no sentence has one. */
const AT_PROVIDER =
  /(?<![\w.%+-])(?=[\w.%+-]{0,63}[\d._])[\w.%+-]{3,64} at (?:gmail|g ?mail|googlemail|outlook|hotmail|yahoo|icloud|gmx|web\.de|proton(?:mail)?|live|aol)(?![\w-])/gi;

export const spelledAtSpans = (plain: string): Span[] =>
  spansOf([
    ...plain.matchAll(AT_PROVIDER),
    ...Array.from(plain.matchAll(SPELLED_AT)).filter(
      ({ 0: found, 1: first = "", index }) =>
        CUE.test(plain.slice(Math.max(0, index - CUE_CHARACTERS), index)) ||
        (isEnding(found) && !NOBODY.has(first.toLowerCase())),
    ),
  ]);
