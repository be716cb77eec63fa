/** The note in Dutch. */
import type { NoteWords } from "./note-words.ts";

export const NL: NoteWords = {
  routedTo: (group) => `Toegewezen aan ${group}`,
  checkWhere: "Controleer waar dit ticket thuishoort",
  checkPlaced: (group) => `Graag controleren: staat voorlopig bij ${group}`,
  wants: (intent) => `Wat de klant wil: ${intent}`,
  bestGuess: (intent) => `Beste inschatting: ${intent}`,
  confidence: {
    high: "Zekerheid: hoog",
    medium: "Zekerheid: gemiddeld, een korte blik waard",
    low: "Zekerheid: laag, graag controleren",
  },
  onlyCategory: "Alleen de categorie is duidelijk, niet het precieze verzoek.",
  why: (reasoning) => `Waarom: ${reasoning}`,
  quotesFollow: "In de woorden van de klant:",
  quoted: (quote) => `“${quote}”`,
  considered: (intents) => `Ook overwogen: ${intents.join(", ")}`,
  local: "Ingedeeld door de ingebouwde classificatie, zonder Claude. Zie het als een eerste inschatting.",
  nobodyChosen: "Er kon nu niemand in het team worden gekozen, dus het hele team heeft het ticket.",
  returned: (minutes) =>
    `Niemand heeft in ${minutes} minuten aan dit ticket gewerkt, dus het hele team heeft het weer.`,
  wrongTeam:
    "Verkeerd team? Verplaats het ticket naar de juiste groep. Je wijziging blijft staan: Switchyard draait die nooit terug.",
  moveIt:
    "Verplaats het ticket naar de juiste groep. Je wijziging blijft staan: Switchyard draait die nooit terug.",
  origin: (id, version) => `Switchyard · beslissing ${id} · routeringstabel ${version}`,
  reasons: {
    group_missing:
      "Het team dat dit zou moeten krijgen bestaat niet in Zendesk, dus het staat voorlopig bij het reserveteam.",
    low_confidence: "Om dit ticket zelf toe te wijzen is meer zekerheid nodig dan Switchyard had.",
    outside_taxonomy: "Dit past bij geen van de onderwerpen die Switchyard kent.",
    needs_person: "Het ticket is op meer dan één manier te lezen, dus een mens moet beslissen.",
    not_a_ticket: "Dit lijkt op spam, een automatisch antwoord of een onbestelbaar bericht.",
    injection_suspected:
      "De tekst probeert, misschien in een deel dat niet wordt getoond, de router instructies te geven, dus iemand zou ernaar moeten kijken.",
    classifier_refused: "Claude weigerde dit ticket te lezen, dus iemand zou het moeten doen.",
    classifier_failed: "Er kwam geen bruikbaar antwoord over dit ticket, dus iemand zou het moeten lezen.",
    no_group: "Het team dat dit zou moeten krijgen en het reserveteam bestaan geen van beide in Zendesk.",
  },
};
