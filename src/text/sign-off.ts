/** What stands under every mail of a person or a company: signature, "Sent from my phone", legal words. */
import { CLOSING, SENT_FROM } from "./mail-words.ts";
import { saysSomething } from "./readable.ts";

const LINE_CHARACTERS = 160;
/** More than this below the mark is no signature. */
const SIGNATURE_LINES = 15;
const AFTER_CLOSING_LINES = 8;

/** Unchanged when nothing else is in it. */
export function withoutSignOff(text: string): string {
  const lines = withoutSignature(
    withoutLegalWords(text)
      .split("\n")
      .filter((line) => line.length > LINE_CHARACTERS || !SENT_FROM.test(line.trim())),
  );
  const result = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return saysSomething(result) ? result : text;
}

/** From the last "-- " on, and from the last "Kind regards" when only a name and an address follow. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const mark = lines.findLastIndex((line) => /^(?:--|—|__+)\s?$/.test(line));
  const marked = mark > 0 && lines.length - mark <= SIGNATURE_LINES ? lines.slice(0, mark) : lines;
  const closing = marked.findLastIndex((line) => line.length <= LINE_CHARACTERS && CLOSING.test(line.trim()));
  if (closing <= 0) return marked;
  const below = marked.slice(closing + 1).filter((line) => line.trim() !== "");
  return below.length <= AFTER_CLOSING_LINES && below.every(isAddressLine)
    ? marked.slice(0, closing)
    : marked;
}

/** A name, a title, an address; not "PS: …" and no sentence. */
const isAddressLine = (line: string): boolean =>
  line.length <= LINE_CHARACTERS / 2 && !/^\s*p\.?\s?s\b|[?!。？]|[.]\s*$/iu.test(line);

const CONFIDENTIAL =
  /confidential|privileged|vertraulich|confidentiel|confidencia[li]|riservat|vertrouwelijk|konfidentiell|fortrolig|poufn|důvěrn|конфиденциальн|gizli|機密|保密|机密|기밀/iu;
const RECIPIENT =
  /recipient|addressee|intended (?:only )?for|empfänger|adressat|destinatair|destinatari|destinatári|geadresseerde|ontvanger|mottagare|mottaker|modtager|adresat|получател|alıcı|受信者|宛先|收件人|수신인/iu;
const FORBIDDEN =
  /delete|destroy|disclos|disseminat|unauthori[sz]ed|prohibited|in error|lösch|vernicht|unbefugt|untersagt|irrtümlich|supprim|détrui|interdit|par erreur|elimin|borr|prohib|proib|por error|por engano|cancell|vietat|per errore|verwijder|verboden|radera|slett|usuń|usunię|smaž|удал|siliniz|削除|破棄|删除|刪除|삭제/iu;
const ENVIRONMENT =
  /consider the environment before printing|umwelt.{1,60}(?:drucken|ausdruck)|avant d['’]imprimer/iu;
/** What the customer's own mail server puts above every mail from outside. */
const EXTERNAL =
  /\bextern|outside (?:of )?(?:the|your|our)|außerhalb|hors de|en dehors de|fuera de|fora da|buiten (?:de|uw|onze)|esterno all|utanför|udefra|spoza|外部/iu;
const SENDER =
  /e-?mail|message|sender|organi[sz]ation|nachricht|absender|courriel|expéditeur|correo|remitente|remetente|messaggio|mittente|afzender|bericht|avsändare|afsender|nadawc|メール|邮件/iu;
const WARNING =
  /caution|warning|achtung|vorsicht|attention|prudence|cuidado|precaución|atenção|attenzione|let op|varning|advarsel|uwaga|do not (?:click|open)|don['’]t (?:click|open)|klicken sie (?:nicht|keine)|ne cliquez pas|no haga clic|não clique|non cliccare|注意/iu;
const BANNER_CHARACTERS = 500;
const isBanner = (paragraph: string): boolean =>
  paragraph.length < BANNER_CHARACTERS &&
  EXTERNAL.test(paragraph) &&
  SENDER.test(paragraph) &&
  WARNING.test(paragraph) &&
  !/\?\s*$/.test(paragraph);

const LEGAL_CHARACTERS = 3_000;

/** A paragraph is legal boilerplate when it speaks of all three; the first one is never. */
const withoutLegalWords = (text: string): string =>
  text
    .split(/\n{2,}/)
    .filter(
      (paragraph, index) =>
        !isBanner(paragraph) && (index === 0 || !isLegal(paragraph.slice(0, LEGAL_CHARACTERS))),
    )
    .join("\n\n");

const isLegal = (paragraph: string): boolean =>
  (CONFIDENTIAL.test(paragraph) && RECIPIENT.test(paragraph) && FORBIDDEN.test(paragraph)) ||
  (paragraph.length < 300 && ENVIRONMENT.test(paragraph));
