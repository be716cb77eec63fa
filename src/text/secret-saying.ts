/** Passwords, codes and keys that people write down: "Passwort: geheim42", "my PIN is 4711". */
import type { Span } from "./redact.ts";

/** What people call a password, in the languages that support teams meet most. */
const PASSWORD =
  "pass ?word|pass ?wort|passwd|pass ?phrase|pwd|kennwort|zugangscode|mot de passe|contrase(?:ñ|n)a|clave(?: de acceso)?|senha|palavra-passe|wachtwoord|adgangskode|l(?:ö|o)senord|passord|salasana|has(?:ł|l)o|heslo|jelsz(?:ó|o)|parola|(?:ş|s)ifre|пароль|パスワード|暗証番号|密码|密碼|비밀번호|كلمة المرور|كلمة السر|पासवर्ड";
const KEY =
  "api[ _-]?(?:key|token|secret)|secret(?:[ _-]?(?:access)?[ _-]?key)?|access[ _-]?(?:key|token)|client[ _-]?secret|auth[ _-]?token|private[ _-]?key|recovery[ _-]?(?:key|code)";
const CODE =
  "pin(?:[ -]?(?:code|nummer|number))?|cvv2?|cvc2?|otp|tan|security code|verification code|sicherheitscode|bestätigungscode|code de vérification|código de (?:verificación|verificação|seguridad|segurança)|codice di verifica|verificatiecode";

/** "(new)", "is", "lautet": what may stand between the name and the value. */
const ASSIGNED = String.raw`\s{0,3}["'”»]?\s{0,2}[:=]{1,2}>?\s{0,3}`;
const IS = String.raw`\s{0,3}(?:\s(?:is now|is|was|lautet|ist|war|est|es|é|è|era|jest|это)\s|は|是|는|은)\s{0,3}`;
const WORD = String.raw`(?<![\p{L}\p{N}])`;
/** A sentence may go on after the value. */
const VALUE = String.raw`["'“”«「]?([^\s"'“”«»「」,;、。]{4,200})`;

const LABELLED = new RegExp(`${WORD}(?:${PASSWORD}|${KEY})${ASSIGNED}${VALUE}`, "giu");
const TOLD = new RegExp(`${WORD}(?:${PASSWORD}|${KEY})${IS}${VALUE}`, "giu");
const NUMBERED = new RegExp(
  `${WORD}(?:${CODE})(?:${ASSIGNED}|${IS}|\\s{1,3})(\\d{3,8})(?![\\d.,]?\\d)`,
  "giu",
);

/** What follows "password:" in a subject line without being one. */
const NO_PASSWORD =
  /^(?:forgot|forgotten|forget|reset|resets|change|changed|lost|expired|wrong|invalid|incorrect|unknown|none|help|not|does|doesn't|cannot|can't|please|never|still|problem|issue|link|vergessen|zurücksetzen|abgelaufen|falsch|ungültig|ändern|bitte|nicht|oublié|perdu|expiré|incorrecte|invalide|olvidada|olvidé|incorrecta|caducada|esqueci|esquecida|incorreta|dimenticata|scaduta|errata|vergeten|verlopen|onjuist|\[.*)[.!?]*$/iu;

export function secretSayingSpans(plain: string): Span[] {
  const found = [
    ...matches(plain, LABELLED, (value) => !NO_PASSWORD.test(value)),
    ...matches(plain, TOLD, looksChosen),
    ...matches(plain, NUMBERED, () => true),
  ].sort((a, b) => a.start - b.start);
  return found.filter((span, index) => index === 0 || span.start >= (found[index - 1]?.end ?? 0));
}

/** "is wrong" is a complaint, "is Sommer2026!" is a password: no word of a language has digits or signs in it. */
const looksChosen = (value: string): boolean =>
  value.length >= 6 && /[\p{N}!#$%&*+=?@^_~]/u.test(value.slice(0, -1)) && /[\p{L}\p{N}]/u.test(value);

function matches(plain: string, pattern: RegExp, holds: (value: string) => boolean): Span[] {
  return Array.from(plain.matchAll(pattern)).flatMap(({ 0: whole, 1: value = "", index }) => {
    const bare = value.replace(/[.)\]]{1,3}$/, "");
    const start = index + whole.length - value.length;
    return bare.length >= 3 && holds(value)
      ? [{ start, end: start + bare.length, kind: "secret" as const }]
      : [];
  });
}
