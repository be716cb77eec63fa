/** Passwords, codes and keys that people write down: "Passwort: geheim42", "my PIN is 4711". */
import type { Span } from "./redact.ts";

/** What people call a password, in the languages that support teams meet most. */
const PASSWORD =
  "pass ?word|pass ?wort|passwd|passcode|pass ?phrase|pwd|pw|kennwort|zugangscode|mot de passe|mdp|contrase(?:ñ|n)a|clave(?: de acceso)?|senha|palavra-passe|wachtwoord|adgangskode|l(?:ö|o)senord|passord|salasana|has(?:ł|l)o|heslo|jelsz(?:ó|o)|parola|(?:ş|s)ifre(?:m|miz|si)?|парол[ьіья]|парола|lozink[au]|mật khẩu|kata sandi|κωδικός(?: πρόσβασης)?|slaptažodis|parool|पासवर्ड|wi-?fi key|wpa2?[ -]?key|wlan-?schlüssel|netzwerkschlüssel";
/** In scripts that put no blanks between words. */
const UNSPACED_PASSWORD =
  "パスワード|暗証番号|密码|密碼|비밀번호|비번|كلمة المرور|كلمة السر|סיסמ[הא]|הסיסמה שלי|รหัสผ่าน";
const KEY =
  "api[ _-]?(?:key|token|secret)|secret(?:[ _-]?(?:access)?[ _-]?key)?|access[ _-]?(?:key|token)|client[ _-]?secret|auth[ _-]?token|private[ _-]?key|(?:totp|otp|2fa|authenticator)[ -]?(?:seed|secret|key)|recovery[ _-]?(?:key|code)";
/** A bare "code" may be an error's or a discount's: it counts with whose or what for. */
const CODE =
  "pass ?code|einmal-?(?:code|passwort|kennwort)|(?:mfa|totp|tan)[ -]code|pin[ -]?(?:code|nummer|number)|cvv2?|cvc2?|otp|(?:security|verification|confirmation|one[ -]time|login|access|sms|2fa|google|authenticat(?:or|ion)) code|sicherheitscode|bestätigungscode|code de (?:vérification|confirmation|sécurité)|código de (?:verificación|verificação|confirmación|confirmação|seguridad|segurança|acceso|acesso)|código (?:2fa|sms|otp)|codice (?:otp|sms)|codice di (?:verifica|sicurezza|conferma)|(?:verificatie|bevestigings|beveiligings)code|(?:verifierings|bekräftelse|bekræftelses|verifiserings|säkerhets)kod(?:en?)?|vahvistuskoodi|kod (?:weryfikacyjny|potwierdzający|(?:z )?sms)|(?:ověřovací|overovací|potvrzovací) kód|(?:ellenőrző|megerősítő|biztonsági) kód|cod de (?:verificare|confirmare|securitate)|(?:doğrulama|onay|güvenlik) kodu?|код (?:подтверждения|безопасности|проверки|из (?:смс|sms)|підтвердження)|κωδικός (?:επαλήθευσης|επιβεβαίωσης)|mã (?:xác (?:minh|nhận|thực)|otp)|kode (?:verifikasi|otp)|пин-?код";
/** In scripts that put no blanks between words. */
const UNSPACED_CODE =
  "PINコード|認証(?:コード|番号)|確認コード|セキュリティコード|验证码|驗證碼|校验码|安全码|인증 ?(?:번호|코드)|보안 ?코드|رمز (?:التحقق|التأكيد|الأمان)|קוד (?:אימות|אבטחה)|รหัส(?:ยืนยัน)?";
/** Words of other things, too: a sign between them and the number tells. */
const CODE_TOLD = "pin|tan|(?:my|your|the|mein|ihr|dein|mon|mi|meu|il mio|mijn) code";

const NEW_OR_OLD =
  "(?:nueva|antigua|actual|neu|alt|new|old|current|nouveau|ancien|actuel|nuova|vecchia|nova|antiga|atual|temporal|provisoire|temporaire)";
