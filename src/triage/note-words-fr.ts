/** The note in French; its colons and quotation marks keep a no-break space. */
import type { NoteWords } from "./note-words.ts";

export const FR: NoteWords = {
  routedTo: (group) => `Attribué à ${group}`,
  checkWhere: "Merci de vérifier à quelle équipe revient ce ticket",
  checkPlaced: (group) => `À vérifier\u00a0: placé provisoirement chez ${group}`,
  wants: (intent) => `Demande du client\u00a0: ${intent}`,
  bestGuess: (intent) => `Hypothèse la plus probable\u00a0: ${intent}`,
  confidence: {
    high: "Confiance\u00a0: élevée",
    medium: "Confiance\u00a0: moyenne, un coup d’œil est utile",
    low: "Confiance\u00a0: faible, à vérifier",
  },
  onlyCategory: "Seule la catégorie est claire, pas la demande précise.",
  why: (reasoning) => `Pourquoi\u00a0: ${reasoning}`,
  quotesFollow: "Dans les mots du client\u00a0:",
  quoted: (quote) => `«\u00a0${quote}\u00a0»`,
  considered: (intents) => `Autres possibilités envisagées\u00a0: ${intents.join(", ")}`,
  local: "Classé par le classificateur intégré, sans Claude. À prendre comme une première hypothèse.",
  nobodyChosen:
    "Personne dans l’équipe n’a pu être choisi pour l’instant : le ticket est donc confié à toute l’équipe.",
  returned: (minutes) =>
    `Personne n’a traité ce ticket depuis ${minutes} minutes : il revient donc à toute l’équipe.`,
  wrongTeam:
    "Mauvaise équipe\u00a0? Déplacez le ticket vers le bon groupe. Votre choix est définitif\u00a0: Switchyard ne le modifie jamais.",
  moveIt:
    "Déplacez le ticket vers le bon groupe. Votre choix est définitif\u00a0: Switchyard ne le modifie jamais.",
  origin: (id, version) => `Switchyard · décision ${id} · table de routage ${version}`,
  reasons: {
    group_missing:
      "L’équipe qui devrait recevoir ce ticket n’existe pas dans Zendesk\u00a0; l’équipe de secours l’a pour l’instant.",
    low_confidence:
      "Pour attribuer ce ticket sans passer par une personne, il faut plus de certitude que Switchyard n’en avait.",
    outside_taxonomy: "Cette demande ne correspond à aucun des sujets que Switchyard connaît.",
    needs_person: "Ce ticket peut se comprendre de plusieurs façons\u00a0: c’est à une personne de décider.",
    not_a_ticket: "Cela ressemble à du spam, à une réponse automatique ou à un message non distribué.",
    injection_suspected:
      "Le texte, peut-être dans une partie qui n’est pas affichée, tente de donner des instructions au routage automatique\u00a0: une personne devrait le lire.",
    classifier_refused: "Claude a refusé de lire ce ticket\u00a0: une personne devrait le faire.",
    classifier_failed:
      "Aucune réponse exploitable n’a été reçue pour ce ticket\u00a0: une personne devrait le lire.",
    no_group: "Ni l’équipe qui devrait recevoir ce ticket ni l’équipe de secours n’existent dans Zendesk.",
  },
};
