/**
 * Codes that were sent to somebody, told in a sentence: "the code from the SMS is 482193". What stands around the number
 * must say that it was sent, or is for signing in: a bare "code" may be an error's or a discount's.
 */
import type { Span } from "./redact.ts";

const WORD =
  /(?<![\p{L}\p{N}_-])(?:codes?|código|codice|kod(?:en|e|u)?|kód(?:ot)?|cod(?:ul)?|koodi|код(?:а|ом)?|mã|otp|tan|pass-?codes?|\p{L}{2,16}-?(?:code|kode|kod|passwort|kennwort))(?![\p{L}\p{N}_-])|コード|番号|验证码|驗證碼|번호|코드|رمز|קוד|รหัส/giu;

/** Sent, and for whom: in the words between and around. */
const SENT =
  /(?<!\p{L})(?:sms|text(?:ed| message)?|whats ?app|e-?mailed|received?|got|sent|send|mfa|2fa|two[- ]factor|otp|einmal\p{L}*|one[- ]time|authenticator|verif\p{L}{2,12}|verificatie\p{L}*|bestätigungs\p{L}*|sicherheits\p{L}*|anmelde\p{L}*|log-?in|sign[- ]?in|erhalten|bekommen|bekam|geschickt|gesendet|reçue?|envoyée?|arrivé|recibid[oa]|llegó|enviaron|enviad[oa]|recebi|enviaram|ricevut[oa]|arrivat[oa]|mandat[oa]|kreeg|ontvangen|gestuurd|otrzyma\p{L}{2,4}|dosta\p{L}{2,4}|wysłali\p{L}*|fick|modtog|fikk|dostal\p{L}?|přiš\p{L}+|kaptam|primit|gelen|aldım|пришел|пришёл|прислал\p{L}?|получил\p{L}?|смс|diterima|dikirim|nhận|gửi)(?!\p{L})|届いた|送られ|受け取った|认证|验证|驗證|収到|收到|发给|받은|보내|وصل|التحقق|שקיבלתי|ส่ง/iu;

/** Codes that everybody may read. */
const OF_THINGS =
  /(?<!\p{L})(?:error|status|response|http|exit|fehler\p{L}*|erreur|discount|promo\p{L}*|rabatt\p{L}*|gutschein\p{L}*|voucher|coupon|gift\p{L}*|referral|invite|postal|post\p{L}*|zip|plz|area|dial\p{L}*|country|länder\p{L}*|qr|bar|source|quell\p{L}*|product\p{L}*|produkt\p{L}*|artikel\p{L}*|item|sku|order|bestell\p{L}*|booking|buchungs\p{L}*|reservation|tracking|sendungs\p{L}*|colou?r|currency|tax|cost|swift|reason|descuento|cupón|desconto|sconto|kortings\p{L}*|remise|réduction)(?!\p{L})/iu;

const NUMBER =
  /(?<![\p{Script=Latin}\d.,€$£#/-])(?:\d{3}[ -]\d{3}(?![ -]\d)|\d{4,8})(?![\d.,]?\d|[\p{Script=Latin}/-])/u;
/** A year is one of the most frequent numbers of four digits. */
const YEAR = /^(?:19|20)\d\d$/;

/** "Use 482193 as your verification code" */
const BEFORE_WORD =
  /(?<![\p{L}\d.,€$£#/-])(?:[A-Z]-)?(\d{4,8}) (?:is|as|ist|als|est|comme|es|como|é|è|come|to|jest|je|er|är|on|adalah|это)(?: (?:your|my|the|a|an?|ihr|dein|mein|der|votre|mon|le|su|mi|tu|el|il|tuo|o|seu|meu|uw|je|din)){0,2} (?:\p{L}[\p{L}-]{1,15} ){0,2}?(?:[\p{L}-]{0,16}(?:code|kode|kod|koodi)|pin|otp|código|codice|код|mã)(?!\p{L})/giu;

/** As far as a sentence goes around its code. */
const REACH = 60;
const AROUND = 30;

export function oneTimeCodeSpans(plain: string): Span[] {
  return [
    ...Array.from(plain.matchAll(BEFORE_WORD), ({ 0: whole, 1: value = "", index }) =>
      OF_THINGS.test(whole) ? [] : [spanOf(index + whole.indexOf(value), value)],
    ),
    ...Array.from(plain.matchAll(WORD), ({ 0: word, index }) => codeAfter(plain, word, index)),
  ].flat();
}

function codeAfter(plain: string, word: string, index: number): Span[] {
  const end = index + word.length;
  const [sentence = ""] = /^[^\n.;!?]*/u.exec(plain.slice(end, end + REACH)) ?? [];
  const number = NUMBER.exec(sentence);
  if (number === null || YEAR.test(number[0])) return [];
  const from = plain.slice(Math.max(0, index - AROUND), end);
  const before = /[^\n.;!?]*$/u.exec(from)?.[0] ?? "";
  if (OF_THINGS.test(before + sentence)) return [];
  return SENT.test(before) || SENT.test(sentence) ? [spanOf(end + number.index, number[0])] : [];
}

const spanOf = (start: number, value: string): Span => ({ start, end: start + value.length, kind: "secret" });
