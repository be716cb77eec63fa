/** International bank account numbers: known by their country, its length, and their remainder by 97. */
import { remainder } from "./checksum.ts";
import type { Span } from "./redact.ts";

/** ISO 13616 registry: characters of an account number by country. */
const LENGTHS = new Map(
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const CANDIDATE = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .-]{0,2}[A-Za-z0-9]){11,29}/g;

/** Where there is no IBAN: by name, as no check digit tells them from an order's. */
const NAMED = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}])(?:` +
    [
      "sort code|routing(?: (?:number|no))?(?=[^\\p{L}\\d\\n]{0,4}\\d)|aba(?: number)?|bsb|ifsc(?: code)?|bank account(?: number| no)?|(?:checking|savings) account(?: number| no)?",
      "kontonummer|konto-?nr|bankleitzahl|blz|bankkonto|rekeningnummer|numéro de compte(?: bancaire)?|compte bancaire|rib",
      "cuenta bancaria|(?:número|n[.º°]{1,2}) de cuenta|clabe|cbu|cvu|conta (?:corrente|bancária)|nib|conto corrente|número da conta",
      "num(?:er|eru) (?:konta|rachunku)|konto bankowe|číslo účtu|číslo bankového účtu|bankszámla(?:szám)?|cont bancar|hesap (?:no|numarası|numaram)",
      "(?:номер |расч[её]тный )сч[её]та?|р/с",
    ].join("|") +
    `)|口座番号|银行(?:卡号|账号|帐号|账户)|銀行帳號|계좌 ?번호|رقم الحساب البنكي|חשבון בנק)` +
    String.raw`[^\p{L}\d\n]{0,4}(?:(?:is|ist|lautet|est|es|é|è|to|je|na|是|は|는|은)[^\p{L}\d\n]{0,3})?([A-Z]{0,4}\d(?:[ ./-]?\d){5,27})` +
    String.raw`(?:[^\d\n]{0,20}(?:account|konto|acct?|a\/c)[^\d\n]{0,12}(\d(?:-?\d){5,16}))?(?![A-Za-z\d])`,
  "dgiu",
);

/** "Account number" alone is a customer's as often as a bank's; beside the number of a bank it is not. */
const BESIDE_ITS_BANK =
  /(?<![\p{L}\p{N}])(?:account|acct|a\/c|konto)(?:[ -]?(?:number|num|nummer|no|nr|#))?[^\p{L}\d\n]{0,4}(?:(?:is|ist)[^\p{L}\d\n]{0,3})?(\d(?:[ -]?\d){5,16})[^\d\n]{0,12}(?:sort ?code|routing(?: (?:number|no))?|aba|bsb|blz|bankleitzahl|ifsc)[^\p{L}\d\n]{0,4}(?:(?:is|ist)[^\p{L}\d\n]{0,3})?([A-Z]{0,4}\d(?:[ -]?\d){5,10})(?![A-Za-z\d])/dgiu;

function namedSpans(plain: string): Span[] {
  const besideBank = spansIn(plain, BESIDE_ITS_BANK);
  const named = spansIn(plain, NAMED).filter(({ start }) => besideBank.every((span) => span.start !== start));
  return [...besideBank, ...named];
}

function spansIn(plain: string, pattern: RegExp): Span[] {
  return Array.from(plain.matchAll(pattern)).flatMap(({ indices }) =>
    (indices ?? [])
      .slice(1)
      .flatMap((place) =>
        place === undefined ? [] : [{ start: place[0], end: place[1], kind: "iban" as const }],
      ),
  );
}

export function bankSpans(plain: string): Span[] {
  const spans = ibanSpans(plain);
  const named = namedSpans(plain).filter(({ start, end }) =>
    spans.every((span) => end <= span.start || start >= span.end),
  );
  return [...spans, ...named].sort((a, b) => a.start - b.start);
}

function ibanSpans(plain: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: candidate, index } of plain.matchAll(CANDIDATE)) {
    const length = accountLength(candidate, plain[index + candidate.length] ?? "");
    if (length > 0) spans.push({ start: index, end: index + length, kind: "iban" });
  }
  return spans;
}

/** Words that follow may look like more of the number, so it ends where its country says. 0: it is none. */
function accountLength(candidate: string, next: string): number {
  const wanted = LENGTHS.get(candidate.slice(0, 2).toUpperCase());
  if (wanted === undefined) return 0;
  let end = 0;
  for (let characters = 0; characters < wanted && end < candidate.length; end++)
    if (/[A-Za-z0-9]/.test(candidate[end] ?? "")) characters++;
  const account = candidate.slice(0, end).replace(/[ .-]/g, "").toUpperCase();
  if (account.length < wanted || /[A-Za-z0-9]/.test(candidate[end] ?? next)) return 0;
  return remainder(account.slice(4) + account.slice(0, 4), 97) === 1 ? end : 0;
}
