/** Telephone numbers: by their country code, by the groups that people write, or by what is said before them. */
import type { Candidate } from "./number.ts";

const SAYS_PHONE =
  /(?:(?<![\p{L}\d])(?:tel|telefon\w{0,6}|phone(?: number)?|mobile|cell(?:phone)?|fax|whats ?app|(?:call|text|ring) (?:me |us )?(?:back )?(?:at|on)|(?:call|text|ring|phone) (?:me|us)|please ring|ring (?:meg|mig)(?: på)?|mitt? (?:nummer|nr)|mijn (?:nummer|nr)|reach me (?:at|on)|my (?:no|nr|num|number)|ruf\w{0,6}|handy(?:nummer)?|mobil(?:nummer|e|tel)?|erreichbar unter|t[ée]l[ée]phone|t[ée]l|portable|joindre au|appele[rz](?:-moi)? au|tel[ée]fono|m[óo]vil|ll[áa]m\w{1,6}(?: al)?|tel[ée]m[óo]vel|telefone|celular|lig\w{1,4}(?: para)?|cellulare|chiamate(?:mi|ci)? al|chiama(?:mi|ci) al|telefoon(?:nummer)?|mobiel|bel me op|bereikbaar op|telefon[uy]?|dzwonić pod(?: numer)?|zadzwo\w{1,6} pod(?: numer)?|numer telefonu|volejte(?: mi)?(?: na)?(?: číslo)?|zavolejte(?: mi)? na|puhelin\w{0,8}|tlf|mob|telepon|no[.]? ?hp|điện thoại|sđt|τηλ(?:έφωνο)?|κινητό|cep(?: telefonu)?|gsm|телефон\p{L}{0,3}|тел|моб(?:ильный)?|(?:по|на) номеру?|звоните|позвоните|दूरभाष)|電話(?:番号)?|携帯(?:番号)?|电话|手机|致电|拨打|请打|電話號碼|전화(?:번호)?|휴대(?:폰|전화)|연락처|هاتف(?:ي|ك)?|الهاتف|جوال(?:ي)?|الجوال|موبايل|טלפון|נייד|फ़ोन|फोन|मोबाइल|โทร(?:ศัพท์)?|số điện thoại)[^\d\n+(]{0,20}$/iu;
/** Where the word comes behind. */
/** So short a number needs the word right before it. */
const SHORT_DIGITS = 7;
const SAID_DIRECTLY =
  /(?:tel|telefon\p{L}{0,6}|phone|number|mobile|cell|fax|nummer|numer[ou]?|numéro|número|mobil|teléfono|móvil|téléphone|tél|portable|telefone|telemóvel|celular|cellulare|telefoon|mobiel|puhelin|gsm|телефон\p{L}{0,3}|тел|номеру?|numaram|電話(?:番号)?|携帯(?:番号)?|电话|手机|전화(?:번호)?|휴대폰|هاتفي?|جوالي?|dzwonić pod|číslo|(?:call|text|ring) me (?:at|on|back at)|appelez-moi au|chiama(?:te)?mi al|llámenme al|ligue para|bereikbaar op|unter|(?:reach|call) me (?:at|on)|请打)[^\p{L}\d\n]{0,5}(?:(?:is|ist|lautet|est|le|es|el|é|è|o|to|je|er|är|on|numer)[^\p{L}\d\n]{1,3}|[は是는은]\s?){0,2}$/iu;
const PHONE_SAID_AFTER =
  /^[^\d\n]{0,3}(?:numara(?:sından|sına|mdan|lı telefon)|までお?電話|にお?電話|まで(?:ご)?連絡|(?:으|번으)?로 (?:전화|연락)|联系我|聯絡我|给我打?电话)/iu;
const NUMBER_SIGN = /(?:#|№|(?<![\p{L}\d])(?:n[r°º]|no(?=[.:])))\.?[^\d\n,;.!?]{0,14}$/iu;
/** An order number may look like anything. */
export const SAYS_REFERENCE =
  /(?:(?<![\p{L}\d])(?:order|bestell\w{0,12}|auftrags?\w{0,10}|rechnungs?\w{0,10}|kunden\w{0,10}|vorgangs?\w{0,10}|sendungs?\w{0,10}|artikel\w{0,8}|vertrags?\w{0,10}|serien\w{0,8}|invoice|ticket|case|reference|ref|tracking|customer|account|article|serial|sku|part|item|model|product|lot|batch|contract|policy|booking|meter|imei|id|error|fehler|erreur|commande|facture|suivi|client|contrat|pedido|factura|contrato|encomenda|fatura|rastreo|ordine|fattura|cliente|contratto|bestelling|factuur|klant\w{0,8}|zamówieni\w{1,3}|faktur\w{1,3}|objednávk\w{1,2}|sipariş|ordre|tilaus\w{0,8}|rendelés\w{0,6}|comand[ăa]|заказ\p{L}{0,3}|сч[её]т\p{L}{0,3}|договор\p{L}{0,2})(?!\p{L})|注文(?:番号)?|請求書|订单号?|订单编号|运单号?|发票|주문(?:번호)?|송장번호|طلب|ऑर्डर)\.?[^\d\n,;.!?]{0,14}$/iu;
const CURRENCY =
  "(?:€|\\$|£|¥|₹|₩|zł|kr|eur|usd|gbp|chf|jpy|inr|brl|pln|sek|nok|dkk|cny|krw|try|vnd|idr|thb|myr|php|huf|czk|ron|bgn|uah|ils|aed|sar|egp|zar|mxn|ars|clp|cop|pen|nzd|aud|cad|hkd|sgd|twd|rub|ft|kč|lei|tl|₺|₽|₫|฿|₪|₴|euros?|dollars?|円|元|원|руб)";
const MONEY_BEFORE = new RegExp(`${CURRENCY}\\s{0,2}$`, "iu");
const MONEY_AFTER = new RegExp(`^(?:[.,]\\d{1,2})?\\s{0,2}${CURRENCY}(?![\\p{L}])`, "iu");

/** Country codes of two digits, and the one-digit zones; all others have three. */
const COUNTRY =
  /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-689]\d|3[578]\d|42\d|50\d|59\d|67\d|68\d|69\d|80\d|85\d|88\d|96\d|97\d|99\d)/;

