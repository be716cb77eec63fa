/** What machines and sellers write, in the languages that they write it in; folded, as `fold` leaves it. */

const any = (...words: readonly string[]): string => words.join("|");

/** Mail servers about a mail that they could not deliver: the subject. */
export const BOUNCE_SUBJECT = any(
  "undeliver(?:able|ed mail)|mail delivery (?:failed|failure|subsystem|system)|delivery (?:status notification|failure|has failed)",
  "delivery notification|returned mail|failure notice|mail system error|message undeliverable|delayed mail|warning: message .{1,60} delayed",
  "unzustellbar|nicht zugestellt|zustellung .{0,20}fehlgeschlagen|unzustellbare nachricht|non[- ]remis|message non distribu|echec de la remise|non remis",
  "no se puede entregar|no entregado|error de entrega|mensaje no entregado|nao entregue|nao foi possivel entregar|falha na entrega",
  "mancata consegna|non recapitabile|impossibile recapitare|onbestelbaar|niet bezorgd|niet afgeleverd|kan inte levereras|kunne ikke leveres",
  "niedostarczon|nie dostarczono|teslim edilemedi|недоставлен|не доставлено|не удалось доставить|配信不能|配信できません|投递失败|退信|반송|تعذر التسليم",
);

/** … and what they put into the mail itself; two of them are no customer's words. */
export const BOUNCE_BODY: readonly string[] = [
  "mailer-?daemon|mail delivery (?:software|subsystem|system)|this is the mail system at host",
  "(?:smtp|status|diagnostic)[- :].{0,40}\\b[45][.]\\d{1,2}[.]\\d{1,3}\\b|\\b55[0-4][ -][45][.]\\d",
  "final-recipient:|diagnostic-code:|reporting-mta:|remote-mta:|original-recipient:",
  "(?:following (?:address(?:es)?|recipients?) (?:had|failed|couldn.t|could not)|(?:could not|couldn.t|wasn.t|was not|failed to) (?:be )?deliver(?:ed)?)",
  "delivery has failed to these recipients|permanent(?:ly)? (?:fatal )?error|mailbox (?:is )?(?:full|unavailable)|user unknown|no such user|address not found|host unknown",
  "konnte nicht zugestellt werden|postfach (?:ist )?voll|n.a pas pu etre (?:remis|distribue|livre)|no (?:se pudo|ha podido) (?:ser )?entrega|non (?:e stato possibile|puo essere) (?:recapitat|consegnat)|kon niet worden (?:bezorgd|afgeleverd)|nao (?:pode|foi possivel) ser entregue",
];

/** The subject of an answer that a machine gave, before the subject of what it answers. */
export const AUTO_REPLY_SUBJECT = any(
  "automatic reply|auto[- ]?reply|autoreply|auto[- ]?response|automated (?:reply|response)|out[- ]of[- ](?:the[- ])?office|ooo|on (?:annual |parental |maternity )?leave",
  "automatische antwort|automatisch(?:e)? (?:antwoord|beantwoording)|abwesenheits(?:notiz|meldung|assistent)|abwesend|abwesenheit|nicht im buro",
  "reponse automatique|absence du bureau|absent(?:e)? du bureau|message d.absence|respuesta automatica|fuera de (?:la )?oficina|ausente|ausencia",
  "resposta automatica|fora do escritorio|ausencia temporaria|risposta automatica|fuori (?:sede|ufficio)|assenza|assente|afwezig(?:heid)?",
  "autosvar|automatisk svar|automaattinen vastaus|automatyczna odpowiedz|poza biurem|automaticka odpoved|otomatik yanit|ofis disinda",
  "автоматический ответ|автоответ|вне офиса|автоматична відповідь|自動(?:返信|応答)|不在(?:通知|のお知らせ)|자동 ?(?:회신|응답)|부재중|自动(?:回复|答复)|自動回覆|الرد التلقائي|رد تلقائي|خارج المكتب",
);

