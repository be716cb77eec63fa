/**
 * Whether a ticket says what it wants at all. "Hello", "see attachment" and "please call me back" are for people: no
 * reading of them is better than a guess. Pure, and in time that grows with the text alone.
 */
import { fold } from "./fold.ts";

/** Longer texts say something. Characters. */
const LONGEST = 240;

/** Greetings, thanks, signs of politeness and of an earlier conversation, in the languages of the shipped table and some more. */
const EMPTY = new Set(
  `a about above after again agreed all already also am an and any anyone back anybody are as asap at attached attachment
  attachments be been below best but by call called can cheers could dear details discussed do does   ever enclosed email enquiry everyone follow following followup for forward from further fwd fw re good got
  greetings had has have hello help here hey hi hope how i if in is issue it its just kind kindly last
  let mail many may me message month morning afternoon evening my need no not now of ok okay on one or
  our please pls plz point previous problem question questions quick regarding regards reply request
  respectfully same see sent sincerely sir madam so soon some somebody someone something still subject support talk
  talked test testing thank thanks that the them there they thing things this to today tomorrow up urgent us very
  was we week well were what when will with would yes yesterday you your yours ticket colleague spoke earlier   anruf anrufen anhang anbei bitte danke dank dringend frage fragen guten tag hallo hilfe ich ihr ihre sie mich mir mit
  mfg freundlichen grussen gruss liebe lieber morgen nachricht ruckruf rufen siehe sehr geehrte geehrter damen und herren
  an in im der die das den zuruck wie besprochen weiter wegen um eine einen kurz hier vielen
  bonjour bonsoir salut merci svp plait voir piece jointe jointes ci joint appelez rappelez moi rappeler suite
  convenu comme voici les cordialement besoin aide question urgent le la de un une je vous me s il
  hola buenos buenas dias tardes gracias favor por adjunto adjunta archivo ver llamar llamame llamenme quedo espera la
  necesito ayuda consulta pregunta saludos urgente el que a
  ola bom boa dia tarde obrigado obrigada anexo segue ajuda preciso duvida
  ciao buongiorno grazie allegato allegata vedi vedere chiamatemi aiuto domanda cordiali saluti
  goedendag bedankt bijlage zie bel terug vraag hulp graag groet groeten met vriendelijke
  dzien dobry dziekuje zalaczniku prosze o kontakt pomoc pytanie merhaba selam tesekkurler yardim ekte soru
  здравствуйте привет спасибо помогите вопрос перезвоните мне пожалуйста добрый день во вложении`.split(
    /\s+/,
  ),
);
/** Keys that somebody has tried, and numbers without a word. */
const NOISE =
  /^(?:\p{N}+|(\p{L})\1*|(?:asdf\p{L}*|qwert\p{L}*|qwertz|test+|xyz|abc|lorem|ipsum|blah|foo|bar|hm+|h+a+(?:ha)*|lol))$/u;
/** In scripts without blanks the whole is compared. */
const EMPTY_WHOLE =
  /^(?:こんにちは|お世話になっております|よろしくお願いします|お願いします|助けて(?:ください)?|添付(?:を|の通り|ファイル)?(?:ご確認ください)?|你好|您好|谢谢|在吗|请回电|안녕하세요|감사합니다|문의(?:드립니다|합니다)?|도와주세요|연락 ?주세요|สวัสดี(?:ค่ะ|ครับ)?|ขอบคุณ(?:ค่ะ|ครับ)?|مرحبا|السلام عليكم|شكرا|مساعدة)$/u;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** @returns false as soon as a single word could be about something */
export function saysLittle({
  subject,
  description,
}: {
  readonly subject: string;
  readonly description: string;
}): boolean {
  if (subject.length + description.length > LONGEST) return false;
  return [subject, description].map((part) => fold(part).trim()).every(isEmpty);
}

const isEmpty = (part: string): boolean =>
  EMPTY_WHOLE.test(part.replace(/[\s\p{P}]+$/u, "")) ||
  (part.match(WORD) ?? []).every((word) => EMPTY.has(word) || NOISE.test(word));
