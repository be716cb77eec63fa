/** The note in Italian. */
import type { NoteWords } from "./note-words.ts";

export const IT: NoteWords = {
  routedTo: (group) => `Assegnato a ${group}`,
  checkWhere: "Verifica a quale team spetta questo ticket",
  checkPlaced: (group) => `Da verificare: per ora si trova in ${group}`,
  wants: (intent) => `Che cosa vuole il cliente: ${intent}`,
  bestGuess: (intent) => `Ipotesi più probabile: ${intent}`,
  confidence: {
    high: "Affidabilità: alta",
    medium: "Affidabilità: media, merita un’occhiata",
    low: "Affidabilità: bassa, da verificare",
  },
  onlyCategory: "È chiara solo la categoria, non la richiesta esatta.",
  why: (reasoning) => `Perché: ${reasoning}`,
  quotesFollow: "Con le parole del cliente:",
  quoted: (quote) => `«${quote}»`,
  considered: (intents) => `Altre possibilità considerate: ${intents.join(", ")}`,
  local: "Classificato dal classificatore integrato, senza Claude. È solo una prima ipotesi.",
  nobodyChosen:
    "Al momento non è stato possibile scegliere nessuno del team, quindi il ticket resta a tutto il team.",
  returned: (minutes) =>
    `Nessuno ha lavorato a questo ticket per ${minutes} minuti, quindi torna a tutto il team.`,
  wrongTeam:
    "Team sbagliato? Sposta il ticket nel gruppo giusto. La tua modifica resta: Switchyard non la annulla mai.",
  moveIt: "Sposta il ticket nel gruppo giusto. La tua modifica resta: Switchyard non la annulla mai.",
  origin: (id, version) => `Switchyard · decisione ${id} · tabella di smistamento ${version}`,
  reasons: {
    group_missing:
      "Il team che dovrebbe ricevere questo ticket non esiste in Zendesk; per ora lo ha il team di riserva.",
    low_confidence:
      "Per assegnare questo ticket senza una persona serve più certezza di quella che Switchyard aveva.",
    outside_taxonomy: "Non rientra in nessuno degli argomenti che Switchyard conosce.",
    needs_person: "Il ticket si può intendere in più modi, quindi deve decidere una persona.",
    not_a_ticket: "Sembra spam, una risposta automatica o un avviso di mancata consegna.",
    injection_suspected:
      "Il testo, forse in una parte non visualizzata, cerca di dare istruzioni allo smistamento automatico, quindi dovrebbe guardarlo una persona.",
    classifier_refused: "Claude ha rifiutato di leggere questo ticket, quindi dovrebbe leggerlo una persona.",
    classifier_failed:
      "Per questo ticket non è arrivata una risposta utilizzabile, quindi dovrebbe leggerlo una persona.",
    no_group: "In Zendesk non esistono né il team che dovrebbe ricevere questo ticket né quello di riserva.",
  },
};
