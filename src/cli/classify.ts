/** `switchyard classify`: what the router would do with a ticket. Writes nothing, needs nothing. */
import type { Command } from "commander";
import type { Settings } from "../settings.ts";
import type { Ticket } from "../triage/ticket.ts";
import { answerLines, answerToJson } from "./answer-view.ts";
import { classifyLines } from "./classify-lines.ts";
import { showPrompt } from "./classify-prompt.ts";
import { createDryRun } from "./dry-run.ts";
import { type Screen, screenFor } from "./output.ts";
import { withReader } from "./reader.ts";
import { isFile, openTextFile, readAll, readTextFile } from "./reading.ts";
import { currentTable, type RoutingSource, tableFromFile } from "./routing-source.ts";
import { EXIT, type Shell, Stop, settingsOf } from "./shell.ts";
import { emptyTicket, ticketFromDocument, ticketFromText } from "./ticket-input.ts";

interface Options {
  readonly file?: string;
  readonly subject?: string;
  readonly table?: string;
  readonly jsonl?: boolean;
  readonly showPrompt?: boolean;
}

const EXAMPLES = `
Examples:
  $ switchyard classify "I was charged twice, please refund me"
  $ switchyard classify --file ticket.txt --json
  $ switchyard classify --subject "Order 1234" "It never arrived."
  $ switchyard classify --table draft.yaml < ticket.json
  $ switchyard classify --jsonl < tickets.jsonl > decisions.jsonl

A file or standard input holds plain text (a first line "Subject: …" is the
subject) or JSON with "subject" and "description", as Zendesk's API writes it.
Claude answers when ANTHROPIC_API_KEY is set, the built-in classifier otherwise.
Nothing is stored, and nothing is written to a ticket.`;

export function addClassify(program: Command, shell: Shell): void {
  program
    .command("classify")
    .description("show where a ticket would go, and why")
    .argument("[text...]", "the ticket's text; without it --file or standard input")
    .option("-f, --file <path>", "read the ticket from a file (- for standard input)")
    .option("-s, --subject <text>", "the ticket's subject")
    .option("-t, --table <routing.yaml>", "use this routing table instead of the published one")
    .option("--jsonl", "one JSON ticket a line in, one JSON decision a line out")
    .option("--show-prompt", "print what would be sent to Claude, and send nothing")
    .addHelpText("after", EXAMPLES)
    .action(async (words: string[], asked: Options, command: Command) => {
      const screen = screenFor(command, shell);
      const file = asked.file ?? (await fileMeant(words, screen));
      const options = file === undefined ? asked : { ...asked, file };
      const settings = settingsOf(shell);
      const given = asked.file === undefined && file !== undefined ? null : givenText(words, options);
      if (options.jsonl) return classifyMany(options, settings, screen, shell);
      const ticket = await ticketFor(given, options, shell);
      const source = await tableFor(options, settings, shell);
      if (options.showPrompt)
        return withReader(source, settings, shell.now, ({ retrieve }) =>
          showPrompt(ticket, source, { settings, retrieve, screen }),
        );
      screen.note(`Table: ${source.name}`);
      const answer = await withReader(source, settings, shell.now, (reader) =>
        createDryRun(source, settings, reader, shell.now)(ticket),
      );
      if (screen.json) screen.data(answerToJson(answer, source));
      else screen.print(answerLines(answer, source, screen));
    });
}

/** A single argument that names a file is hardly a ticket's text; "-" is standard input. */
async function fileMeant(words: readonly string[], screen: Screen): Promise<string | undefined> {
  const [word = ""] = words;
  if (words.length !== 1 || word === "-") return word === "-" ? word : undefined;
  if (!(await isFile(word))) return undefined;
  screen.note(`Reading the ticket from the file ${word}`);
  return word;
}

/** The words on the command line; null when the ticket stands elsewhere. */
function givenText(words: readonly string[], { file, jsonl }: Options): string | null {
  const text = words.join(" ");
  if (words.length === 0 || (text === "-" && file === "-")) return null;
  if (file !== undefined || jsonl)
    throw new Stop(EXIT.usage, "Give the ticket as an argument, or in a file or standard input, not both.");
  return text;
}

/** @throws Stop (usage) when there is no ticket */
async function ticketFor(given: string | null, { file, subject }: Options, shell: Shell): Promise<Ticket> {
  const now = shell.now();
  const named = (ticket: Ticket): Ticket => (subject === undefined ? ticket : { ...ticket, subject });
  if (given !== null) return named(ticketFromText(given, now));
  if (file !== undefined && file !== "-") return named(ticketFromDocument(await readTextFile(file), now));
  const document = shell.stdin.isTTY && file !== "-" ? "" : await readAll(shell.stdin);
  if (document.trim() !== "") return named(ticketFromDocument(document, now));
  // A subject alone is a ticket, too: chat and web forms make such ones.
  if (subject?.trim()) return ticketFromText(`Subject: ${subject}`, now);
  throw emptyTicket();
}

const tableFor = ({ table }: Options, settings: Settings, { now }: Shell): Promise<RoutingSource> =>
  table === undefined ? currentTable(settings, now) : tableFromFile(table);

async function classifyMany(
  options: Options,
  settings: Settings,
  screen: Screen,
  shell: Shell,
): Promise<void> {
  const { file } = options;
  const source = await tableFor(options, settings, shell);
  screen.note(`Table: ${source.name}`);
  const input = file === undefined || file === "-" ? shell.stdin : await openTextFile(file);
  const code = await withReader(source, settings, shell.now, (reader) => {
    const run = createDryRun(source, settings, reader, shell.now);
    return classifyLines(input, run, source, { screen, now: shell.now });
  });
  shell.end(code);
}
