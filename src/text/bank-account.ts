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

export function bankSpans(plain: string): Span[] {
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
