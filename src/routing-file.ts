/** The routing table as a YAML file: read with line numbers for every problem, written so that it reads back the same. */
import { Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { RoutingTable } from "./triage/routing-table.ts";

export interface RoutingFileProblem {
  /** 1-based; null when the problem has no place in the file. */
  readonly line: number | null;
  /** `categories.0.intents.2.group`, empty for the whole document. */
  readonly path: string;
  readonly message: string;
}

export type RoutingFile =
  | { readonly table: RoutingTable }
  | { readonly problems: readonly [RoutingFileProblem, ...RoutingFileProblem[]] };

/** YAML, or JSON, which is YAML too. Never throws. */
export function parseRoutingFile(text: string): RoutingFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [broken, ...more] = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    path: "",
    message: error.message,
  }));
  if (broken !== undefined) return { problems: [broken, ...more] };
  const parsed = RoutingTable.safeParse(plainValueOf(document));
  if (parsed.success) return { table: parsed.data };
  const [first, ...rest] = parsed.error.issues.map((issue) => problemOf(issue, document, lines));
  return { problems: [first ?? { line: null, path: "", message: "not a routing table" }, ...rest] };
}

/** Aliases are bounded: a file of a few lines must not unfold into gigabytes. */
function plainValueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
}

function problemOf(
  issue: z.core.$ZodIssue,
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
): RoutingFileProblem {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  return { line: lineOf(path, document, lines), path: path.join("."), message: issue.message };
}

/** The nearest place that exists: a missing key is reported where its owner stands. */
function lineOf(
  path: readonly (string | number)[],
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
): number | null {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

const HEAD = ` Switchyard's routing table: which intents there are, and which group each goes to.
 Check it with:   npx switchyard config validate <this file>`;

export function renderRoutingFile(table: RoutingTable): string {
  const document = new Document(table);
  document.commentBefore = HEAD;
  return document.toString({ lineWidth: 110 });
}

export const problemLine = ({ line, path, message }: RoutingFileProblem): string =>
  [line === null ? "" : `line ${line}: `, path === "" ? "" : `${path}: `, message].join("");
