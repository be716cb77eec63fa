/** Why the local classifier answers as it does, in the languages that notes are written in. */
import type { NoTicket } from "../text/no-ticket.ts";

export interface LocalReasons {
  readonly none: string;
  readonly little: string;
  /** People have said of a ticket like this one that it belongs to no intent. */
  readonly alike: string;
  /** @param language of the ticket, BCP-47; `und` when it cannot be told */
  readonly unread: (language: string) => string;
  /** @param name of the intent */
  readonly whole: (name: string) => string;
  readonly sentences: (count: number, name: string) => string;
  /** @param words of the ticket, in quotation marks and with commas between */
  readonly words: (words: string, count: number, name: string) => string;
  readonly noTicket: Readonly<Record<NoTicket, string>>;
}

function unreadIn(own: string, code: string, unnamed: string, named: (language: string) => string): string {
  if (code === "und") return unnamed;
  const language = new Intl.DisplayNames([own], { type: "language", fallback: "none" }).of(code);
  return language === undefined ? unnamed : named(language);
}

const EN: LocalReasons = {
  none: "This ticket resembles none of the known topics clearly enough.",
  little: "The ticket does not say what it is about.",
  alike: "Somebody in the team has said so of a ticket very like this one.",
  unread: (code) =>
    unreadIn(
      "en",
      code,
      "The built-in classifier does not read this language.",
      (language) => `The built-in classifier does not read ${language}.`,
    ),
  whole: (name) => `The wording as a whole is closest to ${name}.`,
  sentences: (count, name) =>
    count === 1 ? `The sentence quoted speaks for ${name}.` : `The sentences quoted speak for ${name}.`,
  words: (words, count, name) =>
    count === 1 ? `The word ${words} matches ${name}.` : `The words ${words} match ${name}.`,
  noTicket: {
    bounce: "A mail server reports that a mail could not be delivered.",
    auto_reply: "A program has answered by itself, for instance for somebody who is away.",
    calendar: "A calendar has sent this about a meeting.",
    newsletter: "This is a newsletter that was sent to many.",
    selling: "Somebody offers goods or services, in the phrases of such mails.",
  },
};

const DE: LocalReasons = {
  none: "Dieses Ticket ähnelt keinem der bekannten Themen deutlich genug.",
  little: "Das Ticket sagt nicht, worum es geht.",
  alike: "Jemand im Team hat das von einem sehr ähnlichen Ticket gesagt.",
  unread: (code) =>
    unreadIn(
      "de",
      code,
      "Das eingebaute Verfahren liest diese Sprache nicht.",
      (language) => `Das eingebaute Verfahren liest kein ${language}.`,
    ),
  whole: (name) => `Der Wortlaut insgesamt ist ${name} am nächsten.`,
  sentences: (count, name) =>
    count === 1 ? `Der zitierte Satz spricht für ${name}.` : `Die zitierten Sätze sprechen für ${name}.`,
  words: (words, count, name) =>
    count === 1 ? `Das Wort ${words} passt zu ${name}.` : `Die Wörter ${words} passen zu ${name}.`,
  noTicket: {
    bounce: "Ein Mailserver meldet, dass eine Mail nicht zugestellt werden konnte.",
    auto_reply: "Ein Programm hat von selbst geantwortet, etwa für jemanden, der abwesend ist.",
    calendar: "Ein Kalender hat dies zu einem Termin geschickt.",
    newsletter: "Das ist ein Newsletter, der an viele ging.",
    selling: "Jemand bietet Waren oder Dienste an, mit den Wendungen solcher Mails.",
  },
};

