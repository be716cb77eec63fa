/** National identity numbers that are digits alone: told by check digits, by the form that they are printed in, or by name. */
import { isAadhaar, isAhv, isCpf, isNir, isPersonnummer, isRrn, isSteuerId } from "./checksum.ts";
import type { Candidate } from "./number.ts";
import { SAYS_REFERENCE } from "./phone.ts";

const SAYS_SSN = /(?:\bssn|social security)[^\d\n]{0,25}$/i;
const SAYS_AADHAAR = /(?:aadha?ar|आधार|\buid)[^\d\n]{0,25}$/i;
/** As they are printed, each 9 a digit. */
const SSN_FORM = /^999([ -])99\1(?:9999)$/;
const AADHAAR_FORM = /^9999[ -]9999[ -]9999$/;
/** CPF, AHV, Steuer-ID, NIR. */
const PRINTED = /^(?:999\.999\.999-99|999\.9999\.9999\.99|99 999 999 999|9 99 99 99 999 999 99)$/;

export function isNationalId(candidate: Candidate): boolean {
  const { digits, written, before } = candidate;
  if (!/^[\d .-]+$/.test(written)) return false;
  const form = written.replace(/\d/g, "9");
  if (isSsn(digits) && SAYS_SSN.test(before)) return true;
  if (isAadhaar(digits) && SAYS_AADHAAR.test(before)) return true;
  if (PRINTED.test(form) && hasCheckDigits(digits)) return true;
  if (SAYS_REFERENCE.test(before)) return false;
  return (isSsn(digits) && SSN_FORM.test(form)) || isPlainlyOne(candidate, form);
}

/** A part of a longer row of digits is none. */
const isPlainlyOne = ({ digits, written, after, alone }: Candidate, form: string): boolean =>
  (/^[9 ]+$/.test(form) && hasCheckDigits(digits)) ||
  (alone &&
    !/^[ .-]?\d/.test(after) &&
    ((AADHAAR_FORM.test(form) && isAadhaar(digits)) || isRrn(written) || isPersonnummer(written)));

const hasCheckDigits = (digits: string): boolean =>
  isSteuerId(digits) || isCpf(digits) || isAhv(digits) || isNir(digits);

const isSsn = (digits: string): boolean => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits);
