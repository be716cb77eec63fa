/** What mail programs write around a mail, in the languages that they speak. One alternation each, for whole lines. */

/** "On Mon, 3 Nov 2026 at 10:00, Jane wrote:" */
export const WROTE =
  /^(?:(?:on|am|le|el|em|il|op|den|på|dnia|w dniu|dne|ons|tor|fre|a|la data de|в|on the)\b.{4,300}\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał(?:\(a\))?|napsal(?:\(a\))?|scris)|(?:am|op|den|på)\b.{0,60}\d.{0,160}\b(?:schrieb|schreef|skrev)\s.{1,120}|.{4,300}(?:(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti|írta|yazdı|şunu yazdı|написала?|пишет|napisał\(a\)|napsal\(a\)|كتب)|写道|寫道|さんは書きました|のメール|님이 작성|작성))\s{0,2}[:：]$/iu;

/** How such a line begins when it goes on in the next one. */
export const WROTE_BEGINS = /^(?:on|am|le|el|em|il|op|den|dnia|w dniu|dne)\s.{0,40}\d/iu;

/** "-----Original Message-----" */
export const ORIGINAL =
  /^[-_–— ]{2,60}\s?(?:original message|original appointment|ursprüngliche nachricht|originalnachricht|message d['’]origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|původní zpráva|исходное сообщение|orijinal mesaj|元のメッセージ|原始邮件|原始郵件|원본 메시지)\s?[-_–— ]{2,60}$/iu;

/** "---------- Forwarded message ---------" */
export const FORWARDED =
  /^[-_–— ]{0,60}\s?(?:forwarded message|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-?mail)|message transféré|début du message (?:réexpédié|transféré)|mensaje reenviado|inicio del mensaje reenviado|mensagem (?:encaminhada|reencaminhada)|início da mensagem encaminhada|messaggio inoltrato|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:meddelelse|melding)|przekazana wiadomość|přeposlaná zpráva|пересылаемое сообщение|yönlendirilen ileti|転送されたメッセージ|转发的邮件|轉寄的郵件|전달된 메시지)\s?[:：]?[-_–— ]{0,60}$/iu;

export const FORWARD_SUBJECT =
  /^\s{0,4}(?:fwd?|wg|tr|rv|enc|i|doorst|vs|vl|pd|轉寄|转发|転送|전달)\s?[:：]/iu;

/** The block that Outlook puts above a quoted mail. */
export const HEADERS = {
  from: /^\*?(?:from|von|de|da|van|från|fra|od|kimden|от|lähettäjä|feladó|差出人|发件人|寄件者|보낸 사람)\*?\s?[:：]\*?\s?\S/iu,
  date: /^\*?(?:sent|date|gesendet|datum|envoyé|enviado(?: el| em)?|fecha|data|inviato|verzonden|skickat|sendt|dato|wysłano|gönderildi|tarih|отправлено|дата|lähetetty|送信日時|日時|发送时间|日期|寄件日期|보낸 날짜)\*?\s?[:：]/iu,
  to: /^\*?(?:to|an|à|para|a|aan|till|til|do|kime|кому|vastaanottaja|宛先|收件人|收件者|받는 사람|cc)\*?\s?[:：]/iu,
  subject:
    /^\*?(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|konu|тема|aihe|件名|主题|主題|제목)\*?\s?[:：]/iu,
} as const;

/** "Sent from my iPhone" */
export const SENT_FROM =
  /^(?:sent (?:from|via|with|using) (?:my |the |outlook|proton|yahoo|gmail|mail|spark|samsung|\w{1,20} (?:for|on) )|get outlook for|(?:von|mit) meine[mr] .{1,60} gesendet|gesendet (?:von|mit|über) |diese nachricht wurde von mein|envoyé (?:de|depuis|à partir de|avec) |enviado (?:desde|do|a partir|de) (?:mi|meu|my|o|outlook)|inviato da(?:l mi)?[ol]? |(?:verzonden|verstuurd|verstuurd) vanaf |skickat från min|sendt fra min|lähetetty |wysłan[eo] z |odesláno z |отправлено с |gönderildi: |.{0,20}iphoneから送信|发自我的|從我的|从我的 ?\S{1,20} ?发送|(?:나의|내) .{1,20}에서 보냄|yahoo mail).{0,80}$/iu;

/** The words before a name at the end. */
export const CLOSING =
  /^(?:(?:best|kind|warm|warmest|many|with (?:best|kind)|my best) (?:regards|wishes|thanks)|regards|sincerely|yours (?:sincerely|faithfully|truly)|cheers|thanks|thank you|many thanks|mit (?:freundlichen|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en|(?:beste|viele|liebe|freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e|mfg|vg|lg|cordialement|bien (?:cordialement|à vous)|(?:meilleures )?salutations|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|atenciosamente|att|abraços?|cumprimentos|(?:cordiali|distinti) saluti|saluti|met vriendelijke groeten?|vriendelijke groeten?|groetjes|med vänlig hälsning|(?:med )?vennlig hilsen|(?:med )?venlig hilsen|z poważaniem|pozdrawiam|s pozdravem|с уважением|saygılarımla|よろしくお願いいたします|敬具|此致|祝好|감사합니다)[,.!。、]{0,2}$/iu;
