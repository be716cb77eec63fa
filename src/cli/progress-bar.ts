/** The one bar that commands draw on a terminal, always on standard error; elsewhere there is none. */
import { SingleBar } from "cli-progress";
import type { Shell } from "./shell.ts";

/** @param format as cli-progress reads it: `{value}`, `{total}`, `{eta_formatted}`, and names of a command's own */
export const createBar = (
  format: string,
  quiet: boolean,
  { stderr }: Pick<Shell, "stderr">,
): SingleBar | null =>
  stderr.isTTY && !quiet
    ? new SingleBar({
        stream: stderr,
        format,
        barCompleteChar: "█",
        barIncompleteChar: "░",
        barsize: 24,
        hideCursor: true,
        // Ctrl-C is ours: it keeps what is done.
        gracefulExit: false,
      })
    : null;
