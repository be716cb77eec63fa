/** Questions in a terminal. They go to stderr, so that stdout stays data; Ctrl-C anywhere ends the command. */
import type { CANCEL_SYMBOL, Option } from "@clack/prompts";
import { EXIT, type Shell, Stop } from "./shell.ts";

export interface Prompts {
  begin(title: string): void;
  /** A framed text. */
  explain(text: string, title: string): void;
  say(text: string): void;
  warn(text: string): void;
  end(text: string): void;
  /** @param problem what is wrong with the answer; undefined when nothing is */
  text(question: string, options?: TextOptions): Promise<string>;
  /** Shows a mark for each character. An empty answer is one. */
  secret(question: string): Promise<string>;
  confirm(question: string, proposed: boolean): Promise<boolean>;
  choose(question: string, choices: readonly Choice[], proposed?: string): Promise<string>;
  /** Shows that something is going on until it is over. */
  during<T>(title: string, work: Promise<T>, outcome: (result: T) => string): Promise<T>;
}

interface TextOptions {
  readonly proposed?: string | undefined;
  readonly example?: string;
  readonly problem?: (answer: string) => string | undefined;
}
interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Both ends must be a person's: on a pipe nobody would answer. */
export const canAsk = ({ stdin, stderr }: Shell): boolean => stdin.isTTY === true && stderr.isTTY === true;

const MAX_CHOICES_SHOWN = 12;

export async function createPrompts({ stdin, stderr }: Shell): Promise<Prompts> {
  const clack = await import("@clack/prompts");
  const streams = { input: stdin, output: stderr };
  const answered = <T>(answer: T | typeof CANCEL_SYMBOL): T => {
    if (clack.isCancel(answer)) throw new Stop(EXIT.interrupted, "Stopped; nothing more was changed.");
    return answer as T;
  };
  return {
    begin: (title) => clack.intro(title, streams),
    explain: (text, title) => clack.note(text, title, { ...streams, format: (line) => line }),
    say: (text) => clack.log.step(wrapped(text, stderr.columns), streams),
    warn: (text) => clack.log.warn(wrapped(text, stderr.columns), streams),
    end: (text) => clack.outro(text, streams),
    async text(message, { proposed, example, problem } = {}) {
      const answer = await clack.text({
        message,
        ...(proposed === undefined ? {} : { initialValue: proposed }),
        ...(example === undefined ? {} : { placeholder: example }),
        validate: (value) => problem?.((value ?? "").trim()),
        ...streams,
      });
      return (answered<string | undefined>(answer) ?? "").trim();
    },
    async secret(message) {
      return (answered<string | undefined>(await clack.password({ message, ...streams })) ?? "").trim();
    },
    confirm: async (message, initialValue) =>
      answered<boolean>(await clack.confirm({ message, initialValue, ...streams })),
    async choose(message, choices, proposed) {
      const options: Option<string>[] = choices.map((choice) => ({ ...choice }));
      const initial = proposed === undefined ? {} : { initialValue: proposed };
      return answered<string>(
        await clack.select<string>({ message, options, maxItems: MAX_CHOICES_SHOWN, ...initial, ...streams }),
      );
    },
    async during(title, work, outcome) {
      const spinner = clack.spinner(streams);
      spinner.start(title);
      try {
        const result = await work;
        spinner.stop(outcome(result));
        return result;
      } catch (error) {
        spinner.error(title);
        throw error;
      }
    },
  };
}

/** The line in front of a text, and the blank after it. */
const GUIDE_WIDTH = 4;
const USUAL_COLUMNS = 80;

/** Clack leaves long lines to the terminal, which cuts words. */
function wrapped(text: string, columns = USUAL_COLUMNS): string {
  const line = new RegExp(`(.{1,${Math.max(columns - GUIDE_WIDTH, GUIDE_WIDTH)}})(?: +|$)`, "g");
  return text
    .split("\n")
    .map((each) => each.replace(line, "$1\n").trimEnd())
    .join("\n");
}
