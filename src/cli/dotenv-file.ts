/** The `.env` file: single values changed in place, everything else of the file kept, readable by its owner alone. */
import { randomBytes } from "node:crypto";
import { chmod, open, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { EXIT, Stop } from "./shell.ts";

/** Only its owner may read a file with secrets. */
const OWNER_ONLY = 0o600;

/** Name → new value; null takes the line out. */
export type DotenvChanges = Readonly<Record<string, string | null>>;

export interface DotenvFile {
  /** Absolute, to tell people. */
  readonly path: string;
  /** What the file says now; empty when there is none. */
  readonly values: Readonly<Record<string, string>>;
}

/** `.env` of the working directory, the one that every command reads. @throws Stop when it cannot be read */
export async function readDotenvFile(path = ".env"): Promise<DotenvFile> {
  const text = await textOf(path);
  return { path: resolve(path), values: text === null ? {} : (parseEnv(text) as Record<string, string>) };
}

/**
 * Writes the changes, whole or not at all, with mode 600. A file that is not there yet begins as `template`.
 * @throws Stop when it cannot be written, or a value cannot stand in such a file
 */
export async function changeDotenvFile(
  changes: DotenvChanges,
  { path = ".env", template = "" }: { path?: string; template?: string } = {},
): Promise<void> {
  const present = await textOf(path);
  const changed = changedDotenv(present ?? template, changes);
  if (present === null && changed === "") return;
  try {
    await replaceFile(path, changed);
  } catch (error) {
    if (error instanceof Stop) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new Stop(EXIT.failed, `${resolve(path)} cannot be written (${code}). Nothing in it was changed.`);
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new Stop(EXIT.failed, `${resolve(path)} cannot be read (${code}). Mend its permissions first.`);
  }
}

/** One assignment as Node reads it, quoted values over several lines included, so that nothing inside one is changed. */
const ASSIGNMENT =
  /^([ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=)([ \t]*(?:'[^']*'|"[^"]*"|`[^`]*`)|[^#\r\n]*?)([ \t]*(?:#[^\r\n]*)?)(\r?\n|$)/gm;

/** Keeps comments, order and foreign lines; a line with a comment of its own keeps that, and loses only its value. */
export function changedDotenv(text: string, changes: DotenvChanges): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const written = new Set<string>();
  const changedLine = (line: string, ...[head, name, _old, rest, end]: string[]): string => {
    const value = name !== undefined && Object.hasOwn(changes, name) ? changes[name] : undefined;
    if (name === undefined || value === undefined) return line;
    written.add(name);
    if (value === null) return rest?.trim() ? `${head}${rest}${end}` : "";
    return `${head}${quoted(name, value)}${rest}${end}`;
  };
  const replaced = text.replace(ASSIGNMENT, changedLine);
  const added = Object.entries(changes).flatMap(([name, value]) =>
    written.has(name) || value === null ? [] : [`${name}=${quoted(name, value)}${newline}`],
  );
  const gap = replaced === "" || replaced.endsWith("\n") || added.length === 0 ? "" : newline;
  return `${replaced}${gap}${added.join("")}`;
}

/** Bare wherever it can be: other readers of such files, Docker's among them, take quotes for part of the value. */
function quoted(name: string, value: string): string {
  if (/^[^\s#'"`\\]*$/.test(value)) return value;
  const quote = ["'", "`", '"'].find((candidate) => !value.includes(candidate));
  if (quote === undefined || /[\r\n]/.test(value) || (quote === '"' && value.includes("\\")))
    throw new Stop(
      EXIT.usage,
      `The value of ${name} cannot stand in .env. Put it into a file and set ${name}_FILE to its path.`,
    );
  return `${quote}${value}${quote}`;
}

/** A new file in place of the old one, so that no crash leaves half of it. */
async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => resolve(path));
  const draft = `${target}.${randomBytes(4).toString("hex")}`;
  try {
    const file = await open(draft, "wx", OWNER_ONLY);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
    // A single file that was mounted into a container cannot be replaced, only written.
    await writeFile(target, text, { mode: OWNER_ONLY });
    await chmod(target, OWNER_ONLY);
  }
}
