/** The one bar that commands draw on a terminal, always on standard error; elsewhere there is none. */
import cliProgress, { type SingleBar } from "cli-progress";
import type { Shell } from "./shell.ts";

/** @param format as cli-progress reads it: `{value}`, `{total}`, `{eta_formatted}` (with its "left"), and names of a command's own */
export const createBar = (
  format: string,
  quiet: boolean,
  { stderr }: Pick<Shell, "stderr">,
): SingleBar | null =>
  stderr.isTTY && !quiet
    ? new cliProgress.SingleBar({
        stream: stderr,
        format,
        barCompleteChar: "█",
        barIncompleteChar: "░",
        barsize: 24,
        hideCursor: true,
        formatTime: timeLeft,
        // Ctrl-C is ours: it keeps what is done.
        gracefulExit: false,
      })
    : null;

/** Before the first step is done the library answers with a text, and at the end with no seconds at all. */
function timeLeft(...[seconds, options, roundTo]: Parameters<typeof cliProgress.Format.TimeFormat>): string {
  if (typeof seconds !== "number") return "estimating";
  return seconds === 0 ? "" : `${cliProgress.Format.TimeFormat(seconds, options, roundTo)} left`;
}