/** The sender is away … */
export const AWAY = any(
  "(?:i am|i.m|i will be|am) (?:currently )?(?:out of (?:the )?office|away from (?:the office|my desk)|on (?:annual |parental |maternity |sick )?leave|on (?:vacation|holiday))|currently out of (?:the )?office",
  "(?:bin|befinde mich) .{0,40}(?:nicht im (?:buro|haus|dienst)|im urlaub|abwesend|ausser haus)|je suis (?:actuellement )?(?:absente?|en conges?|en vacances)",
  "(?:estoy|me encuentro|estare) .{0,30}(?:fuera de la oficina|ausente|de vacaciones)|(?:estou|estarei) .{0,30}(?:fora do escritorio|ausente|de ferias)|(?:sono|saro) .{0,30}(?:fuori (?:sede|ufficio)|assente|in ferie)",
  "ik ben .{0,40}(?:afwezig|niet op kantoor|met vakantie)|jag ar .{0,30}(?:pa semester|inte pa kontoret|franvarande)|jestem (?:poza biurem|na urlopie|nieobecn)|przebywam na urlopie",
  "(?:ofis disindayim|izinde(?:yim)?|tatilde(?:yim)?)|(?:нахожусь|я) .{0,20}(?:в отпуске|вне офиса)|休暇(?:中|を(?:いただい|頂い))|不在にして|부재중|휴가 ?중|(?:正在|目前).{0,6}(?:休假|不在办公室)|أنا (?:خارج المكتب|في إجازة)",
);
/** … until a day … */
export const BACK = any(
  "(?:be back|return(?:ing)?|back in the office|until|through)\\b|(?:wieder|zuruck|bis (?:zum|einschliesslich|\\d))|(?:de retour|jusqu.au|retour le)|(?:vuelvo|regreso|hasta el|regresare|volvere)|(?:volto|retorno|ate (?:o dia|\\d)|regresso)|(?:rientr|torner|fino al)",
  "(?:terug|tot en met|vanaf)|(?:tillbaka|ater)|(?:wracam|wroce|do dnia)|(?:donece|tarihine kadar|tarihinde)|(?:вернусь|до \\d)|まで|より(?:復帰|出社)|까지|복귀|(?:返回|回来|至)|(?:أعود|حتى|العودة)",
);
/** … and says whom to turn to, or that it will be read later: nobody who wants something writes all three. */
export const MEANWHILE = any(
  "(?:urgent|immediate|emergenc|in my absence|please contact|contact my colleague|reach out to|limited access|reply (?:to you )?(?:up)?on my return|as soon as i (?:am back|return)|not be forwarded|no access to (?:my )?e-?mail)",
  "(?:in dringenden|dringende|wenden sie sich|meine vertretung|nicht weitergeleitet|eingeschrankt(?:en)? zugriff|nach meiner ruckkehr)|(?:en cas d.urgence|urgence|veuillez contacter|a mon retour|acces limite)",
  "(?:urgente|urgencia|contacte|pongase en contacto|a mi regreso|acceso limitado)|(?:contactar|contato com|no meu retorno|acesso limitado)|(?:urgenze|urgenza|contattare|rivolgersi|al mio rientro|accesso limitato)",
  "(?:dringend|neem contact op|bij mijn terugkeer|beperkt(?:e)? toegang)|(?:bradskande|kontakta)|(?:pilne|pilnych|prosze o kontakt|po powrocie)|(?:acil|iletisime gec)|(?:срочн|обращайтесь|по возвращении)|お急ぎ|ご連絡(?:ください|をお願い)|급한|연락|(?:紧急|请联系)|(?:للضرورة|العاجلة|يرجى التواصل|الاتصال)",
);

