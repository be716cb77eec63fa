/** @param code BCP-47; "und" when nobody could tell. In English, or the code itself when it is none that has a name. */
export function languageName(code: string): string {
  if (code === "und") return "language unclear";
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
