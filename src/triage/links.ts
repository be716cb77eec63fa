/**
 * Which words of a text a page or a mail program would turn into a link. Addresses go; words that only look like one,
 * such as `user.name` and `ASP.NET`, come apart at their dot, so that no program links them and people still read them.
 */
import tlds from "tlds" with { type: "json" };

const SCHEME =
  /:\/\/|www\.|(?:mailto|javascript|vbscript|data|tel|sms|callto|skype|file):\S|@[\p{L}\p{N}-]+\.|^\\\\\S|^[^\p{L}\p{N}/]?\/\/[\p{L}\p{N}-]+[.:/]|\blocalhost[:/]\S/iu;
/** With a port or a path; bare ones no program links. */
const ADDRESS = /(?:^|[^\d.])\d{1,3}(?:\.\d{1,3}){3}[:/]/;
const HOST = /((?:[\p{L}\p{N}-]+\.)+)([\p{L}][\p{L}\p{N}-]*)(\/|:\d{2,5}(?!\d)|)/gu;
const ENDINGS: ReadonlySet<string> = new Set(tlds);
/** Known to no registry, and to many a network at work. */
const INSIDE = new Set(
  "local localdomain internal intranet lan corp home onion test example invalid".split(" "),
);
/** The full stops that browsers take for dots and NFKC leaves alone. */
const WIDE_DOTS = /[\u3002\uFF61]/g;

/** Endings of files and parts of objects, which registries have sold as well. */
const OF_PROGRAMS = new Set(
  "cc date data email id info java map md mov name phone pl ps py rs sh so total zip zone".split(" "),
);
/** Whoever forgot the blank behind a sentence wrote one of these. */
const OF_SENTENCES = new Set("am as at be by do in is it me my no now so to us you".split(" "));

type Finding = "link" | "words" | "nothing";

/** @param before the labels with their dots @param path the slash or the port behind it, if there is one */
function findingOf(before: string, ending: string, path: string): Finding {
  const name = ending.toLowerCase();
  if (name.startsWith("xn--")) return "link";
  if (path !== "" && INSIDE.has(name)) return "link";
  if (!ENDINGS.has(name)) return "nothing";
  const isPair = before.indexOf(".") === before.length - 1;
  return path !== "/" && isPair && isWords(before.slice(0, -1), ending) ? "words" : "link";
}

/** "ASP.NET" and "System.IO" in capitals, "user.name", "twice.it" in small letters. */
const isWords = (label: string, ending: string): boolean =>
  /^(?:NET|IO)$/.test(ending)
    ? /^\p{Lu}[\p{L}\p{N}]*$/u.test(label)
    : ending === ending.toLowerCase() &&
      /^[\p{L}\p{N}]{1,40}$/u.test(label) &&
      (OF_PROGRAMS.has(ending) || OF_SENTENCES.has(ending));

function readable(word: string): string {
  const plain = word.normalize("NFKC").replace(WIDE_DOTS, ".");
  if (SCHEME.test(plain) || ADDRESS.test(plain)) return REMOVED;
  const hosts = Array.from(plain.matchAll(HOST), ([, before = "", ending = "", path = ""]) =>
    findingOf(before, ending, path),
  );
  if (hosts.includes("link")) return REMOVED;
  if (!hosts.includes("words")) return word;
  return plain.replace(HOST, (host: string, before: string, ending: string, path: string) =>
    findingOf(before, ending, path) === "words" ? `${apart(before.slice(0, -1), ending)}${path}` : host,
  );
}

const apart = (label: string, ending: string): string =>
  OF_SENTENCES.has(ending) ? `${label}. ${ending}` : `${label} .${ending}`;

const REMOVED = "[link removed]";

/** @param text one line without invisible characters */
export const withoutLinks = (text: string): string =>
  text
    // A blank that was forgotten behind a sentence ("charged twice.My card") must not cost the words around it.
    .replace(/(\p{Ll})\.(\p{Lu}\p{Ll})/gu, "$1. $2")
    // What it called has been replaced by a placeholder already.
    .replace(/\b(?:tel|sms|callto|skype|mailto):(?=\[)/gi, "")
    // "@jane" in a note makes Jane a follower of the ticket, and tells her.
    .replace(/(?<![\p{L}\p{N}._%+-])[@\uFF20\uFE6B](?=[\p{L}\p{N}_])/gu, "@ ")
    .split(" ")
    .map(readable)
    .join(" ");
