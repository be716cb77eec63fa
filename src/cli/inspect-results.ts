/** Where the results of an inspection go: the screen, a report, and two files beside the data. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { draftFile } from "../inspection/draft-file.ts";
import type { Inspection } from "../inspection/inspection.ts";
import { baselineToJson, inspectionToJson } from "../inspection/inspection-json.ts";
import { inspectionLines } from "./inspect-view.ts";
import type { Screen } from "./output.ts";
import { EXIT, Stop } from "./shell.ts";

const FILE_MODE = 0o600;

export async function tellResults(
  inspection: Inspection,
  html: string | null,
  screen: Screen,
): Promise<void> {
  if (screen.json) screen.data(inspectionToJson(inspection));
  else screen.print(inspectionLines(inspection, screen));
  if (html === null) return;
  // React is loaded for whoever wants pictures.
  const { inspectionReport } = await import("../inspection/report.ts");
  await write(html, inspectionReport(inspection));
  screen.note(`Report: ${html}`);
}

export async function keepResults(inspection: Inspection, folder: string, screen: Screen): Promise<void> {
  if (inspection.draft !== null) {
    const path = join(folder, "routing-draft.yaml");
    await write(path, draftFile(inspection.draft, inspection));
    screen.note(`Draft of a routing table: ${path}`);
  }
  if (inspection.tickets === 0) return;
  const path = join(folder, "baseline.json");
  // Once Switchyard has placed tickets, the numbers of before are not to be had again.
  if (existsSync(path) && inspection.placedByUs.count > 0) {
    screen.note(`Baseline kept as it was: some of these tickets were placed by Switchyard (${path})`);
    return;
  }
  await write(path, `${JSON.stringify(baselineToJson(inspection), null, 2)}\n`);
  screen.note(`Baseline: ${path}`);
}

const write = (path: string, text: string): Promise<void> =>
  writeFile(path, text, { mode: FILE_MODE }).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(
      EXIT.failed,
      `${path} cannot be written (${error.code}). Name another file, or another DATA_DIR.`,
    );
  });
