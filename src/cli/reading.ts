/** Reads files and standard input as text, whatever the system wrote them as. */
import { open, readFile, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { EXIT, Stop } from "./shell.ts";

const MAX_INPUT_BYTES = 2 * 1024 * 1024;

/** @throws Stop (usage) when there is no such file, or it is larger than 2 MiB */
export async function readTextFile(path: string): Promise<string> {
  return decoded(await readFile(path).catch(unreadable(path)));
}

/** For files of any length, read bit by bit. @throws Stop (usage) when there is no such file */
export async function openTextFile(path: string): Promise<Readable> {
  const file = await open(path).catch(unreadable(path));
  // A folder can be opened, and fails only where it is read.
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw notReadable(path, "EISDIR");
  }
  return file.createReadStream();
}

/** False for whatever cannot be a path at all, such as a long text. */
export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );

const WHY: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "permission is missing",
};
const notReadable = (path: string, code: string): Stop =>
  new Stop(EXIT.usage, `${path} cannot be read: ${WHY[code] ?? code}.`);
const unreadable =
  (path: string) =>
  ({ code = "unknown" }: NodeJS.ErrnoException): never => {
    throw notReadable(path, code);
  };

/** The whole stream. @throws Stop (usage) when it is larger than 2 MiB */
export async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_INPUT_BYTES) throw tooLarge();
    chunks.push(buffer);
  }
  return decoded(Buffer.concat(chunks));
}

const tooLarge = (): Stop =>
  new Stop(
    EXIT.usage,
    `The input is larger than ${MAX_INPUT_BYTES / 1024 / 1024} MiB. Give one ticket, or use --jsonl.`,
  );

/** Windows PowerShell writes UTF-16 when it redirects; its byte-order mark tells. */
function decoded(bytes: Buffer): string {
  if (bytes.length > MAX_INPUT_BYTES) throw tooLarge();
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
