/** The note in Spanish. */
import type { NoteWords } from "./note-words.ts";

export const ES: NoteWords = {
  routedTo: (group) => `Asignado a ${group}`,
  checkWhere: "Comprueba a qué equipo corresponde este ticket",
  checkPlaced: (group) => `Por comprobar: de momento está en ${group}`,
  wants: (intent) => `Lo que quiere el cliente: ${intent}`,
  bestGuess: (intent) => `Lo más probable: ${intent}`,
  confidence: {
    high: "Confianza: alta",
    medium: "Confianza: media, conviene echar un vistazo",
    low: "Confianza: baja, compruébalo",
  },
  onlyCategory: "Solo está clara la categoría, no la petición exacta.",
  why: (reasoning) => `Motivo: ${reasoning}`,
  quotesFollow: "En palabras del cliente:",
  quoted: (quote) => `«${quote}»`,
  considered: (intents) => `También se consideró: ${intents.join(", ")}`,
  local: "Clasificado por el clasificador integrado, sin Claude. Tómalo como una primera hipótesis.",
  nobodyChosen:
    "En este momento no se pudo elegir a nadie del equipo, así que el ticket queda con todo el equipo.",
  returned: (minutes) =>
    `Nadie ha trabajado en este ticket en ${minutes} minutos, así que vuelve a todo el equipo.`,
  wrongTeam:
    "¿No es el equipo correcto? Mueve el ticket al grupo adecuado. Tu cambio se respeta: Switchyard nunca lo deshace.",
  moveIt: "Mueve el ticket al grupo adecuado. Tu cambio se respeta: Switchyard nunca lo deshace.",
  origin: (id, version) => `Switchyard · decisión ${id} · tabla de enrutamiento ${version}`,
  reasons: {
    group_missing:
      "El equipo que debería recibirlo no existe en Zendesk, así que de momento lo tiene el equipo de reserva.",
    low_confidence: "Para asignarlo por su cuenta se pide más seguridad de la que tenía Switchyard.",
    outside_taxonomy: "No encaja en ninguno de los temas que Switchyard conoce.",
    needs_person: "El ticket se puede entender de más de una manera, así que debe decidir una persona.",
    not_a_ticket: "Parece spam, una respuesta automática o un aviso de correo devuelto.",
    injection_suspected:
      "El texto, quizá en una parte que no se muestra, intenta dar instrucciones al enrutador, así que debería revisarlo una persona.",
    classifier_refused: "Claude se negó a leer este ticket, así que debería leerlo una persona.",
    classifier_failed:
      "No llegó ninguna respuesta utilizable sobre este ticket, así que debería leerlo una persona.",
    no_group: "En Zendesk no existen ni el equipo que debería recibirlo ni el equipo de reserva.",
  },
};
