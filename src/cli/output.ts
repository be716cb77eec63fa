/**
 * How answers look: JSON for programs, tables and labelled lines for people. Data goes to stdout, everything else to
 * stderr. What customers and models wrote passes `harmless` here, so that it cannot steer a terminal.
 */
import { styleText } from "node:util";
import Table from "cli-table3";
import type { Command } from "commander";
import { harmless } from "../triage/plain-text.ts";
import type { Shell } from "./shell.ts";

export type Format = Parameters<typeof styleText>[0];
/** Colours a text when the stream can show it, and nobody asked for none. */
export type Paint = (format: Format, text: string) => string;

export interface Screen {
  readonly json: boolean;
  readonly paint: Paint;
  /** Columns that a line may fill. */
  readonly width: number;
  /** Lines of data for people. */
  print(text: string): void;
  /** One value for programs: a single line on a pipe, indented in a terminal. */
  data(value: unknown): void;
  /** One value on one line, wherever it goes: JSON lines. */
  dataLine(value: unknown): void;
  /** News that is not data; silent with --quiet. */
  note(text: string): void;
  warn(text: string): void;
}

const WIDTH = { unknown: 80, narrowest: 40, widest: 140 } as const;
/** Longest text of a customer or a model that a terminal is given. */
const TEXT_MAX = 2_000;

export function screenFor(command: Command, shell: Shell): Screen {
  const { json = false, quiet = false } = command.optsWithGlobals<{ json?: boolean; quiet?: boolean }>();
  const { stdout, stderr } = shell;
  const write = (text: string): void => void stdout.write(`${text}\n`);
  return {
    json,
    paint: paintFor(stdout),
    width: widthOf(shell),
    print: write,
    data: (value) => write(toJson(value, stdout.isTTY ? 2 : undefined)),
    dataLine: (value) => write(toJson(value)),
    note: (text) => {
      if (!quiet) stderr.write(`${paintFor(stderr)("dim", text)}\n`);
    },
    warn: (text) => void stderr.write(`${paintFor(stderr)("yellow", "warning:")} ${text}\n`),
  };
}

export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (format, text) =>
    styleText(format, text, { stream, validateStream: true });

function widthOf({ stdout, environment }: Shell): number {
  const columns = stdout.columns ?? (Number(environment["COLUMNS"]) || WIDTH.unknown);
  return Math.min(Math.max(columns, WIDTH.narrowest), WIDTH.widest);
}

/** Control and direction characters that JSON leaves as they are, although terminals obey them. */
const STEERING = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const toJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Text of a customer, a model or an account as one harmless line. */
export const spoken = (text: string): string => harmless(text, TEXT_MAX);

const BARE = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};
const GAP = 2;
const BARE_STYLE = { head: [], border: [], "padding-left": 0, "padding-right": GAP };
/** A column may be cut down to this, never further. */
const MIN_COLUMN = 6;

const lines = (table: { toString(): string }): string =>
  table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");

export type Labelled = readonly [label: string, text: string, format?: Format];

/** `Label   text`, wrapped beside its label. */
export function labelled(rows: readonly Labelled[], { paint, width }: Screen): string {
  const first = Math.max(...rows.map(([label]) => label.length)) + GAP;
  const table = new Table({
    chars: BARE,
    style: BARE_STYLE,
    wordWrap: true,
    colWidths: [first, width - first + GAP],
  });
  for (const [label, text, format = "dim"] of rows) table.push([paint(format, label), text]);
  return lines(table);
}

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  readonly format?: (row: Row) => Format;
  /** Numbers stand right. */
  readonly align?: "right";
  /** Keeps its width: a cut date or number would say something else. */
  readonly fixed?: boolean;
}

/** A table that fits the width: the widest columns give way, and what is cut ends in an ellipsis. */
export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { paint, width }: Screen,
): string {
  const natural = columns.map(({ head, cell }) => Math.max(...[head, ...rows.map(cell)].map(cellsOf)) + GAP);
  const table = new Table({
    head: columns.map(({ head }) => paint("bold", head)),
    chars: BARE,
    style: BARE_STYLE,
    colWidths: fitted(
      natural.map((cells, index) => ({ cells, fixed: columns[index]?.fixed ?? false })),
      width + GAP,
    ),
    colAligns: columns.map(({ align }) => align ?? "left"),
  });
  for (const row of rows)
    table.push(columns.map(({ cell, format }) => (format ? paint(format(row), cell(row)) : cell(row))));
  return lines(table);
}

function fitted(columns: readonly { cells: number; fixed: boolean }[], width: number): number[] {
  const widths = columns.map(({ cells }) => cells);
  let excess = widths.reduce((sum, each) => sum + each, 0) - width;
  for (; excess > 0; excess--) {
    const flexible = widths.map((cells, index) => (columns[index]?.fixed ? 0 : cells));
    const widest = Math.max(...flexible);
    if (widest <= MIN_COLUMN + GAP) break;
    widths[flexible.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** Terminal cells of a text, near enough to share out columns; cli-table3 measures exactly when it cuts. */
const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}]/gu;
const cellsOf = (text: string): number => Array.from(text).length + (text.match(WIDE)?.length ?? 0);
