/** What customers of the generated tickets say, in twelve languages. */

export interface Language {
  readonly hello: string;
  readonly sentences: readonly string[];
  readonly phone: string;
  readonly password: string;
  readonly order: string;
}

/** One customer in each language: a greeting, what goes between, and the words before a number. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: {
    hello: "Hello,",
    sentences: ["the parcel has not arrived", "please check this"],
    phone: "phone:",
    password: "password:",
    order: "order",
  },
  de: {
    hello: "Guten Tag,",
    sentences: ["das Paket ist nicht da", "bitte prüfen Sie das"],
    phone: "Tel.",
    password: "Passwort:",
    order: "Bestellung",
  },
  fr: {
    hello: "Bonjour,",
    sentences: ["le colis n'est pas arrivé", "merci de vérifier"],
    phone: "téléphone :",
    password: "mot de passe :",
    order: "commande",
  },
  es: {
    hello: "Hola,",
    sentences: ["el paquete no ha llegado", "compruébenlo por favor"],
    phone: "teléfono:",
    password: "contraseña:",
    order: "pedido",
  },
  pt: {
    hello: "Olá,",
    sentences: ["a encomenda não chegou", "verifiquem por favor"],
    phone: "telefone:",
    password: "senha:",
    order: "encomenda",
  },
  it: {
    hello: "Buongiorno,",
    sentences: ["il pacco non è arrivato", "controllate per favore"],
    phone: "telefono:",
    password: "password:",
    order: "ordine",
  },
  nl: {
    hello: "Hallo,",
    sentences: ["het pakket is er niet", "graag nakijken"],
    phone: "telefoon:",
    password: "wachtwoord:",
    order: "bestelling",
  },
  pl: {
    hello: "Dzień dobry,",
    sentences: ["paczka nie dotarła", "proszę sprawdzić"],
    phone: "telefon:",
    password: "hasło:",
    order: "zamówienie",
  },
  sv: {
    hello: "Hej,",
    sentences: ["paketet har inte kommit", "vänligen kontrollera"],
    phone: "telefon:",
    password: "lösenord:",
    order: "order",
  },
  ru: {
    hello: "Здравствуйте,",
    sentences: ["посылка не пришла", "проверьте пожалуйста"],
    phone: "телефон:",
    password: "пароль:",
    order: "заказ",
  },
  ja: {
    hello: "こんにちは、",
    sentences: ["荷物が届きません", "ご確認ください"],
    phone: "電話：",
    password: "パスワード：",
    order: "注文番号",
  },
  zh: {
    hello: "您好，",
    sentences: ["包裹还没有到", "请检查一下"],
    phone: "电话：",
    password: "密码：",
    order: "订单号",
  },
};
