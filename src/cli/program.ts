/** The frame around every command: global options, help, suggestions, and how errors become exit codes. */
import { styleText } from "node:util";
import { Command, CommanderError } from "commander";
import { PermanentError, RetryableError } from "../errors.ts";
import { SettingsError } from "../settings.ts";
import { isConfiguration } from "./configuration-fault.ts";
import { paintFor } from "./output.ts";
import { EXIT, type ExitCode, type Shell, Stop } from "./shell.ts";

const EXIT_CODES = `
Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 partly done, 78 settings,
130 interrupted. Settings come from the environment, and from .env in the
working directory.`;

/** A file that is not there is none; what the real environment sets wins over the file. */
export function readDotenv(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    process.stderr.write(
      `warning: .env cannot be read (${(error as Error).message}); going on without it.\n`,
    );
  }
}

export function createProgram(shell: Shell): Command {
  const program = new Command("switchyard")
    .description("Route Zendesk tickets with Claude, and see why each went where it did.")
    .option("--json", "print JSON on stdout")
    .option("-q, --quiet", "print nothing but data, warnings and errors")
    .option("--no-color", "print no colours (NO_COLOR works, too)")
    .addHelpText("after", EXIT_CODES)
    .showHelpAfterError("(add --help to see how it is used)")
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => styleText("bold", title, { validateStream: false }),
    })
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, paintFor(shell.stderr)("red", "error:"))),
    })
    .exitOverride();
  program.on("option:no-color", () => {
    shell.environment["NO_COLOR"] = "1";
    delete shell.environment["FORCE_COLOR"];
  });
  return program;
}

/** `--version` belongs to `config export --version 3`, so only as the very first word does it ask for the program's. */
const withVersion = (words: readonly string[]): readonly string[] =>
  words[0] === "--version" || words[0] === "-V" ? ["version"] : words;

/** Runs the command and sets the exit code; never throws. @param words the command line without node and script */
export async function run(program: Command, words: readonly string[], shell: Shell): Promise<void> {
  stayQuietOnClosedPipe(shell);
  process.once("SIGINT", () => process.exit(EXIT.interrupted));
  try {
    await program.parseAsync(withVersion(words), { from: "user" });
  } catch (error) {
    const { code, message } = endingOf(error, shell);
    if (message !== null) shell.stderr.write(`${paintFor(shell.stderr)("red", "error:")} ${message}\n`);
    shell.end(code);
  }
}

/** `switchyard decisions list | head` closes the pipe early, and that is nobody's error. */
function stayQuietOnClosedPipe({ stdout, stderr }: Shell): void {
  for (const stream of [stdout, stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(EXIT.ok);
      throw error;
    });
}

function endingOf(error: unknown, shell: Shell): { code: ExitCode; message: string | null } {
  // Commander has said it already: help that was asked for is no error.
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? EXIT.ok : EXIT.usage, message: null };
  if (error instanceof Stop) return { code: error.exitCode, message: error.message };
  if (error instanceof SettingsError) return { code: EXIT.configuration, message: error.message };
  if (error instanceof PermanentError || error instanceof RetryableError)
    return {
      code: isConfiguration(error) ? EXIT.configuration : EXIT.failed,
      message: `${error.message} (${error.code})${mayPass(error) ? "\nIt may work later: try again in a minute." : ""}`,
    };
  return { code: EXIT.failed, message: unexpected(error, shell) };
}

/** A wrong key is asked with again by the server, but on the command line waiting for it helps nobody. */
const mayPass = (error: PermanentError | RetryableError): boolean =>
  error instanceof RetryableError && !isConfiguration(error);

function unexpected(error: unknown, { environment }: Shell): string {
  if (!(error instanceof Error)) return String(error);
  if (environment["LOG_LEVEL"] === "debug") return error.stack ?? error.message;
  return `${error.message}\nThis was not expected. Run the command with LOG_LEVEL=debug to see where it happened.`;
}
