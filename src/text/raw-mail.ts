/** A mail that arrived as its own source: headers, parts with their boundaries, files as letters. Only its text stays. */
import { fromBase64, fromQuotedPrintable, isQuotedPrintable, withoutEncodedWords } from "./encoded.ts";

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: readonly string[];
}

const HEADER = /^([A-Za-z][A-Za-z0-9-]{1,40}):\s?(.*)$/;
/** Only mail servers write these. */
const OF_TRANSPORT =
  /^(?:received|return-path|message-id|mime-version|dkim-signature|delivered-to|content-transfer-encoding|content-type|x-[a-z-]{2,40}|arc-[a-z-]{2,40}|authentication-results)$/;
const BOUNDARY = /^--[\w'()+,./:=?-]{1,70}$/;
/** Between a boundary and the headers of its part. */
const MOST_HEADERS = 60;

/** Mails within mails, as they are forwarded. */
const MOST_DEEP = 3;

/** Unchanged when it is no mail's source. */
export const withoutTransport = (text: string): string => withoutFiles(unpacked(text, 0));

function unpacked(text: string, depth: number): string {
  const lines = text.split("\n");
  const whole = partOf(lines);
  const transport = [...whole.headers.keys()].filter((name) => OF_TRANSPORT.test(name)).length;
  const isMail =
    transport > 1 || (transport > 0 && (whole.headers.has("from") || whole.headers.has("subject")));
  const { headers, body } = isMail ? whole : { headers: new Map<string, string>(), body: lines };
  const parts = partsOf(body, boundariesIn(text));
  const subject = isMail ? withoutEncodedWords(headers.get("subject") ?? "") : "";
  const said =
    parts === null
      ? decodedBody({ headers, body }, isMail ? depth : MOST_DEEP)
      : [parts.above, textOfParts(parts.parts, depth), parts.below].join("\n");
  return [subject === "" ? "" : `Subject: ${subject}\n`, said].join("\n").trim();
}

const boundariesIn = (text: string): ReadonlySet<string> =>
  new Set(
    Array.from(
      text.matchAll(
        /^(?:Content-Type:|\s)[^\n]{0,200}\bboundary\s?=\s?(?:"([^"\n]{1,70})"|([^\s;"]{1,70}))/gim,
      ),
      ([, quoted, bare]) => `--${(quoted ?? bare ?? "").trimEnd()}`,
    ),
  );

/** Headers up to the first empty line; folded ones go on with a blank. */
function partOf(lines: readonly string[]): Part {
  if (lines[0] === "") return { headers: new Map(), body: lines.slice(1) };
  const headers = new Map<string, string>();
  let name = "";
  let at = 0;
  for (; at < Math.min(lines.length, MOST_HEADERS); at++) {
    const line = lines[at] ?? "";
    const [, found, value = ""] = HEADER.exec(line) ?? [];
    if (found !== undefined) {
      name = found.toLowerCase();
      headers.set(name, value);
    } else if (name !== "" && /^\s+\S/.test(line)) headers.set(name, `${headers.get(name)} ${line.trim()}`);
    else break;
  }
  const isWhole = headers.size > 0 && (lines[at] ?? "").trim() === "";
  return isWhole ? { headers, body: lines.slice(at + 1) } : { headers: new Map(), body: lines };
}

interface Parts {
  readonly above: string;
  readonly parts: readonly Part[];
  /** Behind the last boundary: what was written under a mail that was pasted. */
  readonly below: string;
}

/** @returns null without a boundary that was declared or that headers follow */
function partsOf(lines: readonly string[], declared: ReadonlySet<string>): Parts | null {
  const starts = lines.flatMap((line, at) =>
    declared.has(line) || (BOUNDARY.test(line) && /^content-[a-z-]{2,40}:/i.test(lines[at + 1] ?? ""))
      ? [at]
      : [],
  );
  const first = starts[0];
  if (first === undefined) return null;
  const marks = new Set(starts.map((at) => lines[at]));
  const ends = new Set([...marks].map((mark) => `${mark}--`));
  const cuts = lines.flatMap((line, at) => (marks.has(line) || ends.has(line) ? [at] : []));
  const endOf = new Map(cuts.map((at, index) => [at, cuts[index + 1] ?? lines.length]));
  const parts = starts.map((start) => partOf(lines.slice(start + 1, endOf.get(start))));
  const above = lines.slice(0, first).filter((line) => !/^this is a multi-?part message/i.test(line));
  const last = lines.findLastIndex((line) => ends.has(line));
  return { above: above.join("\n"), parts, below: last < 0 ? "" : lines.slice(last + 1).join("\n") };
}

