/** Which language a ticket is in, by `eld`. Its word lists take half a second and 45 MB, so they load on first use. */

/** More text does not make the answer better. */
const READ_CHARS = 2_000;

/** Fewer Latin letters than this are a coin toss: "password reset pls" would pass for Italian. */
const LATIN_LETTERS = 24;

/** @returns a BCP-47 language, `und` when the text is too short or too mixed to tell */
export async function languageOf(text: string): Promise<string> {
  const read = text.slice(0, READ_CHARS);
  if (/^[\p{Script=Latin}\p{Script=Common}\p{M}]*$/u.test(read) && lettersIn(read) < LATIN_LETTERS)
    return "und";
  const { eld } = await import("eld/small");
  const result = eld.detect(read);
  return result.isReliable() && result.language !== "" ? result.language : "und";
}

const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;