/** "(new)", "is", "lautet": what may stand between the name and the value. */
const ASSIGNED = String.raw`(?:\s${NEW_OR_OLD})?\s{0,3}["'”»]?\s{0,2}(?:[:=]{1,2}>?|-?>|[→⇒])\s{0,3}\(?`;
const IS = String.raw`(?:['’]s\s|(?:\s${NEW_OR_OLD})?(?:\s(?:saya|của (?:tôi|em|mình)|mea|moja|moje|mia|min|mitt))?\s{0,3}(?:\s(?:is now|is|was|reads|lautet|ist|war|est|es|é|è|era|jest|to|je|sú|on|är|er|este|είναι|là|adalah|это|це|هي|هو|הוא|היא|है)\s?|は|是|为|為|는|은|가))[:=]?\s{0,3}`;
const WORD = String.raw`(?<![\p{L}\p{N}])`;
/** A sentence may go on after the value. */
const VALUE = String.raw`["'“”«「]?([^\s\x01"'“”«»「」,;、。]{4,200})`;
const NAMED = `(?:${WORD}(?:${PASSWORD}|${KEY})|${UNSPACED_PASSWORD})`;

const LABELLED = new RegExp(`${NAMED}${ASSIGNED}${VALUE}`, "giu");
const TOLD = new RegExp(`${NAMED}${IS}${VALUE}`, "giu");
/** "The password for the old account is …" */
const TOLD_FOR = new RegExp(
  String.raw`${NAMED}\s(?:for|to|of|from|they|you|we|i|that|für|von|de|del|para|per|voor)\s[^\n.;:!?]{1,40}?${IS}${VALUE}`,
  "giu",
);
/** "password s3cr3t", "login: bob / s3cr3t" */
const BARE = new RegExp(String.raw`${NAMED}\s{1,3}${VALUE}`, "giu");
/** "pass: s3cr3t", and no boarding pass; "password - s3cr3t" */
const CALLED_PASS = new RegExp(
  String.raw`(?:(?<!(?:boarding|season|travel|day|bus|ski|guest) )${WORD}pass(?:${ASSIGNED}|${IS})|${WORD}(?:user|login) [^\s\x01]{1,40}[,;/]? pass\s|${NAMED}\s(?:-\s|\())${VALUE}`,
  "giu",
);
/** A pass phrase has blanks, and stands in quotation marks. */
const QUOTED = new RegExp(
  String.raw`${NAMED}(?:${ASSIGNED}|${IS})["'“”«„「]([^"'“”«»„「」\n]{3,60})(?=["'“”»」])`,
  "giu",
);
const LOGIN = new RegExp(
  String.raw`${WORD}(?:(?:log-?in|credentials?|zugangsdaten|user(?:name)?)\s{0,2}[:=]\s{0,2}[^\s/|]{2,60}\s{0,2}[/|]|(?:credentials?|zugangsdaten)(?: are| lauten)?\s{1,2}[^\s:/|]{2,60}[:/|](?=\S))\s{0,2}${VALUE}`,
  "giu",
);
const NUMBER = String.raw`((?:[A-Z]-)?\d{3,8})(?![\d.,]?\d)(?!\s?%)`;
const NUMBERED = new RegExp(
  `(?:${WORD}(?:${CODE})|${UNSPACED_CODE})(?:${ASSIGNED}|${IS}|\\s{1,3}|)${NUMBER}`,
  "giu",
);
const NUMBER_TOLD = new RegExp(
  `${WORD}(?:${CODE_TOLD})(?:${ASSIGNED}|${IS})(?=\\D{0,3}\\d{4})${NUMBER}`,
  "giu",
);
/** "PIN 4711", "my pin 4711"; not "pin 300 notes to the wall", nor "my code 404 page". */
const NUMBER_BARE = new RegExp(
  `${WORD}(?:(?:PIN|TAN)|(?:[Mm]y|[Yy]our|card|sim|meine?|[Ii]hre?) pin|(?:[Mm]y|[Yy]our|[Mm]ein|[Ii]hr) [Cc]ode(?=\\s{1,3}\\d{5}))\\s{1,3}${NUMBER}`,
  "gu",
);
/** Twelve to twenty-four words that open a wallet. */
const SEED =
  /(?:seed|recovery|secret|mnemonic) (?:phrase|words)(?: is| are|:){0,2}\s{1,3}((?:(?:\d{1,2}[.)]\s?)?\p{Ll}{3,8}[\s,]{1,3}){11,23}(?:\d{1,2}[.)]\s?)?\p{Ll}{3,8})/giu;
