/** Which language a ticket is in, by `eld`. Its word lists take half a second and 45 MB, so they load on first use. */

/** More text does not make the answer better. */
const READ_CHARS = 2_000;

/** @returns a BCP-47 language, `und` when the text is too short or too mixed to tell */
export async function languageOf(text: string): Promise<string> {
  const { eld } = await import("eld/small");
  const result = eld.detect(text.slice(0, READ_CHARS));
  return result.isReliable() && result.language !== "" ? result.language : "und";
}