const FR: LocalReasons = {
  none: "Ce ticket ne ressemble assez nettement à aucun des sujets connus.",
  little: "Le ticket ne dit pas de quoi il s'agit.",
  alike: "Quelqu'un de l'équipe l'a dit d'un ticket très semblable.",
  unread: (code) =>
    unreadIn(
      "fr",
      code,
      "La méthode intégrée ne lit pas cette langue.",
      (language) => `La méthode intégrée ne lit pas cette langue (${language}).`,
    ),
  whole: (name) => `Dans son ensemble, le texte est le plus proche de ${name}.`,
  sentences: (count, name) =>
    count === 1 ? `La phrase citée parle pour ${name}.` : `Les phrases citées parlent pour ${name}.`,
  words: (words, count, name) =>
    count === 1 ? `Le mot ${words} correspond à ${name}.` : `Les mots ${words} correspondent à ${name}.`,
  noTicket: {
    bounce: "Un serveur de messagerie signale qu'un message n'a pas pu être remis.",
    auto_reply: "Un programme a répondu de lui-même, par exemple pour une personne absente.",
    calendar: "Un agenda a envoyé ceci au sujet d'une réunion.",
    newsletter: "C'est une lettre d'information envoyée à beaucoup de monde.",
    selling: "Quelqu'un propose des biens ou des services, avec les formules de tels messages.",
  },
};

const ES: LocalReasons = {
  none: "Este ticket no se parece con suficiente claridad a ninguno de los temas conocidos.",
  little: "El ticket no dice de qué se trata.",
  alike: "Alguien del equipo lo dijo de un ticket muy parecido.",
  unread: (code) =>
    unreadIn(
      "es",
      code,
      "El método incorporado no lee este idioma.",
      (language) => `El método incorporado no lee este idioma (${language}).`,
    ),
  whole: (name) => `El texto en su conjunto se parece sobre todo a ${name}.`,
  sentences: (count, name) =>
    count === 1
      ? `La frase citada habla a favor de ${name}.`
      : `Las frases citadas hablan a favor de ${name}.`,
  words: (words, count, name) =>
    count === 1
      ? `La palabra ${words} corresponde a ${name}.`
      : `Las palabras ${words} corresponden a ${name}.`,
  noTicket: {
    bounce: "Un servidor de correo informa de que un mensaje no se pudo entregar.",
    auto_reply: "Un programa ha respondido por sí solo, por ejemplo por alguien que está ausente.",
    calendar: "Un calendario ha enviado esto sobre una reunión.",
    newsletter: "Es un boletín que se envió a muchas personas.",
    selling: "Alguien ofrece productos o servicios, con las fórmulas de esos correos.",
  },
};

const PT: LocalReasons = {
  none: "Este ticket não se parece com clareza suficiente com nenhum dos temas conhecidos.",
  little: "O ticket não diz do que se trata.",
  alike: "Alguém da equipe disse isso de um ticket muito parecido.",
  unread: (code) =>
    unreadIn(
      "pt",
      code,
      "O método incorporado não lê este idioma.",
      (language) => `O método incorporado não lê este idioma (${language}).`,
    ),
  whole: (name) => `O texto como um todo está mais próximo de ${name}.`,
  sentences: (count, name) =>
    count === 1 ? `A frase citada fala a favor de ${name}.` : `As frases citadas falam a favor de ${name}.`,
  words: (words, count, name) =>
    count === 1
      ? `A palavra ${words} corresponde a ${name}.`
      : `As palavras ${words} correspondem a ${name}.`,
  noTicket: {
    bounce: "Um servidor de e-mail informa que uma mensagem não pôde ser entregue.",
    auto_reply: "Um programa respondeu por si só, por exemplo por alguém que está ausente.",
    calendar: "Um calendário enviou isto sobre uma reunião.",
    newsletter: "É um boletim enviado a muitas pessoas.",
    selling: "Alguém oferece produtos ou serviços, com as fórmulas desses e-mails.",
  },
};

