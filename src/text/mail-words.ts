/** What mail programs write around a mail, in the languages that they speak. */

const lines = (...words: readonly string[]): string => words.join("|");

/** Ends the line above an answered mail: "On Mon, 3 Nov 2026 at 10:00, Jane wrote:" */
export const WROTE = lines(
  "wrote|writes|schrieb|geschrieben|(?:a|avez) écrit|escribió|escreveu|(?:ha|hai) scritto|schreef|geschreven",
  "skrev(?: følgende| följande)?|kirjoitti|napisał(?:[(]?a[)]?)?|pisze|napsal(?:[(]?a[)]?)?|píše|napísal(?:[(]?a[)]?)?|a scris|scrie",
  "(?:ezt |az alábbit )?írta|(?:şunu |şunları )?yazdı|написала?|написал[(]а[)]|пишет|написав|написала|пише|написа|έγραψε",
  "đã viết|menulis|je napisao|je napisala|كتب|كتبت|כתב|כתבה|เขียนว่า|نوشت",
);
/** The same in scripts that put no blanks between words. */
export const WROTE_UNSPACED =
  "写道|寫道|写到|のメール|のメッセージ|(?:さんは|が)?書きました|님이 ?작성|님이 ?쓴 ?글|작성";
/** Stands before the name: "Am 3.11.2026 um 10:00 schrieb Jane:" */
export const WROTE_BEFORE =
  "schrieb|schreef|skrev|napisał(?:[(]a[)])?|napsal(?:[(]a[)])?|napísal(?:[(]a[)])?|كتب|كتبت|כתב|כתבה|بواسطة";

const separator = (dashes: string, words: string): RegExp =>
  new RegExp(`^[-_–—=* ]${dashes}\\s?(?:${words})\\s?[:：]?[-_–—=* ]${dashes}$`, "iu");

/** "-----Original Message-----" */
export const ORIGINAL = separator(
  "{2,60}",
  lines(
    "original (?:message|appointment)|ursprüngliche nachricht|original-?nachricht|message d['’]origine|mensaje original",
    "mensagem original|messaggio originale|oorspronkelijk bericht|oprindelig (?:meddelelse|besked)|ursprungligt meddelande",
    "opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní (?:zpráva|e-mail)|pôvodná správa",
    "eredeti üzenet|mesaj(?:ul)? original|(?:orijinal|özgün) (?:mesaj|ileti)|исходное сообщение|вихідне повідомлення|оригинално съобщение",
    "αρχικό μήνυμα|thư gốc|pesan asli|元のメッセージ|原始(?:邮件|郵件|信件)|원본 ?(?:메시지|메일|이메일)|הודעה מקורית|الرسالة الأصلية",
  ),
);

/** "---------- Forwarded message ---------" */
export const FORWARDED = separator(
  "{0,60}",
  lines(
    "(?:begin )?forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-?mail)",
    "message (?:transféré|transmis)|début du message (?:réexpédié|transféré)|(?:inicio del )?mensaje reenviado",
    "(?:início da )?mensagem (?:re)?encaminhada|(?:inizio )?messaggio inoltrato|(?:begin )?doorgestuurd bericht",
    "vidarebefordrat (?:meddelande|mejl)|(?:start på )?videresendt (?:meddelelse|melding|besked)",
    "välitetty viesti(?: alkaa| ?/ ?fwd[.]msg)?|edelleenlähetetty viesti|przekazana wiadomość",
    "(?:początek|treść) przekaz(?:yw)?anej wiadomości|(?:začátek )?přeposlan(?:á zpráva|é zprávy)|(?:začiatok )?preposlan(?:á správa|ej správy)",
    "továbbított (?:üzenet|levél kezdete)|(?:începe )?mesaj(?:ul)? redirecționat|[iİ]let(?:ilmiş|ilen) (?:mesaj|[iİ]leti)|yönlendirilen ileti|[iİ]leti başlangıcı",
    "(?:пересылаемое|перенаправленное|пересланное) сообщение|начало переадресованного сообщения",
    "(?:перенаправлене|переслане) повідомлення|початок листа, що пересилається|προωθημένο μήνυμα",
    "転送された?メッセージ|转发的?邮件|轉寄的?郵件|전달된 ?(?:메시지|메일)|הודעה שהועברה|رسالة (?:معاد توجيهها|مُعاد توجيهها|محولة)",
  ),
);

export const FORWARD_SUBJECT =
  /^\s{0,4}(?:fwd?|wg|tr|rv|enc|i|doorst|vs|vl|vb|pd|[iİ]lt|redir\.|videresend|továbbítás|пересл|轉寄|转发|転送|전달)\s?[:：]/iu;

/** Own words that say no more than that the mail below is what counts. */
export const POINTS_BELOW =
  /^(?:(?:please )?(?:see|read|check) (?:below|the (?:mail|message|e-?mail) below)|see forwarded.{0,20}|as below|fyi|for your information|(?:bitte )?(?:siehe|s[.]) ?unten|zur (?:info|information|kenntnis)|z[.] ?k[.]|(?:voir|cf[.]?) ci-dessous|pour info(?:rmation)?|ver (?:m[aá]s )?abajo|ver abaixo|vedi sotto|zie (?:hieronder|onder)|ter info(?:rmatie)?|se (?:nedan|nedenfor)|patrz niżej|viz níže|см[.]? ниже|aşağıda|下記参照|如下|아래 참조)[.!:]{0,3}$/iu;

/** "##- Please type your reply above this line -##" */
export const REPLY_ABOVE = /^##-.{4,120}-##$/u;

export type Header = "from" | "date" | "to" | "subject" | "form";

