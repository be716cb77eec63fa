/** Lower case, one form for each letter, no accents, nothing invisible: "Zurücksetzen" and "zurucksetzen" are one word. */
export const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/\p{Cf}+/gu, "")
    .normalize("NFD")
    // Only accents on Latin letters: in Japanese the same marks make another letter (ハ and バ).
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC");
