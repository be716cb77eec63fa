/** What a run has looked at, one JSON line each, written as it comes: a run that was stopped goes on where it was. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { TicketRecord } from "./ticket-record.ts";

/** The first line. */
const Header = z.object({
  version: z.literal(1),
  account: z.string(),
  /** Epoch milliseconds: when the tickets were chosen. */
  at: z.number(),
  /** Which tickets the run is about, the newest first. */
  ids: z.array(z.number()),
});
export type Header = z.infer<typeof Header>;

export interface StateFile {
  /** Null: a run that begins. */
  readonly header: Header | null;
  /** By the ticket's id. */
  readonly records: ReadonlyMap<number, TicketRecord>;
  begin(header: Omit<Header, "version">): void;
  add(record: TicketRecord): void;
  /** There is nothing to go on with any more. */
  remove(): void;
}

/** They say who works when, and what the account's rules are called. */
const FILE_MODE = 0o600;

/** @param fresh forgets what is there. The folder has to exist. */
export function openStateFile(
  path: string,
  { account, fresh }: { account: string; fresh: boolean },
): StateFile {
  if (fresh) rmSync(path, { force: true });
  const [first = "", ...rest] = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const found = Header.safeParse(jsonIn(first)).data;
  const header = found?.account === account ? found : null;
  const wanted = new Set(header?.ids);
  const known = rest.flatMap((line): [number, TicketRecord][] => {
    const record = TicketRecord.safeParse(jsonIn(line)).data;
    return record !== undefined && wanted.has(record.id) ? [[record.id, record]] : [];
  });
  const records = new Map(known);
  return {
    header,
    records,
    begin(begun) {
      records.clear();
      writeFileSync(path, JSON.stringify({ version: 1, ...begun }), { mode: FILE_MODE });
    },
    add(record) {
      // The line break comes first: a process that was killed may have left half a line.
      appendFileSync(path, `\n${JSON.stringify(record)}`);
      records.set(record.id, record);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** What cannot be read is looked at again. */
function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