/** Calendars about a meeting: the subject. */
export const CALENDAR_SUBJECT = any(
  "(?:tentatively )?accepted|declined|tentative|(?:updated )?invitation|invite|cancel(?:l)?ed(?: event)?|meeting (?:forward notification|cancel(?:l)?ed)|new time proposed|event updated",
  "zugesagt|abgesagt|abgelehnt|mit vorbehalt|(?:aktualisierte )?einladung|terminzusage|accepte|refuse|annule|(?:mise a jour de l.)?invitation|provisoire",
  "aceptad[oa]|rechazad[oa]|cancelad[oa]|(?:convocatoria|invitacion)(?: actualizada)?|aceit[oae]|recusad[oa]|convite(?: atualizado)?|accettat[oa]|rifiutat[oa]|annullat[oa]|invito(?: aggiornato)?",
  "geaccepteerd|afgewezen|geannuleerd|uitnodiging|accepterat|avbojd|inbjudan|zaakceptowano|odrzucono|anulowano|zaproszenie|kabul edildi|reddedildi|davet|принято|отклонено|приглашение|отменено|承諾|辞退|招待|会議出席依頼|수락|거절|초대|已接受|已拒绝|邀请|تم القبول|دعوة",
);
export const CALENDAR_BODY = any(
  "begin:vcalendar|\\binvite[.]ics\\b|[.]ics\\b|google calendar|calendar[.]google|microsoft teams|teams[-.]meeting|zoom meeting|join (?:zoom|with google meet|the meeting)|meeting id:|passcode:|view all guest info|has (?:accepted|declined|tentatively accepted|invited you)",
  "google kalender|google agenda|hat (?:diese |ihre )?(?:einladung|termin)|a (?:accepte|refuse|decline) |ha (?:aceptado|rechazado|accettato|rifiutato) |heeft .{0,30}(?:geaccepteerd|afgewezen)|teams-besprechung|reunion (?:de )?microsoft teams|konferenz-id|meeting-id",
  "(?:^|\\s)(?:when|wann|quand|cuando|quando|wanneer|nar|kiedy|ne zaman|когда|日時|일시|时间|الوقت)\\s?[:：].{1,200}\\s(?:where|wo|ou|donde|dove|onde|waar|plats|gdzie|nerede|где|場所|장소|地点|المكان|calendar|kalender|calendrier|calendario|agenda|who|wer|qui|quien|chi|quem|wie|organi[sz]er|organisator|joining info)\\s?[:：]",
);

/** A newsletter: how one leaves it … */
export const UNSUBSCRIBE = any(
  "unsubscribe|opt[- ]out|stop (?:getting|receiving) (?:these|our|this)|manage (?:your )?(?:e-?mail )?preferences|update your preferences",
  "abmelden|abbestellen|austragen|se desinscrire|se desabonner|desabonnement|darse de baja|cancelar (?:la )?(?:suscripcion|inscricao|subscricao)|anular (?:la )?suscripcion",
  "disiscriv|annulla(?:re)? l.iscrizione|cancellati|uitschrijven|afmelden|avregistrera|avsluta prenumeration|wypisz|anuluj subskrypcje|abonelikten (?:cik|ayril)|отписаться|отпишитесь|配信(?:停止|解除)|購読解除|수신 ?거부|退订|取消订阅|إلغاء الاشتراك",
);
/** … why one gets it, how it is seen whole, whose it is. */
export const NEWSLETTER: readonly string[] = [
  "(?:view|read|open) (?:this |it |the )?(?:e-?mail|newsletter|message|online)?\\s?(?:in|with) (?:your |a |the )?(?:web )?browser|view (?:it )?online|im browser (?:ansehen|anzeigen|offnen)|(?:voir|afficher|lire) .{0,20}(?:navigateur|version en ligne)|ver .{0,20}navegador|visualizza .{0,20}browser|bekijk .{0,20}(?:browser|webversie)|ブラウザで",
  "you(?:.re| are)? (?:are )?(?:receiving|getting|received) this (?:e-?mail|message|newsletter|mail)? ?(?:because|since|as you)|sie erhalten diese|vous recevez ce(?:t|tte)?|(?:estas recibiendo|recibes|ha recibido) este|(?:ricevi|hai ricevuto) quest|voce (?:esta recebendo|recebeu) est|je ontvangt deze|u ontvangt deze|このメールは.{0,30}(?:お送り|配信)",
  "(?:copyright|©|\\(c\\)) ?20\\d\\d",
  "all rights reserved|alle rechte vorbehalten|tous droits reserves|todos los derechos|tutti i diritti|alle rechten voorbehouden",
  "\\b(?:up to )?\\d{1,2} ?% (?:off|rabatt|de reduction|de descuento|di sconto|korting|de desconto|rabatu)|(?:shop|order|buy|learn more|read more|book|register) now\\b|jetzt (?:shoppen|kaufen|sichern|anmelden|entdecken)|en profiter|compra ahora|acquista ora|shop nu|limited time|free shipping on",
];

