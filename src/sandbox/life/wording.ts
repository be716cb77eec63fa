/** What customers and agents of the simulated team say around the matter itself, in the customer's language. */
import { pick, type Random } from "./random.ts";

interface Phrases {
  readonly names: readonly string[];
  /** Before the matter; an empty one is none. */
  readonly greetings: readonly string[];
  /** After it, followed by the customer's name. */
  readonly partings: readonly string[];
  readonly answer: string;
  readonly asksBack: string;
  readonly stillBroken: string;
}

const PHRASES = {
  en: {
    names: [
      "Hannah Brooks",
      "Owen Castell",
      "Grace Adeyemi",
      "Walter Pruitt",
      "Maya Singh",
      "Tom Hale",
      "Ruth Ames",
    ],
    greetings: ["", "Hi,", "Hello,", "Hi there,", "Good morning,", "Dear support team,"],
    partings: ["", "Thanks,", "Thank you,", "Best regards,", "Cheers,"],
    answer: "Thank you for writing. We have looked into it, and this is what will help.",
    asksBack: "Thanks for the quick answer. One more question: how long will that take?",
    stillBroken: "I am afraid this is not solved yet. It is just as before.",
  },
  de: {
    names: ["Sebastian Vogel", "Petra Lang", "Jürgen Weiß", "Anke Sommer"],
    greetings: ["", "Guten Tag,", "Hallo,", "Sehr geehrte Damen und Herren,"],
    partings: ["", "Mit freundlichen Grüßen", "Viele Grüße", "Danke und Gruß"],
    answer: "Vielen Dank für Ihre Nachricht. Wir haben es uns angesehen, und so geht es weiter.",
    asksBack: "Danke für die schnelle Antwort. Wie lange wird das dauern?",
    stillBroken: "Leider ist das noch nicht gelöst. Es ist wie vorher.",
  },
  fr: {
    names: ["Camille Girard", "Luc Perrin", "Inès Roche", "Hugo Marchand"],
    greetings: ["", "Bonjour,", "Madame, Monsieur,"],
    partings: ["", "Cordialement,", "Merci d’avance,"],
    answer: "Merci de votre message. Nous avons regardé, et voici ce qui vous aidera.",
    asksBack: "Merci pour la réponse rapide. Combien de temps cela prendra-t-il ?",
    stillBroken: "Malheureusement, ce n’est pas réglé. C’est comme avant.",
  },
  es: {
    names: ["Lucía Fernández", "Diego Ramos", "Carmen Vidal", "Pablo Ortiz"],
    greetings: ["", "Hola,", "Buenos días,"],
    partings: ["", "Gracias,", "Un saludo,"],
    answer: "Gracias por escribirnos. Lo hemos mirado y esto le ayudará.",
    asksBack: "Gracias por la respuesta. ¿Cuánto tardará?",
    stillBroken: "Lamentablemente no está resuelto. Sigue igual que antes.",
  },
  it: {
    names: ["Giulia Conti", "Paolo Greco", "Elisa Marino"],
    greetings: ["", "Buongiorno,", "Salve,"],
    partings: ["", "Grazie,", "Cordiali saluti,"],
    answer: "Grazie per averci scritto. Abbiamo controllato, ed ecco che cosa la aiuterà.",
    asksBack: "Grazie della risposta. Quanto tempo ci vorrà?",
    stillBroken: "Purtroppo non è risolto. È come prima.",
  },
  nl: {
    names: ["Sanne de Vries", "Bram Visser", "Lotte Smit"],
    greetings: ["", "Hallo,", "Goedemorgen,"],
    partings: ["", "Bedankt,", "Met vriendelijke groet,"],
    answer: "Bedankt voor uw bericht. We hebben gekeken, en dit zal helpen.",
    asksBack: "Bedankt voor het snelle antwoord. Hoe lang gaat dat duren?",
    stillBroken: "Helaas is het nog niet opgelost. Het is net als eerst.",
  },
  pt: {
    names: ["Beatriz Nunes", "Tiago Lopes", "Rita Moura"],
    greetings: ["", "Olá,", "Bom dia,"],
    partings: ["", "Obrigado,", "Cumprimentos,"],
    answer: "Obrigado pela sua mensagem. Já vimos o que se passa, e isto vai ajudar.",
    asksBack: "Obrigado pela resposta. Quanto tempo vai demorar?",
    stillBroken: "Infelizmente ainda não está resolvido. Está como antes.",
  },
  ja: {
    names: ["佐藤 陽子", "鈴木 健太", "高橋 美咲"],
    greetings: ["", "お世話になっております。", "こんにちは。"],
    partings: ["", "よろしくお願いいたします。"],
    answer: "お問い合わせありがとうございます。確認のうえ、対応方法をご案内いたします。",
    asksBack: "ありがとうございます。どのくらい時間がかかりますか。",
    stillBroken: "残念ながらまだ解決していません。以前と同じ状態です。",
  },
} as const satisfies Record<string, Phrases>;

/** What no filter caught. Nobody's intent, and nobody's group. */
export const SPAM: readonly { readonly subject: string; readonly description: string }[] = [
  {
    subject: "Rank #1 on every search engine",
    description:
      "Dear Sir/Madam, we reviewed your website and can bring you 10,000 visitors a month. Reply for our price list of backlinks and guest posts.",
  },
  {
    subject: "You have won",
    description:
      "Congratulations!!! Your address was chosen in our yearly lottery. To receive your prize send a small handling fee within 24 hours.",
  },
  {
    subject: "Out of office: Re: Newsletter",
    description:
      "I am out of the office until Monday with no access to e-mail. This is an automatic reply, please do not answer it.",
  },
];

export const ASIDE = {
  subject: "Can you confirm the terms for this customer?",
  description: "Before I answer: is the exception from last quarter still good for this account?",
};

export const RATED = {
  good: ["Quick and friendly, thank you.", "Solved at once.", ""],
  bad: ["It took far too long.", "I had to explain it three times.", ""],
} as const;

/** English for languages that nobody here speaks. */
export function phrasesFor(language: string | null): Phrases {
  const found = Object.entries(PHRASES).find(([code]) => code === language?.slice(0, 2).toLowerCase());
  return found?.[1] ?? PHRASES.en;
}

/** The same matter as another person would send it. Chat has no letters' forms. */
export function wordedAs(
  matter: string,
  { phrases, name, isChat }: { phrases: Phrases; name: string; isChat: boolean },
  random: Random,
): string {
  const [greeting, parting] = [pick(phrases.greetings, random), pick(phrases.partings, random)];
  if (isChat) return matter;
  const end = parting === "" ? "" : `${parting}\n${name}`;
  return [greeting, matter, end].filter((part) => part !== "").join("\n\n");
}
