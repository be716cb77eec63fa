/** The note in German. */
import type { NoteWords } from "./note-words.ts";

export const DE: NoteWords = {
  routedTo: (group) => `Zugewiesen an ${group}`,
  checkWhere: "Bitte prüfen, wohin dieses Ticket gehört",
  checkPlaced: (group) => `Bitte prüfen: liegt vorläufig bei ${group}`,
  wants: (intent) => `Anliegen: ${intent}`,
  bestGuess: (intent) => `Vermutetes Anliegen: ${intent}`,
  confidence: {
    high: "Sicherheit: hoch",
    medium: "Sicherheit: mittel, ein kurzer Blick lohnt sich",
    low: "Sicherheit: gering, bitte prüfen",
  },
  onlyCategory: "Nur die Kategorie ist klar, nicht das genaue Anliegen.",
  why: (reasoning) => `Begründung: ${reasoning}`,
  quotesFollow: "Im Wortlaut des Kunden:",
  quoted: (quote) => `„${quote}“`,
  considered: (intents) => `Ebenfalls erwogen: ${intents.join(", ")}`,
  local: "Vom eingebauten Verfahren eingeordnet, ohne Claude. Bitte nur als erste Vermutung verstehen.",
  nobodyChosen: "Gerade konnte niemand im Team ausgewählt werden, deshalb liegt das Ticket beim ganzen Team.",
  returned: (minutes) =>
    `Seit ${minutes} Minuten hat niemand an diesem Ticket gearbeitet, deshalb liegt es wieder beim ganzen Team.`,
  wrongTeam:
    "Falsches Team? Verschieben Sie das Ticket in die richtige Gruppe. Ihre Änderung bleibt: Switchyard macht sie nie rückgängig.",
  moveIt:
    "Verschieben Sie das Ticket in die richtige Gruppe. Ihre Änderung bleibt: Switchyard macht sie nie rückgängig.",
  origin: (id, version) => `Switchyard · Entscheidung ${id} · Routing-Tabelle ${version}`,
  reasons: {
    group_missing:
      "Das zuständige Team gibt es in Zendesk nicht, deshalb liegt das Ticket vorläufig beim Ersatzteam.",
    low_confidence:
      "Um dieses Ticket ohne einen Menschen zuzuweisen, ist mehr Sicherheit verlangt, als Switchyard hatte.",
    outside_taxonomy: "Das Anliegen passt zu keinem der Themen, die Switchyard kennt.",
    needs_person: "Das Ticket lässt sich unterschiedlich verstehen, deshalb sollte ein Mensch entscheiden.",
    not_a_ticket: "Das sieht nach Spam, einer automatischen Antwort oder einer Unzustellbarkeitsmeldung aus.",
    injection_suspected:
      "Der Text versucht, vielleicht in einem nicht angezeigten Teil, der automatischen Verteilung Anweisungen zu geben, deshalb sollte ein Mensch ihn ansehen.",
    classifier_refused: "Claude hat abgelehnt, dieses Ticket zu lesen, deshalb sollte es ein Mensch tun.",
    classifier_failed:
      "Zu diesem Ticket kam keine brauchbare Antwort zurück, deshalb sollte ein Mensch es lesen.",
    no_group: "Weder das zuständige Team noch das Ersatzteam gibt es in Zendesk.",
  },
};