/** What is offered to companies unasked; a customer of such a company may use the words as well … */
export const OFFERED: readonly string[] = [
  "guest[- ]post|sponsored (?:post|article|content)|link insertion|link exchange|(?:write|contribute) (?:an article|a (?:guest )?(?:blog )?post|content) (?:for|to|on|with)",
  "back ?links?\\b|do[- ]?follow|domain (?:authority|rating)|high[- ]authority",
  "\\bseo\\b|search engine optimi[sz]ation|suchmaschinenoptimierung|(?:first|top|1st) (?:page|position|spot)s? (?:of|on|in) (?:google|search)|page (?:one|1) of google|(?:erste seite|seite 1|premiere page|primera pagina|prima pagina) (?:de |di |von |bei )?google",
  "(?:organic|website|web|targeted) traffic|qualified leads|lead generation|(?:more|generate) leads|mehr (?:kunden|besucher|anfragen)",
  "web ?(?:site)? (?:design|development|redesign)|app development|mobile apps?|software development|digital marketing|offshore|outsourc\\w+|explainer videos?|social media management|virtual assistants?|merchant cash",
  "(?:email|mailing|contact|attendees?|decision[- ]makers?|buyers?) (?:list|database)|list of (?:attendees|contacts|decision)",
  "verified (?:e-?mails?|contacts|leads)|\\d[\\d.,]+ (?:verified |opt-in )?(?:contacts|e-?mail addresses|leads)\\b",
  "rank(?:s|ing|ings)? .{0,30}(?:key ?words?|competitors)|\\bkeyword rank",
  "продвижени[ея] .{0,20}сайт|раскрутк|в топ[- ]?\\d|поисков\\S+ оптимизаци|pozycjonowani[ea]|seo hizmet|web tasarim|تحسين محركات البحث|seo対策|集客|上位表示|검색 ?최적화|마케팅 대행|代开发票|网站优化|quang cao google",
  "(?:candidates?|developers?|talents?|engineers?) (?:available|for hire|ready to)|recruit(?:ment|ing) (?:agency|services|partner)|dedicated developers?",
  "(?:manufacturer|supplier|factory|producer) (?:of|from|in)\\b|wholesale prices?|\\bmoq\\b|\\bfob\\b",
  "business (?:loan|funding|credit)|funding (?:of up to|for your business)|loan offer|(?:bitcoin|crypto\\w*|forex) (?:invest\\w*|trading|recovery|profit)|guaranteed (?:returns?|profit)",
];
/** … but not those of who wants to sell it to them. */
export const APPROACH: readonly string[] = [
  "(?:quick|short|brief|1[05][- ]min(?:ute)?s?)[- ](?:call|chat|zoom|demo|meeting)|(?:may|can|shall|could) (?:i|we) (?:schedule|book|set up|arrange) a |(?:shall|may|can|should) (?:i|we) send (?:you )?(?:over )?(?:our|a|the|some|more)|open to (?:a|having|hearing)|worth a (?:call|chat)|kurzes (?:gesprach|telefonat)|bref appel|breve llamada|breve chiamata",
  "are you the right person|(?:who is|who would be|with) the right person|would you be interested|would it make sense|(?:let me|please) know (?:if|in case) (?:you are|you.re) interested|haben sie interesse|seriez-vous interesse|le interesaria|sareste interessati",
  "(?:i|we)(?: just| recently)? (?:came across|stumbled (?:up)?on|(?:was|were) (?:browsing|looking at|checking|going through|reviewing)|visited|noticed|reviewed|found) (?:that )?your (?:website|site|web ?page|company|blog|business|profile)|ich bin auf ihre (?:website|webseite|seite)|j.ai (?:visite|decouvert) votre site|he visitado su (?:sitio|pagina)|ho (?:visitato|trovato) il vostro sito",
  "(?:our|my) (?:affordable |competitive |special )?(?:prices|pricing|rates|packages|fees) (?:start|begin|are|from)|(?:price list|portfolio|past work|case stud)|send (?:you|over) (?:a |an |our |some )?(?:free )?(?:quote|proposal|portfolio|audit|samples?)|free (?:audit|quote|proposal|consultation|mock ?up|trial order)",
  "(?:we are|we.re|i am|i.m|wir sind|nous sommes|somos|siamo) (?:an? |eine? |une? |una? )?(?:.{0,40}[ -])?(?:agency|agentur|agence|agencia|agenzia|development company|marketing company|seo (?:expert|specialist|consultant|company)|manufacturer|supplier|recruiter|fabricante|hersteller|fabricant|freelancer|freelance)",
  "(?:i|we) (?:can|could|will|would like to|want to|specialize in|specialise in|help) (?:to )?(?:offer|provide|help (?:you|companies|businesses|brands)|bring (?:you|your)|get (?:you|your)|put (?:you|your)|rank|boost|increase|improve|grow|contribute|publish|place|write|purchase|buy)|helped? (?:companies|businesses|brands|clients) (?:like|such as)|(?:and|we) can (?:get|bring|put|rank) you|wir (?:bieten|helfen|bringen)|bieten (?:wir )?ihnen|durfen wir ihnen .{0,40}(?:angebot|unterlagen)|nous (?:proposons|offrons|aidons)|ofrecemos|offriamo|oferecemos|предлага(?:ем|ю)|бесплатн\\S+ аудит|(?:oferujemy|proponujemy)|sunuyoruz|teklif (?:sun|ver)|نقدم لكم|ご提案|弊社では|제안 ?드립니다|我们(?:提供|专业)|\\$ ?\\d{1,3} ?(?:/|per |an )(?:hr|hour)",
];
/** Money from strangers; two of them. */
export const SCAM: readonly string[] = [
  "next of kin|beneficiary|inheritance|unclaimed (?:fund|sum|estate)|dormant account",
  "million (?:us ?)?(?:dollars|usd|euros?|eur|gbp|pounds)|\\bmio[. ](?:usd|euro?)|[$€£] ?\\d[\\d.,]* ?(?:million|m)\\b|[$€£] ?\\d{1,3}(?:,\\d{3}){2}",
  "widow of|late (?:husband|client|father)|barrister|attorney to|bank manager|western union|moneygram|diplomat",
  "lottery|you have (?:been selected|won)|lucky winner|claim your (?:prize|winnings|funds)",
  "confidential (?:business )?(?:proposal|transaction|matter)|strictly confidential|(?:urgent|your) (?:reply|response) (?:is )?needed|god bless",
  "\\b(?:viagra|cialis|levitra|xanax|tramadol)\\b",
  "cheap (?:meds|pills|viagra)|no prescription|discreet shipping|click here now|act now|100 ?% free",
  "online casino|casino bonus|free spins|hot (?:girls|singles|pills)|sexy (?:girls|singles)|replica (?:watch|rolex|bags)",
  "double your|recover your lost|guaranteed (?:returns?|profit)|invest (?:only |just )?[$€£]? ?\\d",
];

