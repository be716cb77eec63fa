/** The note in Portuguese, in words that both sides of the Atlantic use. */
import type { NoteWords } from "./note-words.ts";

export const PT: NoteWords = {
  routedTo: (group) => `Encaminhado para ${group}`,
  checkWhere: "Verifique a que equipe pertence este ticket",
  checkPlaced: (group) => `A verificar: por enquanto está com ${group}`,
  wants: (intent) => `O que o cliente deseja: ${intent}`,
  bestGuess: (intent) => `Hipótese mais provável: ${intent}`,
  confidence: {
    high: "Confiança: alta",
    medium: "Confiança: média, vale uma olhada",
    low: "Confiança: baixa, verifique",
  },
  onlyCategory: "Só a categoria está clara, não o pedido exato.",
  why: (reasoning) => `Motivo: ${reasoning}`,
  quotesFollow: "Nas palavras do cliente:",
  quoted: (quote) => `“${quote}”`,
  considered: (intents) => `Também considerado: ${intents.join(", ")}`,
  local: "Classificado pelo classificador integrado, sem o Claude. Considere como um primeiro palpite.",
  nobodyChosen:
    "Neste momento não foi possível escolher ninguém da equipe, por isso o ticket fica com a equipe inteira.",
  returned: (minutes) =>
    `Ninguém trabalhou neste ticket durante ${minutes} minutos, por isso ele volta para a equipe inteira.`,
  wrongTeam:
    "Equipe errada? Mova o ticket para o grupo certo. A sua alteração fica: o Switchyard nunca a desfaz.",
  moveIt: "Mova o ticket para o grupo certo. A sua alteração fica: o Switchyard nunca a desfaz.",
  origin: (id, version) => `Switchyard · decisão ${id} · tabela de roteamento ${version}`,
  reasons: {
    group_missing:
      "A equipe que deveria receber este ticket não existe no Zendesk; por enquanto ele está com a equipe de reserva.",
    low_confidence:
      "Para encaminhar este ticket sem passar por uma pessoa, exige-se mais certeza do que o Switchyard tinha.",
    outside_taxonomy: "Não se encaixa em nenhum dos assuntos que o Switchyard conhece.",
    needs_person: "O ticket pode ser entendido de mais de uma forma, por isso uma pessoa deve decidir.",
    not_a_ticket: "Parece spam, uma resposta automática ou um aviso de e-mail devolvido.",
    injection_suspected:
      "O texto, talvez numa parte que não é mostrada, tenta dar instruções ao roteador, por isso uma pessoa deve vê-lo.",
    classifier_refused: "O Claude se recusou a ler este ticket, por isso uma pessoa deve lê-lo.",
    classifier_failed:
      "Não veio nenhuma resposta utilizável sobre este ticket, por isso uma pessoa deve lê-lo.",
    no_group: "Nem a equipe que deveria receber este ticket nem a equipe de reserva existem no Zendesk.",
  },
};