const ANSWER =
  /(?:mother['’]?s maiden name|security answer|answer to (?:my|the) security question)(?: is| was|:){1,2}\s{1,3}(\p{L}[\p{L}'-]{2,40})/giu;

/** What follows "password:" in a subject line without being one. */
const NO_PASSWORD =
  /^(?:\(.*|required|optional|mindestens|maximal|minimum|maximum|min\.|max\.|at|must|should|may|empty|hidden|see|where|what|how|which|who|log-?in\d*|page|field|reset|forgot|forgotten|forget|reset|resets|change|changed|lost|expired|wrong|invalid|incorrect|unknown|none|help|not|does|doesn't|cannot|can't|please|never|still|problem|issue|link|vergessen|zurücksetzen|abgelaufen|falsch|ungültig|ändern|bitte|nicht|oublié|perdu|expiré|incorrecte|invalide|olvidada|olvidé|incorrecta|caducada|esqueci|esquecida|incorreta|dimenticata|scaduta|errata|vergeten|verlopen|onjuist|\[.*)[.!?]*$/iu;

export function secretSayingSpans(plain: string): Span[] {
  return [
    ...matches(plain, LABELLED, (value) => !NO_PASSWORD.test(value)),
    ...matches(plain, TOLD, looksChosen),
    ...matches(plain, TOLD_FOR, looksChosen),
    ...matches(plain, BARE, isMixed),
    ...matches(plain, CALLED_PASS, isMixed),
    ...matches(plain, QUOTED, (value) => !NO_PASSWORD.test(value)),
    ...matches(plain, LOGIN, looksChosen),
    ...matches(plain, NUMBERED, () => true),
    ...matches(plain, NUMBER_TOLD, () => true),
    ...matches(plain, NUMBER_BARE, () => true),
    ...matches(plain, SEED, () => true),
    ...matches(plain, ANSWER, () => true),
  ];
}

/** "is wrong" is a complaint, "is Sommer2026!" is a password: no word of a language has digits or signs in it. */
function looksChosen(value: string): boolean {
  // An exclamation mark may end the sentence.
  const word = value.replace(/[!?.…)]+$/u, "");
  if (/^\d{1,3}(?:%|-\p{L}+)$/u.test(word) || !/[\p{L}\p{N}]/u.test(word)) return false;
  return (word.length >= 4 && /\p{N}/u.test(word)) || (word.length >= 6 && /[!#$%&*+=?@^_~]/u.test(word));
}

/** Without a verb before it: letters and digits in one word, as nobody writes in a sentence. */
const isMixed = (value: string): boolean =>
  value.length >= 5 &&
  /\p{L}/u.test(value) &&
  /\p{N}.*\p{L}|\p{L}.*\p{N}/u.test(value) &&
  !NO_PASSWORD.test(value);

function matches(plain: string, pattern: RegExp, holds: (value: string) => boolean): Span[] {
  return Array.from(plain.matchAll(pattern)).flatMap(({ 0: whole, 1: value = "", index }) => {
    const bare = value.replace(/<\/.*$|[.)\]]{1,3}$/, "");
    const start = index + whole.length - value.length;
    return bare.length >= 3 && holds(value)
      ? [{ start, end: start + bare.length, kind: "secret" as const }]
      : [];
  });
}