/** A program says that it has taken a message in: how it begins … */
export const RECEIVED = any(
  "(?:thank you|thanks) for (?:contacting|reaching out to|your (?:e-?mail|message|inquiry|enquiry|request)|writing to)|(?:we have|we.ve) (?:received|logged) your|your (?:request|message|e-?mail|inquiry|enquiry|ticket) (?:has been|was) (?:received|logged|registered)|this is an? (?:automated|automatic|auto-generated)",
  "vielen dank fur ihre (?:nachricht|anfrage|e-?mail)|ihre (?:anfrage|nachricht|e-?mail) ist (?:bei uns )?eingegangen|dies ist eine automatisch|nous avons bien recu votre|ceci est un message automatique|hemos recibido su|este es un mensaje automatico|abbiamo ricevuto la (?:sua|tua)|wij hebben uw .{0,20}ontvangen|recebemos (?:a )?sua",
);
/** … and that nobody sits behind it; one of each. */
export const UNATTENDED = any(
  "automated (?:message|response|reply|e-?mail|notification)|automatically generated|auto-generated|do(?: not|n.t) (?:reply|respond)|(?:mailbox|inbox|address) is not (?:monitored|read)",
  "automatisch (?:generiert|erzeugt|erstellt|versandt)|antworten sie (?:bitte )?nicht|nicht auf diese (?:e-?mail|nachricht)|message automatique|ne pas repondre|mensaje automatico|no responda|messaggio automatico|non rispondere|automatisch bericht|niet (?:te )?beantwoorden|mensagem automatica|nao responda",
);
