/** Customers of fifteen languages: sentences with a gap, and what they call their telephone and their password. */

export interface Speaker {
  /** With a gap at `_`. */
  readonly any: readonly string[];
  readonly phone: readonly string[];
  readonly password: readonly string[];
}

const speaker = (any: string, phone: string, password: string): Speaker => ({
  any: any.split("|"),
  phone: phone.split("|"),
  password: password.split("|"),
});

export const SPEAKERS: readonly Speaker[] = [
  speaker(
    "Hi, it is about _, can you help?|I already sent you _ last week.|Here it is again: _\nThanks|(_) does not work for me|Please check _!|My details: _, Jane",
    "You can call me on _ after five.|My phone number is _.|Mobile: _|Reach me at _ please",
    "My password is _ and it fails.|password: _|The password for the shop is _.|user jane, password _",
  ),
  speaker(
    "Guten Tag, es geht um _, bitte prüfen.|Ich habe Ihnen _ schon geschickt.|Hier noch einmal: _\nDanke|Mit _ klappt es nicht",
    "Bitte rufen Sie mich unter _ zurück.|Telefon: _|Meine Handynummer ist _.|Tel.: _",
    "Mein Passwort ist _ und geht nicht.|Passwort: _|Das Kennwort lautet _.",
  ),
  speaker(
    "Bonjour, c'est au sujet de _, merci.|Je vous ai envoyé _ hier.|Voici encore : _\nMerci",
    "Mon numéro de téléphone est le _.|Tél. : _|Appelez-moi au _ svp",
    "Mon mot de passe est _ et il est refusé.|mot de passe : _",
  ),
  speaker(
    "Hola, es sobre _, gracias.|Ya les mandé _ ayer.|Aquí va otra vez: _\nSaludos",
    "Mi teléfono es _.|Móvil: _|Llámenme al _ por favor",
    "Mi contraseña es _ y no funciona.|contraseña: _",
  ),
  speaker(
    "Salve, si tratta di _, grazie.|Vi ho già mandato _ ieri.|Ecco di nuovo: _\nCiao",
    "Il mio cellulare è _.|Telefono: _|Chiamatemi al _ per favore",
    "La mia password è _ e non va.|password: _",
  ),
  speaker(
    "Olá, é sobre _, obrigado.|Já enviei _ ontem.|Aqui vai de novo: _\nObrigada",
    "O meu telemóvel é _.|Telefone: _|Ligue para _ por favor",
    "A minha senha é _ e não entra.|senha: _",
  ),
  speaker(
    "Hallo, het gaat over _, bedankt.|Ik stuurde u _ al gisteren.|Hier nog eens: _\nGroet",
    "Mijn telefoonnummer is _.|Mobiel: _|Ik ben bereikbaar op _",
    "Mijn wachtwoord is _ en het werkt niet.|wachtwoord: _",
  ),
  speaker(
    "Dzień dobry, chodzi o _, dziękuję.|Wysłałem już _ wczoraj.|Jeszcze raz: _\nPozdrawiam",
    "Mój numer telefonu to _.|tel. _|Proszę dzwonić pod _",
    "Moje hasło to _ i nie działa.|hasło: _",
  ),
  speaker(
    "Dobrý den, jde o _, děkuji.|Už jsem vám poslal _ včera.|Tady znovu: _\nDíky",
    "Můj telefon je _.|Mobil: _|Volejte na číslo _",
    "Moje heslo je _ a nefunguje.|heslo: _",
  ),
  speaker(
    "Merhaba, konu _, teşekkürler.|Size dün _ gönderdim.|Tekrar yazıyorum: _\nTeşekkürler",
    "Telefon numaram _.|Cep telefonu: _|Beni _ numarasından arayın",
    "Şifrem _ ama olmuyor.|şifre: _",
  ),
  speaker(
    "Здравствуйте, вопрос по _, спасибо.|Я уже отправлял _ вчера.|Ещё раз: _\nСпасибо",
    "Мой телефон _.|Тел.: _|Позвоните мне по номеру _",
    "Мой пароль _ и он не работает.|пароль: _",
  ),
  speaker(
    "こんにちは。_ の件です。|昨日 _ を送りました。|もう一度書きます：_\nよろしく",
    "電話番号は_です。|携帯：_|_までお電話ください",
    "パスワードは_です。|パスワード：_",
  ),
  speaker(
    "您好，关于 _ 的问题。|我昨天发了 _ 。|再写一次：_\n谢谢",
    "我的电话是_。|手机：_|请打 _ 联系我",
    "我的密码是_。|密码：_",
  ),
  speaker(
    "안녕하세요, _ 문의드립니다.|어제 _ 보냈습니다.|다시 적습니다: _\n감사합니다",
    "제 전화번호는 _ 입니다.|휴대폰: _|_ 로 전화 주세요",
    "비밀번호는 _ 입니다.|비밀번호: _",
  ),
  speaker(
    "مرحبا، بخصوص _ شكرا.|أرسلت لكم _ أمس.|مرة أخرى: _\nشكرا",
    "رقم هاتفي _ شكرا|هاتف: _|جوال _",
    "كلمة المرور هي _ ولا تعمل.|كلمة المرور: _",
  ),
];
