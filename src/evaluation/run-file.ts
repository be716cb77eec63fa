/** The answers of a run, one JSON line each, written as they come: a run that was stopped goes on where it was. */
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { Answer } from "./answer.ts";

export interface RunFile {
  readonly path: string;
  /** By the ticket's id, as far as they are known. */
  readonly answers: ReadonlyMap<string, Answer>;
  add(answer: Answer): void;
}

/** @param fresh forgets what is there. The folder has to exist. */
export function openRunFile(path: string, { fresh }: { fresh: boolean }): RunFile {
  if (fresh) rmSync(path, { force: true });
  const answers = new Map(existsSync(path) ? answersIn(path) : []);
  // A process that was killed may have left half a line, which the next one must not be glued to.
  let begin = existsSync(path) ? "\n" : "";
  return {
    path,
    answers,
    add(answer) {
      appendFileSync(path, `${begin}${JSON.stringify(answer)}\n`, { mode: 0o600 });
      begin = "";
      answers.set(answer.id, answer);
    },
  };
}

/** What cannot be read is asked again. */
function answersIn(path: string): [string, Answer][] {
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line): [string, Answer][] => {
      const parsed = Answer.safeParse(jsonIn(line));
      return parsed.success ? [[parsed.data.id, parsed.data]] : [];
    });
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
