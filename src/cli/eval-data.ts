/** The labelled tickets of an evaluation, or everything that keeps it from starting. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import {
  type Dataset,
  type LabelledTicket,
  labelFaults,
  parseDataset,
  together,
} from "../evaluation/dataset.ts";
import { openTextFile } from "./reading.ts";
import type { RoutingSource } from "./routing-source.ts";
import { EXIT, Stop } from "./shell.ts";

const SHIPPED_TICKETS = join(import.meta.dirname, "../../config/evaluation");
/** Faults that are told; a file of another kind has one on every line. */
const FAULTS_SHOWN = 20;

export const shippedFiles = (): string[] =>
  readdirSync(SHIPPED_TICKETS)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => join(SHIPPED_TICKETS, name));

/** @throws Stop (failed) with every fault and its line */
export async function ticketsIn(
  paths: readonly string[],
  { table, name }: RoutingSource,
): Promise<readonly LabelledTicket[]> {
  const read: Dataset[] = [];
  for (const path of paths) read.push(parseDataset(await text(await openTextFile(path)), basename(path)));
  const { tickets, faults } = together(read);
  if (faults.length > 0) throw faulty("These labelled tickets cannot be read", faults);
  const unknown = labelFaults(tickets, table);
  if (unknown.length > 0) throw faulty(`These labels do not stand in ${name}`, unknown);
  if (tickets.length === 0)
    throw new Stop(EXIT.usage, `There is no ticket in ${paths.join(", ")}. Write one JSON object a line.`);
  return tickets;
}

function faulty(what: string, faults: readonly string[]): Stop {
  const rest = faults.length - FAULTS_SHOWN;
  const shown = faults.slice(0, FAULTS_SHOWN).map((fault) => `  ${fault}`);
  return new Stop(
    EXIT.failed,
    [`${what}:`, ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])].join("\n"),
  );
}
