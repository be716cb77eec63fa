/** Comments' HTML as Zendesk treats it: an allow-list of tags, no scripts, no handlers, and plain text beside it. */

const ALLOWED =
  /^(?:a|b|blockquote|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|s|span|strong|table|tbody|td|th|thead|tr|u|ul)$/i;
const TAG = /<(\/?)([a-z][a-z0-9]{0,20})((?:\s[^<>]*)?)>/gi;
const LINK = /\shref\s*=\s*"(https?:\/\/[^"<>\s]*)"/i;

const escapeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Keeps harmless tags without their attributes; whatever else looks like markup is dropped or becomes text. */
export function sanitizeHtml(html: string): string {
  let out = "";
  let end = 0;
  for (const match of html.matchAll(TAG)) {
    out += withoutBrackets(html.slice(end, match.index)) + tagFor(match);
    end = match.index + match[0].length;
  }
  return out + withoutBrackets(html.slice(end));
}

function tagFor([, slash = "", name = "", attributes = ""]: RegExpExecArray): string {
  if (!ALLOWED.test(name)) return "";
  const href = /^a$/i.test(name) && slash === "" ? LINK.exec(attributes)?.[1] : undefined;
  return `<${slash}${name.toLowerCase()}${href === undefined ? "" : ` href="${href}" rel="noreferrer"`}>`;
}

const withoutBrackets = (text: string): string => text.replace(/</g, "&lt;").replace(/>/g, "&gt;");

export const stripHtml = (text: string): string => text.replace(TAG, "");

/** The text that a reader of the HTML sees, one line per block. */
export const plainText = (html: string): string =>
  html
    .replace(/<br>|<\/(?:p|div|li|tr|h[1-6]|blockquote)>/gi, "\n")
    .replace(TAG, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&#96;/g, "`")
    .replace(/&amp;/g, "&")
    .trim();

/** How Zendesk shows a plain comment: a paragraph for each blank line, a break for each line. */
export const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p dir="auto">${escapeText(part).replace(/\n/g, "<br>")}</p>`)
    .join("");
