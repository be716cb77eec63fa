/** `switchyard doctor`: is everything there that routing needs, and what to do where it is not. */
import type { Command } from "commander";
import { type Check, SETTINGS, STATUSES, type Status } from "./doctor-check.ts";
import { type Format, type Labelled, labelled, type Screen, screenFor } from "./output.ts";
import { EXIT, type ExitCode, type Shell } from "./shell.ts";

const NOTES = `
Changes nothing. What it asks of Zendesk and Claude costs nothing, except for
one tiny test ticket to Claude, far below a cent, and only when there is a key.

Examples:
  $ switchyard doctor
  $ switchyard doctor --json | jq ".healthy"`;

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
  const failures = checks.filter(({ status }) => status === "fail");
  if (failures.length === 0) return EXIT.ok;
  return failures.some(({ name }) => name === SETTINGS) ? EXIT.configuration : EXIT.failed;
}

const FORMATS: Record<Status, Format> = { ok: "green", warn: "yellow", fail: "red", skip: "dim" };

function report(checks: readonly Check[], screen: Screen): string {
  const lines = checks.map(
    ({ name, status, message, remedy }): Labelled => [
      `${status.padEnd(4)}  ${name}`,
      remedy === null ? message : `${message}\n→ ${remedy}`,
      FORMATS[status],
    ],
  );
  const counts = STATUSES.flatMap((status) => {
    const count = checks.filter((check) => check.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return `${labelled(lines, screen)}\n\n${counts.join(", ")}`;
}
