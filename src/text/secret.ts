/** Keys and tokens that are known by their form, and what addresses carry in their query. */
import type { Span } from "./redact.ts";

/** Not in the middle of a word: tried once for each run of such characters, however long it is. */
const START = "(?<![A-Za-z0-9_-])";

const KEYS = [
  // Anthropic, OpenAI and others
  /sk-[A-Za-z0-9_-]{16,300}/,
  // Stripe
  /[spr]k_(?:live|test)_[A-Za-z0-9]{10,200}/,
  /whsec_[A-Za-z0-9+/=]{16,100}/,
  // Amazon
  /(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/,
  // GitHub, GitLab
  /gh[pousr]_[A-Za-z0-9]{20,255}/,
  /github_pat_[A-Za-z0-9_]{20,255}/,
  /glpat-[A-Za-z0-9_-]{16,64}/,
  // Slack, Google, npm, SendGrid, Hugging Face
  /xox[abeoprs]-[A-Za-z0-9-]{10,250}/,
  /AIza[A-Za-z0-9_-]{30,45}/,
  /npm_[A-Za-z0-9]{30,60}/,
  /SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/,
  /hf_[A-Za-z0-9]{20,60}/,
  // Google, DigitalOcean, Shopify, PyPI, Facebook, Discord, Telegram, Twilio, age
  /ya29\.[A-Za-z0-9_-]{20,400}/,
  /do[opr]_v1_[a-f0-9]{32,80}/,
  /shp(?:at|ca|pa|ss)_[A-Za-z0-9]{16,64}/,
  /pypi-[A-Za-z0-9_-]{16,400}/,
  /EAA[A-Za-z0-9]{20,400}/,
  /AGE-SECRET-KEY-1[A-Z0-9]{20,80}/,
  /[MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}/,
  /\d{8,10}:AA[A-Za-z0-9_-]{30,40}/,
  /(?:SK|AC)[a-f0-9]{32}(?![A-Za-z0-9])/,
  // Mailgun
  /key-[0-9a-f]{32}(?![A-Za-z0-9])/,
  // JSON Web Token
  /eyJ[A-Za-z0-9_-]{5,8000}\.[A-Za-z0-9_-]{5,8000}(?:\.[A-Za-z0-9_-]{0,4000})?/,
];
const KEY = new RegExp(`${START}(?:${KEYS.map((key) => key.source).join("|")})`, "g");

/** Between its lines: indented, quoted, or with the end of the line written out, as in settings. */
const BLANK = String.raw`(?:[\s>"'|]|\\[rn])`;
const GAP = `${BLANK}{0,24}`;
/** Its lines of base64 end where words begin again, even when the end of the block is missing. */
const PRIVATE_KEY = new RegExp(
  String.raw`-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:\s{1,4}[A-Za-z-]{3,20}: [^\n]{0,100})?(?:${GAP}[A-Za-z0-9+/=]{16,}(?![^\s\\"'-]))*(?:${GAP}[A-Za-z0-9+/=]{1,15}(?=${GAP}-----END))?(?:${GAP}-----END [A-Z0-9 ]{0,40}-----)?`,
  "g",
);
/** One whose beginning was cut off with the middle of a long text. */
const END_OF_PRIVATE_KEY = new RegExp(
  `(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/=]{16,400}${BLANK}{1,24}){1,100}(?:[A-Za-z0-9+/=]{1,15}${GAP})?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----`,
  "g",
);

/** The value after the name of the scheme or of the query's parameter. */
const AFTER: readonly RegExp[] = [
  /\bbearer\s{1,3}(?=[A-Za-z0-9._~+/=-]{0,200}\d)([A-Za-z0-9._~+/=-]{16,4000})/gi,
  // Base64 of name and password: no hyphens, as plans and products have them.
  /\bbasic\s{1,3}(?=[A-Za-z0-9+/]{0,200}\d)([A-Za-z0-9+/]{16,4000}={0,2})(?![\w-])/gi,
  /[?&#](?:access_token|id_token|refresh_token|token|api_?key|key|sig|signature|secret|client_secret|password|passwd|pwd|auth|session|session_?id|sid|code|jwt|otp|x-amz-signature|x-amz-credential|x-amz-security-token)=([^&\s#"'<>]{4,4000})/gi,
  // What a mail's link opens: whoever has it is signed in.
  /\/(?:reset|recover|verify|confirm|activate|invite|magic|log-?in|sign-?in|auth|token|password|unsubscribe)[a-z_-]{0,20}\/(?=[A-Za-z_-]{0,60}\d)([A-Za-z0-9_-]{20,400})(?![\w-])/gi,
  /\bcurl\b[^\n]{0,200}?\s-u\s{0,2}["']?[^\s:"']{1,60}:([^\s"']{3,100})/gi,
  /\b(?:token|secret|credentials?|cookie|passkey)["']?\s{0,2}[=:]\s{0,2}["']?(?=[A-Za-z_.~+/=-]{0,60}\d)(?=[\d_.~+/=-]{0,60}[A-Za-z])([A-Za-z0-9_.~+/=-]{16,4000})/gi,
  /:\/\/([^\s/:@]{1,100}:[^\s/@]{1,100})@/g,
  /hooks\.slack\.com\/services\/([A-Za-z0-9/_-]{10,120})/gi,
  /\b(?:session_?id|phpsessid|jsessionid|sharedaccesskey|accountkey|sharedaccesssignature|aws_secret_access_key|x-api-key)\s{0,2}[=:]\s{0,2}["']?([A-Za-z0-9+/=_.%-]{8,400})/gi,
];

export const secretSpans = (plain: string): Span[] => [
  ...wholesOf(plain, KEY),
  ...(plain.includes("PRIVATE KEY") ? privateKeySpans(plain) : []),
  ...AFTER.flatMap((pattern) => valuesOf(plain, pattern)),
];

const privateKeySpans = (plain: string): Span[] => [
  ...wholesOf(plain, PRIVATE_KEY),
  ...wholesOf(plain, END_OF_PRIVATE_KEY),
];

const wholesOf = (plain: string, pattern: RegExp): Span[] =>
  Array.from(plain.matchAll(pattern), ({ 0: found, index }) => span(index, found));

/** Spans of what the pattern's one group has found. */
const valuesOf = (plain: string, pattern: RegExp): Span[] =>
  Array.from(plain.matchAll(pattern), ({ 0: found, 1: value = "", index }) =>
    span(index + found.lastIndexOf(value), value),
  );

const span = (start: number, found: string): Span => ({ start, end: start + found.length, kind: "secret" });