/** How people group a number inside their country; each 9 stands for a digit, each blank for a separator. */
const NATIONAL: readonly RegExp[] = [
  // With the trunk zero: Germany, United Kingdom, Netherlands, Sweden, Japan, Turkey, …
  /^\(?0[1-9]\d{0,4}\)?(?:[ ./-]{1,3}\(?\d{1,8}\)?){1,5}$/,
  // The same in one piece: France, Netherlands, United Kingdom, Germany, Japan, India
  /^0[1-9]\d{8,9}$/,
  /^01[5-7]\d{8,9}$/,
  // North America
  /^(?:1[ .-]{1,2})?(?:\([2-9]\d\d\) {0,2}\d|[2-9]\d\d[ .-][2-9])\d\d[ .-]\d{4}$/,
  // Spain, Portugal, Poland
  /^[4-9]\d\d[ .-]\d{3}[ .-]\d{3}$/,
  /^[69]\d\d[ .-]\d\d[ .-]\d\d[ .-]\d\d$/,
  /^[29]\d[ .-]\d{3}[ .-]\d\d(?:[ .-])?\d\d$/,
  // Greece
  /^69\d[ -]\d{3}[ -]\d{4}$/,
  // Italy
  /^3\d\d[ .-]\d{3}[ .-]?\d{4}$/,
  /^3\d\d[ .-]\d{6,7}$/,
  // Mexico
  /^[2-9]\d \d{4} \d{4}$/,
  // Brazil
  /^\(?[1-9]\d\)?[ -]?9?\d{4}-\d{4}$/,
  /^\([1-9]\d\) ?9?\d{4}[ -]?\d{4}$/,
  // India, China
  /^[6-9]\d{4}[ -]\d{5}$/,
  /^1[3-9]\d[ -]\d{4}[ -]\d{4}$/,
  /^1[3-9]\d{9}$/,
  // Russia
  /^8[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]\d\d[ -]\d\d$/,
];

/** Digits of a number by ITU-T E.164, country code included; none is shorter than this inside a country. */
const DIGITS = { least: 8, leastSaid: 6, most: 15 } as const;

export function looksLikePhone(candidate: Candidate): boolean {
  const { digits, written, before, after } = candidate;
  if (digits.length > DIGITS.most || /\D{4}|\(\d+\(\d+\(/.test(written)) return false;
  if (written.startsWith("+") || written.startsWith("(+")) return digits.length >= DIGITS.least;
  if (MONEY_BEFORE.test(before) || MONEY_AFTER.test(after)) return false;
  if (saysPhone(before, after)) return digits.length > SHORT_DIGITS || isSaidDirectly(digits, before, after);
  // "INV-0171-1234567": the middle of somebody's code.
  if (/[\p{L}\d][-_/.]$/u.test(before) || SAYS_REFERENCE.test(before) || NUMBER_SIGN.test(before))
    return false;
  if (/^00 ?[1-9]/.test(written)) return isAbroad(digits, written);
  if (digits.length < DIGITS.least + 1) return false;
  return NATIONAL.some((pattern) => pattern.test(written));
}

/** "Phone of order 4711" is the order's number. */
const saysPhone = (before: string, after: string): boolean =>
  (SAYS_PHONE.test(before) && !SAYS_REFERENCE.test(before)) || PHONE_SAID_AFTER.test(after);

/** "phone number is 89 74 67", and no "handy tool 2026 12". */
const isSaidDirectly = (digits: string, before: string, after: string): boolean =>
  digits.length >= DIGITS.leastSaid &&
  (PHONE_SAID_AFTER.test(after) || digits.length === SHORT_DIGITS || SAID_DIRECTLY.test(before));

/** In one piece it could be a number with leading zeros, so it must be long enough as well. */
const isAbroad = (digits: string, written: string): boolean =>
  COUNTRY.test(digits.slice(2)) && digits.length >= (digits === written ? 12 : 10);
