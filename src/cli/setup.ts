/** `switchyard setup`: makes or repairs what Switchyard needs in the Zendesk account; safe to repeat. */
import type { Command } from "commander";
import type { Change } from "../zendesk/setup.ts";
import { type Format, type Labelled, labelled, type Screen, screenFor, spoken } from "./output.ts";
import { canAsk, createPrompts } from "./prompts.ts";
import type { PreparedSetup, SetupWishes } from "./setup-run.ts";
import { EXIT, type ExitCode, type Shell, Stop } from "./shell.ts";

interface Options {
  readonly publicUrl?: string;
  readonly trigger?: boolean;
  readonly fields?: boolean;
  readonly dryRun?: boolean;
  readonly undo?: boolean;
  readonly yes?: boolean;
}

const NOTES = `
Finds or makes the webhook to <PUBLIC_URL>/webhooks/zendesk and writes its
signing secret to .env (mode 600, never printed). What is right already stays
as it is. What setup made is recorded in .env, and --undo deletes exactly that;
with the fields their values on tickets go, too.

Lines: + make, ~ change, = stays, - delete, ! in the way (yours to move).
The user must be an admin, and the OAuth client may ask for "read write";
running needs only "read tickets:write".

Examples:
  $ switchyard setup --dry-run
  $ switchyard setup --public-url https://router.example.com --fields
  $ switchyard setup --trigger
  $ switchyard setup --undo`;

export function addSetup(program: Command, shell: Shell): void {
  program
    .command("setup")
    .description("make the webhook (and fields) in the Zendesk account, or repair them")
    .option("--public-url <url>", "where Zendesk reaches this server; default: PUBLIC_URL")
    .option("--trigger", "let a trigger call the webhook, instead of an event for every ticket")
    .option("--fields", "also make ticket fields for intent and confidence")
    .option("--dry-run", "show what would change, and change nothing")
    .option("--undo", "delete what setup made")
    .option("-y, --yes", "do not ask before changing anything")
    .addHelpText("after", NOTES)
    .action(async (options: Options, command: Command) => {
      const { publicUrl, trigger = false, fields = false, undo = false } = options;
      const screen = screenFor(command, shell);
      const wishes: SetupWishes = { publicUrl, way: trigger ? "trigger" : "events", fields, undo };
      const mayAsk = !options.yes && !screen.json && canAsk(shell);
      if (undo && !mayAsk && !options.yes && !options.dryRun)
        throw new Stop(
          EXIT.usage,
          "Nobody can be asked here. Add --yes to delete what setup made, or --dry-run to only look.",
        );
      shell.end(await runSetup(wishes, { dryRun: options.dryRun ?? false, mayAsk }, screen, shell));
    });
}

/** Shows the plan, asks when it may, and carries it out. */
export async function runSetup(
  wishes: SetupWishes,
  { dryRun, mayAsk }: { readonly dryRun: boolean; readonly mayAsk: boolean },
  screen: Screen,
  shell: Shell,
): Promise<ExitCode> {
  const { carryOut, isPending, prepareSetup } = await import("./setup-run.ts");
  screen.note("Looking at the account …");
  const prepared = await prepareSetup(wishes, shell, (line) => screen.note(line));
  for (const warning of prepared.warnings) screen.warn(warning);
  if (!screen.json) screen.print(planLines(prepared, screen));
  const total = prepared.changes.filter(isPending).length;
  const refused = prepared.changes.some(({ action }) => action === "refuse");
  const isNothing = total + prepared.env.length === 0;
  const goOn = !dryRun && !isNothing && (!mayAsk || (await agreed(wishes, total, shell)));
  let applied = 0;
  if (goOn)
    await carryOut(prepared, shell, ({ thing }) => {
      applied++;
      screen.note(`${applied} of ${total}: ${THING_WORDS[thing]}`);
    });
  if (screen.json) screen.data(planJson(prepared, { dryRun, applied }));
  else screen.note(ending({ dryRun, goOn, isNothing, refused }));
  if (!refused) return EXIT.ok;
  return applied > 0 ? EXIT.partly : EXIT.failed;
}

const agreed = async ({ undo }: SetupWishes, total: number, shell: Shell): Promise<boolean> =>
  (await createPrompts(shell)).confirm(
    undo ? `Delete these ${total} things in Zendesk?` : "Make these changes?",
    !undo,
  );

function ending(run: { dryRun: boolean; goOn: boolean; isNothing: boolean; refused: boolean }): string {
  if (run.refused) return "Something is in the way (!): see above what to do about it.";
  if (run.isNothing) return "Everything is as it should be: nothing to change.";
  if (run.dryRun) return "Nothing was changed (--dry-run).";
  return run.goOn ? "Done. Running this again changes nothing." : "Nothing was changed.";
}

const SIGNS: Readonly<Record<Change["action"], readonly [sign: string, format: Format]>> = {
  create: ["+", "green"],
  update: ["~", "yellow"],
  keep: ["=", "dim"],
  leave: ["=", "dim"],
  refuse: ["!", "red"],
  delete: ["-", "red"],
  forget: ["-", "dim"],
};
const THING_WORDS: Readonly<Record<Change["thing"], string>> = {
  webhook: "webhook",
  trigger: "trigger",
  intent_field: "ticket field",
  confidence_field: "ticket field",
};

function planLines({ changes, env, undo }: PreparedSetup, screen: Screen): string {
  const rows: Labelled[] = changes.map(({ action, thing, name, details }) => {
    const [sign, format] = SIGNS[action];
    return [`${sign} ${THING_WORDS[thing]}`, [spoken(name), ...details.map(plain)].join("\n"), format];
  });
  const lines = env.map(({ name, why }): Labelled => ["~ .env", `${name}: ${why}`, "yellow"]);
  if (rows.length + lines.length > 0) return labelled([...rows, ...lines], screen);
  return undo ? "= nothing is recorded that setup made" : "= nothing to do";
}

/** Details quote names of the account; addresses in them are our own and stay whole. */
const plain = (text: string): string => text.replace(/\p{Cc}|\p{Cf}/gu, " ");

const planJson = (
  { changes, env, zendesk, undo }: PreparedSetup,
  { dryRun, applied }: { dryRun: boolean; applied: number },
) => ({
  account: zendesk.account,
  dry_run: dryRun,
  undo,
  applied,
  changes: changes.map(({ action, thing, id, name, details }) => ({ action, thing, id, name, details })),
  env: env.map(({ name }) => name),
});
