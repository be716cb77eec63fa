/**
 * Numbers of identity papers, told by the name before them: most countries' are only digits, and no check digit tells
 * them from an order's. The name stays, so that the text can still be understood.
 */
import type { Span } from "./redact.ts";

/** Written in any case. Each is a whole word. */
const NAMES = [
  "(?:national|personal|citizen|identity|resident|(?:my|his|her|their|our) )[ -]?id(?:entification)?(?: (?:card|number|no))?",
  "(?:identity|identification|id) (?:card|document)(?: (?:number|no))?",
  "(?:identity|personal identification) number",
  "passport(?: (?:number|no))?",
  "(?:social (?:security|insurance)|national insurance|health insurance|nhs|medicare|emirates id|tax(?:payer)?(?: file)?(?: identification)?(?: id)?) (?:number|card|no|id)",
  "tax[ -]?id|emirates id|medicare|partita iva|p\\.? ?iva|ktp|taj(?: szám)?|pan (?:card|number|no)|mykad|aadha?ar(?: card)?",
  "driv(?:er'?s?|ing) licen[cs]e(?: (?:number|no))?",
  "(?:personal)?ausweis(?:-?nr|nummer)?|perso(?:-?nr)?|versicherten-?(?:nr|nummer)|reisepass(?:-?nr|nummer)?|passnummer|führerschein(?:-?nr|nummer)?",
  "(?:sozial|renten|kranken)versicher(?:ungs|ten)-?(?:nr|nummer)|steuer(?:-?id|nummer|identifikationsnummer)|ahv-?(?:nr|nummer)?",
  "(?:numéro|n°|no) (?:de )?(?:sécurité sociale|sécu|passeport|carte d'identité|fiscal)|passeport|carte d'identité|permis de conduire|numéro national",
  "pasaporte|cédula(?: de identidad)?|documento (?:nacional )?de identidad|carn[eé] de conducir|seguridad social",
  "passaporte|carteira de identidade|cartão de cidadão|contribuinte|passaporto|carta d'identità|codice fiscale",
  "paspoort(?:nummer)?|burgerservicenummer|rijbewijs(?:nummer)?|identiteitskaart|rijksregisternummer",
  "dow[oó]d(?:u)? osobist(?:y|ego)|numer dowodu|paszport(?:u)?|rodné číslo|občanský průkaz|cestovní pas|személyi szám|adóazonosító(?: jel)?|cod numeric personal|carte de identitate",
  "person-?nummer|cpr-?(?:nummer|nr)|fødselsnummer|henkilötunnus|(?:tc )?kimlik(?: no)?|pasaport",
  "patente(?: di guida)?|prawo jazdy|prawa jazdy|carta de condução|førerkort|kørekort|körkort|ajokortti|(?:sürücü belgesi|ehliyet)(?: no)?",
  "паспорт(?:а|ные данные)?|серия и номер|снилс|инн|αφμ|αμκα|ταυτότητα[ςσ]?|διαβατήριο",
  "cccd|cmnd|căn cước|hộ chiếu|nomor paspor|npwp|nik",
  "रजिस्ट्रेशन|आधार|पासपोर्ट",
].join("|");
/** Words to themselves only in capitals: in small letters they are parts of sentences. */
const SHORT =
  "PESEL|SSN|SIN|TFN|NINO|BSN|CNPJ|CPF|RUT|CUIT|CUIL|DNI|NIE|NIF|NISS|HETU|NRIC|HKID|CURP|RFC|CNP|EGN|OIB|JMBG|EMŠO|AMKA|AFM|TCKN|NHS|PPSN?|CNIC|BVN|ID (?:number|no|nr|nummer|card)";
/** In scripts that put no blanks between words. */
const UNSPACED =
  "身份证|身分證|護照|护照|マイナンバー|個人番号|パスポート|運転免許|주민등록번호|여권|운전면허|الرقم القومي|رقم الهوية|الهوية الوطنية|جواز السفر|תעודת זהות|ת[״.]?ז[.]?|דרכון|บัตรประชาชน|หนังสือเดินทาง";
/** Numbers of other things that are called so. */
const OF_THINGS =
  "order|ticket|user|customer|account|transaction|tracking|device|apple|invoice|request|case|product|session|client|game|player|booking|reservation";

const NAME = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${NAMES})(?![\p{L}\p{N}])|${UNSPACED}`, "giu");
const SHORT_NAME = new RegExp(
  String.raw`(?<!(?:${OF_THINGS})[ -])(?<![\p{L}\p{N}])(?:${SHORT})(?![\p{L}\p{N}])`,
  "gu",
);

/** What may stand between the name and the number: signs, words, and those of scripts without blanks. */
const BETWEEN = new RegExp(
  String.raw`^(?:[ \t]{0,2}(?:[:=#№º°.,(/-]|(?:` +
    "number|numer|numéro|número|numero|nummer|num|no|nr|code|card|is|was|has|the|ist|hat|die|der|lautet|mit|est|le|la|es|el|tiene|tem|é|è|ha|il|o|a|heeft|jest|ma|är|er|to|и|серия|номер|on|saya|with" +
    String.raw`)(?!\p{L})|は|が|是|為|为|은|는|이|号|號|码|碼|番号|번호|رقم|هو|हा|है)){0,6}[ \t]{0,2}`,
  "iu",
);
/** Capitals and digits in groups; small letters end it. */
const VALUE = /^[A-Z0-9](?:[ ./()-]{0,2}[A-Z0-9]){4,24}(?:\([A-Z0-9]\))?/;
const LEAST_DIGITS = 5;
/** Germany's passports, for one, have as many letters as digits. */
const MIXED = /^(?=.*[A-Z])[A-Z0-9]{8,12}$/;
const LEAST_MIXED = 3;
const MOST_DIGITS = 20;
const DATE = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;
/** From the name on, all that is looked at. */
const REACH = 90;

export function labelledIdSpans(plain: string): Span[] {
  const named = [...plain.matchAll(NAME), ...plain.matchAll(SHORT_NAME)];
  return named.flatMap(({ 0: name, index }) => valueAfter(plain, index + name.length));
}

function valueAfter(plain: string, end: number): Span[] {
  const rest = plain.slice(end, end + REACH);
  const [between = ""] = BETWEEN.exec(rest) ?? [];
  const written = VALUE.exec(rest.slice(between.length))?.[0];
  if (written === undefined) return [];
  // Words in capitals may follow: "… 533380006 PLEASE HELP".
  const value = written.replace(/(?:[ ./-]{1,2}[A-Z]{3,})+$/, "");
  const digits = value.replace(/\D/g, "").length;
  const isEnough = digits >= (MIXED.test(value) ? LEAST_MIXED : LEAST_DIGITS);
  if (!isEnough || digits > MOST_DIGITS || DATE.test(value)) return [];
  const start = end + between.length;
  return [{ start, end: start + value.length, kind: "national_id" }];
}
