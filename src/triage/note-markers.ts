/**
 * What stands in a text for something that was taken out of it, in the agents' language. Texts are cleaned before anybody
 * knows who will read them, and are kept that way, so that English is put in first, and replaced in the note.
 */
const ENGLISH = [
  "[instruction removed]",
  "[text copied from the ticket removed]",
  "[link removed]",
  "[e-mail address]",
  "[phone number]",
  "[card number]",
  "[bank account]",
  "[national id]",
  "[secret]",
] as const;

type Marker = (typeof ENGLISH)[number];
type Words = readonly [string, string, string, string, string, string, string, string, string];

/** In the order of the English ones. */
const WORDS: Readonly<Record<string, Words>> = {
  de: [
    "Anweisung entfernt",
    "aus dem Ticket übernommener Text entfernt",
    "Link entfernt",
    "E-Mail-Adresse",
    "Telefonnummer",
    "Kartennummer",
    "Bankkonto",
    "Ausweisnummer",
    "Geheimnis",
  ],
  fr: [
    "instruction retirée",
    "texte repris du ticket retiré",
    "lien retiré",
    "adresse e-mail",
    "numéro de téléphone",
    "numéro de carte",
    "compte bancaire",
    "numéro d’identité",
    "donnée secrète",
  ],
  es: [
    "instrucción eliminada",
    "texto copiado del ticket eliminado",
    "enlace eliminado",
    "dirección de correo",
    "número de teléfono",
    "número de tarjeta",
    "cuenta bancaria",
    "número de identidad",
    "dato secreto",
  ],
  pt: [
    "instrução removida",
    "texto copiado do ticket removido",
    "link removido",
    "endereço de e-mail",
    "número de telefone",
    "número do cartão",
    "conta bancária",
    "número de identidade",
    "dado secreto",
  ],
  it: [
    "istruzione rimossa",
    "testo copiato dal ticket rimosso",
    "link rimosso",
    "indirizzo e-mail",
    "numero di telefono",
    "numero di carta",
    "conto bancario",
    "numero d’identità",
    "dato segreto",
  ],
  nl: [
    "instructie verwijderd",
    "uit het ticket overgenomen tekst verwijderd",
    "link verwijderd",
    "e-mailadres",
    "telefoonnummer",
    "kaartnummer",
    "bankrekening",
    "identiteitsnummer",
    "geheim",
  ],
  ja: [
    "指示を削除しました",
    "チケットから写された文を削除しました",
    "リンクを削除しました",
    "メールアドレス",
    "電話番号",
    "カード番号",
    "銀行口座",
    "個人識別番号",
    "秘密情報",
  ],
};

const MARKERS = /\[[a-z -]{6,40}\]/g;

/** @param language BCP-47; only its first part counts, and markers stay English where the note speaks English */
export function markersIn(text: string, language: string): string {
  const words = WORDS[language.trim().toLowerCase().split(/[-_]/)[0] ?? ""];
  if (words === undefined) return text;
  return text.replace(MARKERS, (marker) => {
    const word = words[ENGLISH.indexOf(marker as Marker)];
    return word === undefined ? marker : `[${word}]`;
  });
}