const IT: LocalReasons = {
  none: "Questo ticket non somiglia abbastanza chiaramente a nessuno dei temi noti.",
  little: "Il ticket non dice di che cosa si tratta.",
  alike: "Qualcuno del team lo ha detto di un ticket molto simile.",
  unread: (code) =>
    unreadIn(
      "it",
      code,
      "Il metodo integrato non legge questa lingua.",
      (language) => `Il metodo integrato non legge questa lingua (${language}).`,
    ),
  whole: (name) => `Il testo nel suo insieme è più vicino a ${name}.`,
  sentences: (count, name) =>
    count === 1 ? `La frase citata parla per ${name}.` : `Le frasi citate parlano per ${name}.`,
  words: (words, count, name) =>
    count === 1 ? `La parola ${words} corrisponde a ${name}.` : `Le parole ${words} corrispondono a ${name}.`,
  noTicket: {
    bounce: "Un server di posta segnala che un messaggio non è stato recapitato.",
    auto_reply: "Un programma ha risposto da solo, per esempio per una persona assente.",
    calendar: "Un calendario ha inviato questo a proposito di una riunione.",
    newsletter: "È una newsletter inviata a molte persone.",
    selling: "Qualcuno offre beni o servizi, con le formule di messaggi simili.",
  },
};

const NL: LocalReasons = {
  none: "Dit ticket lijkt niet duidelijk genoeg op een van de bekende onderwerpen.",
  little: "Het ticket zegt niet waar het over gaat.",
  alike: "Iemand in het team heeft dat van een zeer vergelijkbaar ticket gezegd.",
  unread: (code) =>
    unreadIn(
      "nl",
      code,
      "De ingebouwde methode leest deze taal niet.",
      (language) => `De ingebouwde methode leest deze taal niet (${language}).`,
    ),
  whole: (name) => `De tekst als geheel ligt het dichtst bij ${name}.`,
  sentences: (count, name) =>
    count === 1 ? `De geciteerde zin spreekt voor ${name}.` : `De geciteerde zinnen spreken voor ${name}.`,
  words: (words, count, name) =>
    count === 1 ? `Het woord ${words} past bij ${name}.` : `De woorden ${words} passen bij ${name}.`,
  noTicket: {
    bounce: "Een mailserver meldt dat een bericht niet bezorgd kon worden.",
    auto_reply: "Een programma heeft vanzelf geantwoord, bijvoorbeeld voor iemand die afwezig is.",
    calendar: "Een agenda heeft dit over een afspraak gestuurd.",
    newsletter: "Dit is een nieuwsbrief die naar velen ging.",
    selling: "Iemand biedt goederen of diensten aan, in de zinnen van zulke mails.",
  },
};

const JA: LocalReasons = {
  none: "このチケットは、登録されているどのトピックにも十分には似ていません。",
  little: "このチケットには、用件が書かれていません。",
  alike: "よく似たチケットについて、担当者がそう判断しています。",
  unread: (code) =>
    unreadIn(
      "ja",
      code,
      "内蔵の分類器はこの言語を読めません。",
      (language) => `内蔵の分類器はこの言語（${language}）を読めません。`,
    ),
  whole: (name) => `文面全体として「${name}」に最も近い内容です。`,
  sentences: (_count, name) => `引用した文が「${name}」を示しています。`,
  words: (words, _count, name) => `${words} という語が「${name}」に当てはまります。`,
  noTicket: {
    bounce: "メールが配信できなかったというメールサーバーの通知です。",
    auto_reply: "プログラムによる自動返信です（不在通知など）。",
    calendar: "会議についてカレンダーから送られたものです。",
    newsletter: "多数に送られたニュースレターです。",
    selling: "商品やサービスの売り込みで、そうしたメールの決まり文句が使われています。",
  },
};

const BY_LANGUAGE: Readonly<Record<string, LocalReasons>> = {
  ...{ en: EN, de: DE, fr: FR, es: ES },
  ...{ pt: PT, it: IT, nl: NL, ja: JA },
};

/** @param language BCP-47; English where there are no words in it */
export const localReasonsIn = (language: string): LocalReasons =>
  BY_LANGUAGE[language.toLowerCase().split("-")[0] ?? ""] ?? EN;