/** What stands before the colon in the block above a quoted mail. Tells a form, too: no mail program writes "Phone:". */
export const HEADERS: ReadonlyMap<string, Header> = new Map(
  (
    [
      [
        "from",
        "from|von|de|da|van|från|fra|od|kimden|gönderen|от|от кого|отправитель|lähettäjä|feladó|mittente|nadawca|expeditor|expeditorul|de la|від|від кого|από|từ|dari|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람|발신|מאת|من",
      ],
      [
        "date",
        "sent|date|gesendet|datum|envoyé|enviado|enviado el|enviado em|enviada em|enviada|fecha|data|inviato|data invio|verzonden|skickat|sendt|dato|wysłano|data wysłania|odesláno|odoslané|dátum|elküldve|trimis|gönderildi|gönderme tarihi|tarih|отправлено|дата|надіслано|lähetetty|päivämäärä|päiväys|στάλθηκε|ημερομηνία|đã gửi|ngày|tanggal|dikirim|送信日時|日時|日付|发送时间|发送日期|日期|寄件日期|보낸 날짜|보낸날짜|날짜|נשלח|תאריך|تم الإرسال|التاريخ|تاريخ",
      ],
      [
        "to",
        "to|an|à|pour|para|a|aan|till|til|do|kime|alıcı|кому|vastaanottaja|címzett|komu|pre|către|destinatar|destinatario|adresat|προς|đến|tới|kepada|宛先|收件人|收件者|받는 사람|받는사람|수신|אל|إلى|cc|kopie|kopia|copie|копия|참조|抄送|副本",
      ],
      [
        "subject",
        "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|konu|тема|aihe|předmět|predmet|tárgy|subiect|subiectul|θέμα|chủ đề|perihal|subjek|件名|主题|主題|主旨|제목|נושא|الموضوع|موضوع",
      ],
      [
        "form",
        "phone|telephone|telefon|téléphone|teléfono|telefone|telefono|mobile|email|e-mail|mail|name|first name|last name|nom|nombre|nome|naam|vorname|nachname|message|nachricht|mensaje|mensagem|messaggio|bericht|comments|comment|enquiry|сообщение|имя|телефон|お名前|お問い合わせ内容|内容|姓名",
      ],
    ] as const
  ).flatMap(([kind, labels]) => labels.split("|").map((label) => [label, kind] as const)),
);

/** "Sent from my iPhone" */
export const SENT_FROM = new RegExp(
  `^(?:${lines(
    "(?:sent (?:from|via|with|using) (?:my |the |outlook|proton|yahoo|gmail|mail|spark|samsung|\\w{1,20} (?:for|on) )|get outlook for|(?:von|mit) meine[mr] .{1,60} gesendet|gesendet (?:von|mit|über) |diese nachricht wurde von mein|envoyé (?:de|depuis|à partir de|avec) |enviado (?:desde|do|a partir|de) (?:mi|meu|my|o|outlook)|inviato da(?:l mi)?[ol]? |(?:verzonden|verstuurd) (?:vanaf|met) |skickat från |sendt fra |lähetetty |wysłan[eo] z |odesl?áno z |odoslané z |(?:отправлено|надіслано) (?:с|из|з|із) |gönderildi: |trimis de pe |στάλθηκε από |dikirim dari |được gửi từ |发自|發自|從我的|从我的|(?:나의|내) .{1,20}에서 보냄|נשלח מה|أُ?رسلت? من |yahoo mail).{0,80}",
    ".{0,20}iphoneから送信|az .{1,20}(?:ró|rő)l küldve|.{1,20}(?:dan|den|tan|ten) gönderildi|.{1,20}에서 보냄",
    "(?:télécharger|obtenir|obtener|obter o|scarica|hämta|hent|pobierz aplikację|получить|загрузить|stáhnout) outlook .{0,40}|outlook (?:für|voor|pre|pro) .{1,30}",
  )})$`,
  "iu",
);

/** The words before a name at the end. */
export const CLOSING = new RegExp(
  `^(?:${lines(
    "(?:best|kind|warm|warmest|many|with (?:best|kind)|my best) (?:regards|wishes|thanks)|regards|sincerely|yours (?:sincerely|faithfully|truly)|cheers|thanks|thank you|many thanks",
    "mit (?:freundlichen|besten|herzlichen) gr(?:ü|ue)(?:ß|ss)en|(?:beste|viele|liebe|freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e|mfg|vg|lg",
    "cordialement|bien (?:cordialement|à vous)|(?:meilleures )?salutations|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|atenciosamente|att|abraços?|(?:com os melhores )?cumprimentos|(?:cordiali|distinti) saluti|saluti",
    "met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?|groetjes|mvg|(?:med )?vänliga? hälsning(?:ar)?|hälsningar|mvh|vh|(?:med )?vennlig hilsen|(?:med )?venlig hilsen|hilsen",
    "(?:ystävällisin )?terveisin|z poważaniem|pozdrawiam(?: serdecznie)?|s (?:přátelským )?pozdrav[eo]m|üdvözlettel|cu (?:stimă|respect)|saygılarımla|iyi çalışmalar|с уважением|з повагою|με εκτίμηση|trân trọng|salam|hormat kami",
    "よろしくお願い(?:いた|致)?します|敬具|以上|此致|敬礼|祝好|(?:多)?谢谢|謝謝|감사합니다|드림|בברכה|תודה(?: רבה)?|(?:مع )?(?:أطيب |خالص )?(?:ال)?تحيات?ي?|شكرا",
  )})[,.!。、！，]{0,2}$`,
  "iu",
);
