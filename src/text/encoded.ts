/** Bytes that were written as text: quoted-printable, base64, encoded words, and text that was decoded wrongly once. */

/** @returns null when the bytes are no text in that charset */
function textOf(bytes: Uint8Array, charset = "utf-8"): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const HEX = /=([0-9A-F]{2})/gi;

/** @returns unchanged when it is not what it is said to be */
export function fromQuotedPrintable(text: string, charset?: string): string {
  const joined = text.replace(/=[ \t]*\n/g, "");
  return joined.replace(/(?:=[0-9A-F]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.matchAll(HEX), ([, hex = ""]) => Number.parseInt(hex, 16));
    return textOf(bytes, charset) ?? textOf(bytes, "windows-1252") ?? run;
  });
}

/** @returns null when it is no text */
export function fromBase64(text: string, charset?: string): string | null {
  const decoded = textOf(Buffer.from(text.replace(/\s+/g, ""), "base64"), charset);
  return decoded === null || CONTROL.test(decoded) ? null : decoded;
}
const CONTROL = /(?![\n\r\t])\p{Cc}/u;

const ENCODED_WORD = /=\?([\w-]{2,30})\?([QB])\?([^?\s]{0,500})\?=(?:\s+(?==\?))?/gi;

/** Subjects: "=?UTF-8?Q?M=C3=BCnchen?=" */
export const withoutEncodedWords = (text: string): string =>
  text.includes("=?")
    ? text.replace(ENCODED_WORD, (word, charset: string, kind: string, value: string) =>
        /b/i.test(kind)
          ? (fromBase64(value, charset) ?? word)
          : fromQuotedPrintable(value.replaceAll("_", " "), charset),
      )
    : text;

/** So often at least that it is no accident. */
const LEAST_SOFT_BREAKS = 1;
const LEAST_BYTES = 3;
export const isQuotedPrintable = (text: string): boolean =>
  (text.match(/=\n/g)?.length ?? 0) >= LEAST_SOFT_BREAKS &&
  (text.match(/=(?:[89A-F][0-9A-F]|20|3D)/g)?.length ?? 0) >= LEAST_BYTES;

/** What Windows shows for the bytes from 0x80 to 0x9f. */
const WINDOWS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
const FOLLOWING = `[\\u00a0-\\u00bf${WINDOWS}]`;
const GARBLED = new RegExp(
  `[\\u00c2-\\u00df]${FOLLOWING}|[\\u00e0-\\u00ef]${FOLLOWING}{2}|[\\u00f0-\\u00f4]${FOLLOWING}{3}`,
  "g",
);
const LEAST_GARBLED = 2;

/** "mÃ¶chte", when UTF-8 was read as Latin letters. */
export function withoutGarble(text: string): string {
  if ((text.match(GARBLED)?.length ?? 0) < LEAST_GARBLED) return text;
  return text.replace(GARBLED, (run) => {
    const bytes = Uint8Array.from(run, (sign) => {
      const windows = WINDOWS.indexOf(sign);
      return windows < 0 ? sign.charCodeAt(0) : 0x80 + windows;
    });
    return textOf(bytes) ?? run;
  });
}
