/** `switchyard init`: from nothing to a connected account, step by step; flags do the same in scripts. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import type { Group, ServiceUser } from "../ports/zendesk.ts";
import { parseSettings, type Settings } from "../settings.ts";
import { changeDotenvFile, readDotenvFile } from "./dotenv-file.ts";
import {
  type Answers,
  agreedChanges,
  askAccount,
  askServer,
  assertComplete,
  givenAnswers,
  type InitFlags,
  settingsFrom,
} from "./init-answers.ts";
import { matchLines, remarkOn } from "./init-choices.ts";
import { type Proposal, unusedGroups } from "./init-groups.ts";
import { proposeGroups, publishTable, untouchedTable } from "./init-table.ts";
import { labelled, type Screen, screenFor, spoken } from "./output.ts";
import { canAsk, createPrompts, type Prompts } from "./prompts.ts";
import { runSetup } from "./setup.ts";
import { SECRET_NAME } from "./setup-record.ts";
import { adapters, EXIT, type ExitCode, type Shell } from "./shell.ts";

const NOTES = `
In a terminal it asks. In a script, give the flags and --yes: secrets come from
files or standard input, never from the command line. What is set already
counts as given. Writes .env (mode 600; other lines stay), publishes the table
with your groups as long as nobody has edited it, and runs "switchyard setup".

Example for scripts:
  $ switchyard init --subdomain acme --client-id switchyard \\
      --client-secret-file secret.txt --public-url https://router.example.com --yes`;

/** Comments and all settings, for a .env that is not there yet. */
const TEMPLATE = join(import.meta.dirname, "../../.env.example");
const ADMIN_TOKEN_BYTES = 24;

export function addInit(program: Command, shell: Shell): void {
  program
    .command("init")
    .description("connect a Zendesk account, step by step")
    .option("--subdomain <name>", "first part of https://<name>.zendesk.com")
    .option("--client-id <identifier>", "the OAuth client's identifier")
    .option("--client-secret-file <file>", "a file with the OAuth client's secret (- for standard input)")
    .option("--client-secret-stdin", "read the OAuth client's secret from standard input")
    .option("--public-url <url>", "where Zendesk reaches this server")
    .option("--anthropic-key-file <file>", "a file with the Claude API key")
    .option("--fallback-group <name>", "the group for tickets that nobody could place")
    .option("-y, --yes", "ask nothing: replace values, take the proposals, run setup")
    .addHelpText("after", NOTES)
    .action(async (flags: InitFlags, command: Command) => {
      const screen = screenFor(command, shell);
      const asks = !flags.yes && !screen.json && canAsk(shell);
      shell.end(await init(flags, asks ? await createPrompts(shell) : null, screen, shell));
    });
}

interface Connected {
  readonly answers: Answers;
  readonly settings: Settings;
  readonly user: ServiceUser;
  readonly groups: readonly Group[];
}

async function init(
  flags: InitFlags,
  prompts: Prompts | null,
  screen: Screen,
  shell: Shell,
): Promise<ExitCode> {
  prompts?.begin("Switchyard: connect your Zendesk account");
  const given = await givenAnswers(flags, shell);
  if (prompts === null) assertComplete(given, flags);
  const connected =
    prompts === null ? await connect(given, shell) : await askUntilConnected(given, prompts, shell);
  sayWho(connected, prompts, screen);
  const answers = prompts === null ? given : await askServer(connected.answers, prompts);
  const table = await untouchedTable(connected.settings, shell.now);
  const proposal =
    table === null ? null : await proposeGroups(table, connected.groups, flags.fallbackGroup, prompts);

  const file = await readDotenvFile();
  const token = file.values["ADMIN_TOKEN"] || shell.environment["ADMIN_TOKEN"];
  const wanted = {
    ...settingsFrom(answers),
    ...(token ? {} : { ADMIN_TOKEN: randomBytes(ADMIN_TOKEN_BYTES).toString("hex") }),
  };
  const changes = await agreedChanges(wanted, file.values, prompts);
  await changeDotenvFile(changes, { template: await readFile(TEMPLATE, "utf8").catch(() => "") });
  const version = proposal === null ? null : await publishTable(connected.settings, shell.now, proposal);
  const unused = table === null || proposal === null ? [] : unusedGroups(table, connected.groups, proposal);
  const result = { ...connected, proposal, unused, changed: Object.keys(changes), path: file.path, version };
  if (!screen.json) report(result, prompts, screen);
  // From here on with what `.env` says now.
  const informed = { ...shell, environment: { ...shell.environment, ...changes } };
  // One object for programs: what setup would print goes into it.
  const setup: unknown[] = [];
  const silent: Screen = { ...screen, data: (value) => void setup.push(value) };
  const code = await offerSetup(answers, informed, prompts, screen.json ? silent : screen);
  if (screen.json) screen.data(resultJson(result, setup[0] ?? null));
  prompts?.end(NEXT);
  return code;
}

