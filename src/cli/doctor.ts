/** `switchyard doctor`: is everything there that routing needs, and what to do where it is not. */
import type { Command } from "commander";
import { CHECK_STATES, type Check, type CheckState } from "../ports/checks.ts";
import { type Format, type Labelled, labelled, type Screen, screenFor } from "./output.ts";
import { EXIT, type ExitCode, type Shell } from "./shell.ts";

const NOTES = `
Changes nothing. Asks Zendesk about the account, sends a signed self-test to
PUBLIC_URL, and asks Claude to read one tiny test ticket, far below a cent.

Exit code: 0 when nothing is broken (warnings may be there), 1 when a check
failed, 78 when the settings are not complete.

Examples:
  $ switchyard doctor
  $ switchyard doctor --json | jq '.checks[] | select(.state == "error")'`;

export function addDoctor(program: Command, shell: Shell): void {
  program
    .command("doctor")
    .description("check settings, store, routing table, Zendesk and Claude")
    .addHelpText("after", NOTES)
    .action(async (_options: unknown, command: Command) => {
      const screen = screenFor(command, shell);
      screen.note("Checking …");
      const { examine } = await import("./doctor-round.ts");
      const checks = await examine(shell);
      const code = exitCodeOf(checks);
      if (screen.json) screen.data({ healthy: code === EXIT.ok, checks });
      else screen.print(report(checks, screen));
      shell.end(code);
    });
}

function exitCodeOf(checks: readonly Check[]): ExitCode {
  const failures = checks.filter(({ state }) => state === "error");
  if (failures.length === 0) return EXIT.ok;
  return failures.some(({ id }) => id === "settings") ? EXIT.configuration : EXIT.failed;
}

const FORMATS: Record<CheckState, Format> = { ok: "green", warning: "yellow", error: "red", skipped: "dim" };
const WORDS: Record<CheckState, string> = { ok: "ok", warning: "warn", error: "fail", skipped: "skip" };

function report(checks: readonly Check[], screen: Screen): string {
  const lines = checks.map(
    ({ title, state, message, details, remedy }): Labelled => [
      `${WORDS[state].padEnd(4)}  ${title}`,
      [message, ...details.map((detail) => `- ${detail}`), ...(remedy === null ? [] : [`→ ${remedy}`])].join(
        "\n",
      ),
      FORMATS[state],
    ],
  );
  const counts = CHECK_STATES.flatMap((state) => {
    const count = checks.filter((check) => check.state === state).length;
    return count === 0 ? [] : [`${count} ${WORDS[state]}`];
  });
  return `${labelled(lines, screen)}\n\n${counts.join(", ")}`;
}