/** The plain ones, or else the HTML ones; of files their names. */
function textOfParts(parts: readonly Part[], depth: number): string {
  const type = ({ headers }: Part): string => headers.get("content-type")?.toLowerCase() ?? "text/plain";
  const isFile = ({ headers }: Part): boolean =>
    /^attachment/i.test(headers.get("content-disposition") ?? "");
  const plain = parts.filter(
    (part) => /^(?:text\/plain|text$|message\/rfc822)/.test(type(part)) && !isFile(part),
  );
  const html = parts.filter((part) => type(part).startsWith("text/html") && !isFile(part));
  const files = parts.flatMap((part) => (isFile(part) || /\bname=/.test(type(part)) ? [fileName(part)] : []));
  const read = plain.length > 0 ? plain : html;
  return [...read.map((part) => decodedBody(part, depth)), ...files].join("\n\n");
}

function fileName({ headers }: Part): string {
  const said = `${headers.get("content-disposition") ?? ""}; ${headers.get("content-type") ?? ""}`;
  const name = /\b(?:file)?name\s?=\s?"?([^";]{1,100})/i.exec(said)?.[1] ?? "file";
  return `[attachment: ${withoutEncodedWords(name).replace(/[[\]]/g, " ").trim()}]`;
}

function decodedBody(part: Part, depth: number): string {
  const text = textOf(part);
  return depth < MOST_DEEP ? unpacked(text, depth + 1) : text;
}

function textOf({ headers, body }: Part): string {
  const text = body.join("\n");
  const charset = /charset\s?=\s?"?([\w-]{2,30})/i.exec(headers.get("content-type") ?? "")?.[1];
  const encoding = headers.get("content-transfer-encoding")?.trim().toLowerCase();
  if (encoding === "base64") return fromBase64(text, charset) ?? FILE;
  return encoding === "quoted-printable" || isQuotedPrintable(text)
    ? fromQuotedPrintable(text, charset)
    : text;
}

const FILE = "[attachment: data]";
const UUENCODED = /^begin [0-7]{3} ([^\n]{1,100})\n(?:[!-`]{1,61}\n){1,20000}?(?:`\n)?end$/gm;
/** Lines of a file, and none of a key. */
const BASE64 =
  /(?<!-----\n)^(?:[A-Za-z0-9+/]{56,76}\n){3,20000}[A-Za-z0-9+/]{1,76}={0,2}$|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{400,}={0,2}/gm;
const isMixed = (letters: string): boolean =>
  /[a-z]/.test(letters.slice(0, 400)) && /[A-Z]/.test(letters.slice(0, 400));
const DATA_ADDRESS = /\bdata:[\w.+/-]{0,80}(?:;[\w=-]{1,40}){0,3},[A-Za-z0-9+/=%]{40,}/g;

function withoutFiles(text: string): string {
  const rest = text
    .replace(DATA_ADDRESS, "")
    .replace(UUENCODED, (_, name: string) => `[attachment: ${name.replace(/[[\]]/g, " ")}]`)
    .replace(BASE64, (run) => spoken(run) ?? (isMixed(run) ? FILE : run));
  const free = between(rest, "BEGIN:VCALENDAR\n", "\nEND:VCALENDAR", eventOf);
  const whole = /^[A-Za-z0-9+/]{40,}={0,2}$/.test(free) ? spoken(free) : null;
  return whole ?? between(free, "BEGIN:VCARD\n", "\nEND:VCARD", () => "[attachment: contact]");
}

/** Words in base64; null for a file. */
function spoken(letters: string): string | null {
  const text = fromBase64(letters);
  return text !== null && /\p{L}\s\p{L}/u.test(text) ? text : null;
}

/** What has no end is left as it is. */
function between(text: string, begin: string, end: string, standIn: (inside: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const start = text.indexOf(begin, from);
    const stop = start < 0 ? -1 : text.indexOf(end, start + begin.length - 1);
    if (stop < 0) return from === 0 ? text : `${parts.join("")}${text.slice(from)}`;
    parts.push(text.slice(from, start), standIn(text.slice(start + begin.length, stop)));
    from = stop + end.length;
  }
}

/** What people read of an invitation. */
const eventOf = (entry: string): string => saidIn(entry) || "[attachment: invitation]";

const saidIn = (entry: string): string =>
  entry
    .replace(/\n[ \t]/g, "")
    .split("\n")
    .flatMap((line) => /^(?:SUMMARY|DESCRIPTION|LOCATION|COMMENT)[^:]{0,80}:(.*)$/.exec(line)?.[1] ?? [])
    .map((value) => value.replace(/\\n/gi, "\n").replace(/\\([,;\\])/g, "$1"))
    .join("\n");