const NEXT = `Next: "npx switchyard doctor" checks it all, "npm start" begins in shadow.`;

async function connect(answers: Answers, shell: Shell): Promise<Connected> {
  const settings = parseSettings({
    ...shell.environment,
    ...settingsFrom(answers),
    // Setup fetches it; until then any will do.
    [SECRET_NAME]: "to-be-fetched",
  });
  const { zendeskFor } = await adapters();
  if (settings.zendesk === null) throw new Error("the account's settings were lost");
  const zendesk = zendeskFor(settings.zendesk, shell.now);
  const [user, groups] = await Promise.all([zendesk.serviceUser(), zendesk.groups()]);
  return { answers, settings, user, groups };
}

async function askUntilConnected(given: Answers, prompts: Prompts, shell: Shell): Promise<Connected> {
  const answers = await askAccount(given, prompts);
  try {
    return await prompts.during(
      "Signing in",
      connect(answers, shell),
      ({ settings }) => `Signed in to ${settings.zendesk?.account}`,
    );
  } catch (error) {
    prompts.warn(error instanceof Error ? error.message : String(error));
    if (!(await prompts.confirm("Try again?", true))) throw error;
    return askUntilConnected(answers, prompts, shell);
  }
}

const ADMIN_NEEDED =
  "This user is no admin: webhooks, fields and the export that finds missed tickets need one. Make the OAuth client as an admin.";

function sayWho({ user, groups }: Connected, prompts: Prompts | null, screen: Screen): void {
  const line = `Acting as ${spoken(user.name)} (${spoken(user.role)}); ${groups.length} groups.`;
  const isAdmin = user.role === "admin";
  if (prompts === null) {
    screen.note(line);
    if (!isAdmin) screen.warn(ADMIN_NEEDED);
    return;
  }
  prompts.say(line);
  if (!isAdmin) prompts.warn(ADMIN_NEEDED);
}

interface Result extends Connected {
  readonly proposal: Proposal | null;
  readonly unused: readonly string[];
  readonly changed: readonly string[];
  readonly path: string;
  readonly version: { readonly version: number; readonly published: boolean } | null;
}

function report(
  { user, settings, proposal, unused, changed, path, version }: Result,
  prompts: Prompts | null,
  screen: Screen,
): void {
  const written = changed.length === 0 ? "unchanged" : `${changed.join(", ")} (mode 600)`;
  const table =
    version === null
      ? "has been edited already and stays as it is"
      : `version ${version.version}${version.published ? ", with your groups" : ""}`;
  if (prompts !== null) {
    prompts.say(`${path}: ${written}\nRouting table: ${table}`);
    return;
  }
  const groups = proposal === null ? [] : matchLines(proposal);
  const remark = proposal === null ? null : remarkOn(proposal, unused);
  screen.print(
    labelled(
      [
        ["Account", `${settings.zendesk?.account}, as ${spoken(user.name)} (${spoken(user.role)})`],
        ["Settings", `${path}: ${written}`],
        ["Routing table", [table, ...groups].join("\n")],
      ],
      screen,
    ),
  );
  if (remark !== null) screen.warn(remark);
}

const resultJson = ({ user, settings, proposal, unused, changed, version }: Result, setup: unknown) => ({
  account: settings.zendesk?.account,
  user: { name: user.name, role: user.role },
  groups: proposal?.matches ?? null,
  fallback: proposal?.fallback ?? null,
  unused_groups: unused,
  routing_version: version?.version ?? null,
  env: changed,
  setup,
});

async function offerSetup(
  { publicUrl }: Answers,
  shell: Shell,
  prompts: Prompts | null,
  screen: Screen,
): Promise<ExitCode> {
  if (publicUrl === "") {
    prompts?.say('The webhook waits for the address: set PUBLIC_URL, then run "npx switchyard setup".');
    return EXIT.ok;
  }
  const fields =
    (await prompts?.confirm("Make ticket fields for intent and confidence, too?", false)) ?? false;
  const wishes = { publicUrl, way: "events", fields, undo: false } as const;
  return runSetup(wishes, { dryRun: false, mayAsk: prompts !== null }, screen, shell);
}
