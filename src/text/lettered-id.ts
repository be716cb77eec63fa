/** National identity numbers that contain letters. */
import { isChineseId, isCodiceFiscale, isDni, isNir } from "./checksum.ts";
import type { Span } from "./redact.ts";

interface LetteredId {
  readonly pattern: RegExp;
  /** @param id without blanks, dots and dashes, in capitals */
  readonly isValid: (id: string) => boolean;
}

/** What looks like a number of the United Kingdom's insurance and never is one. */
const NEVER_NINO = /^(?:BG|GB|NK|KN|TN|NT|ZZ)/;

const IDS: readonly LetteredId[] = [
  // United Kingdom, National Insurance
  {
    pattern:
      /(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![A-Za-z0-9])/gi,
    isValid: (id) => !NEVER_NINO.test(id),
  },
  // Spain, DNI and NIE
  {
    pattern: /(?<![A-Za-z0-9])(?:\d{2}\.?\d{3}\.?\d{3}|[XYZ][ -]?\d{7})[ -]?[A-Z](?![A-Za-z0-9])/gi,
    isValid: isDni,
  },
  // Italy, codice fiscale; digits may be spelled as letters where two people would share one
  {
    pattern:
      /(?<![A-Za-z0-9])[A-Z]{3} ?[A-Z]{3} ?[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2} ?[A-Z][\dL-NP-V]{3}[A-Z](?![A-Za-z0-9])/gi,
    isValid: isCodiceFiscale,
  },
  // France, NIR of people born in Corsica; all others are digits
  {
    pattern: /(?<![A-Za-z0-9])[12] ?\d{2} ?\d{2} ?2[AB] ?\d{3} ?\d{3} ?\d{2}(?![A-Za-z0-9])/gi,
    isValid: isNir,
  },
  // China
  { pattern: /(?<![A-Za-z0-9])[1-9]\d{16}[\dX](?![A-Za-z0-9])/gi, isValid: isChineseId },
  // Mexico, CURP: name, birthday, sex and state
  {
    pattern:
      /(?<![A-Za-z0-9])[A-Z][AEIOUX][A-Z]{2}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{5}[A-Z\d]\d(?![A-Za-z0-9])/g,
    isValid: () => true,
  },
  // India, PAN: its fourth letter is the kind of holder; in capitals, or any product code would do
  { pattern: /(?<![A-Za-z0-9])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![A-Za-z0-9])/g, isValid: () => true },
];

export const letteredIdSpans = (plain: string): Span[] =>
  IDS.flatMap(({ pattern, isValid }) =>
    [...plain.matchAll(pattern)]
      .filter(([found]) => isValid(found.replace(/[ .-]/g, "").toUpperCase()))
      .map(({ 0: found, index }) => ({
        start: index,
        end: index + found.length,
        kind: "national_id" as const,
      })),
  );
