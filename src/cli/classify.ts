/** `switchyard classify`: what the router would do with a ticket. Writes nothing, needs nothing. */
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Classifier } from "../ports.ts";
import type { Settings } from "../settings.ts";
import { decide, type Groups, groupsByName } from "../triage/decide.ts";
import { groupsOf } from "../triage/routing-table.ts";
import { factsOf, type Ticket } from "../triage/ticket.ts";
import { type Answer, answerLines, answerToJson } from "./answer-view.ts";
import { type Screen, screenFor } from "./output.ts";
import { openTextFile, readAll, readTextFile } from "./reading.ts";
import { currentTable, type RoutingSource, tableFromFile } from "./routing-source.ts";
import { adapters, EXIT, type Shell, Stop, settingsOf } from "./shell.ts";
import { emptyTicket, ticketFromDocument, ticketFromJson, ticketFromText } from "./ticket-input.ts";

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

A file or standard input holds plain text (a first line "Subject: …" is the subject) or JSON with
"subject" and "description", as Zendesk's API writes tickets. Claude answers when ANTHROPIC_API_KEY
is set, the built-in classifier otherwise. Nothing is stored, and nothing is written to a ticket.`;

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
    .action(async (words: string[], options: Options, command: Command) => {
      const screen = screenFor(command, shell);
      const settings = settingsOf(shell);
      if (options.jsonl) return classifyLines(options, settings, screen, shell);
      const ticket = await ticketFor(words, options, shell);
      const source = await tableFor(options, settings, shell);
      if (options.showPrompt) return showPrompt(ticket, source, settings, screen);
      const classify = await router(source, settings, shell);
      screen.note(`Table: ${source.name}`);
      const answer = await classify(ticket);
      if (screen.json) screen.data(answerToJson(answer, source));
      else screen.print(answerLines(answer, source, screen));
    });
}

async function ticketFor(words: readonly string[], options: Options, shell: Shell): Promise<Ticket> {
  const ticket = await givenTicket(words, options, shell);
  return options.subject === undefined ? ticket : { ...ticket, subject: options.subject };
}

async function givenTicket(
  words: readonly string[],
  { file, subject }: Options,
  { stdin, now }: Shell,
): Promise<Ticket> {
  const text = words.join(" ");
  const dash = text === "-";
  if (text !== "" && !dash && file !== undefined)
    throw new Stop(EXIT.usage, "Give the ticket as an argument or with --file, not both.");
  if (text.trim() !== "" && !dash) return ticketFromText(text, now());
  if (file !== undefined && file !== "-") return ticketFromDocument(await readTextFile(file), now());
  if (words.length > 0 && !dash) throw emptyTicket();
  if (stdin.isTTY && !dash && file === undefined) throw emptyTicket();
  const document = await readAll(stdin);
  // A subject alone is a ticket, too: chat and web forms make such ones.
  return ticketFromDocument(document.trim() === "" && subject?.trim() ? subject : document, now());
}

const tableFor = ({ table }: Options, settings: Settings, { now }: Shell): Promise<RoutingSource> =>
  table === undefined ? currentTable(settings, now) : tableFromFile(table);

/** Groups of the account are not asked for: the table's own names count as existing. */
const groupsNamedBy = ({ table }: RoutingSource): Groups =>
  groupsByName(groupsOf(table).map((name, index) => ({ id: index + 1, name })));

async function router(
  source: RoutingSource,
  settings: Settings,
  { now }: Shell,
): Promise<(ticket: Ticket) => Promise<Answer>> {
  const { classifierFor } = await adapters();
  const classifier: Classifier = classifierFor(settings, now);
  const groups = groupsNamedBy(source);
  return async (ticket) => {
    const startedAt = performance.now();
    const answer = await classifier.classify(ticket, source);
    const refused = "refused" in answer;
    const verdict = decide({
      ticket: factsOf(ticket),
      classification: refused ? answer.refused : answer,
      table: source.table,
      groups,
      mode: settings.mode,
      now: now(),
    });
    return {
      ticket,
      verdict,
      classification: refused ? null : answer,
      refusal: refused ? answer.message : null,
      totalMs: Math.round(performance.now() - startedAt),
      now: now(),
    };
  };
}

async function showPrompt(
  ticket: Ticket,
  { table }: RoutingSource,
  { claude }: Settings,
  screen: Screen,
): Promise<void> {
  const { renderRequest, requestFor } = await import("../claude/prompt.ts");
  const { DEFAULT_MODEL } = await import("../settings.ts");
  const input = { table, ticket, model: claude?.model ?? DEFAULT_MODEL };
  if (screen.json) screen.data(requestFor(input));
  else screen.print(renderRequest(input).trimEnd());
}

/** A line that is no ticket, or that fails, is answered by its error: the others still count. */
async function classifyLines(
  options: Options,
  settings: Settings,
  screen: Screen,
  shell: Shell,
): Promise<void> {
  const source = await tableFor(options, settings, shell);
  const classify = await router(source, settings, shell);
  screen.note(`Table: ${source.name}`);
  const { file } = options;
  const input = file === undefined || file === "-" ? shell.stdin : await openTextFile(file);
  let [line, done, failed] = [0, 0, 0];
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === "") continue;
    try {
      const answer = await classify(ticketFromJson(jsonOf(text), shell.now()));
      screen.dataLine({ line, ...answerToJson(answer, source) });
      done++;
    } catch (error) {
      screen.dataLine({ line, error: error instanceof Error ? error.message : String(error) });
      failed++;
    }
  }
  if (done + failed === 0) throw emptyTicket();
  screen.note(`${done} of ${done + failed} classified`);
  if (failed > 0) shell.end(done > 0 ? EXIT.partly : EXIT.failed);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new Stop(EXIT.usage, "This line is not JSON.");
  }
}
