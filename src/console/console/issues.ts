/** What is wrong with a table, by the field that it is told beside. */
import type { Issue } from "../request.ts";

/** The first thing that is wrong with a field or a part of it: `assign.tag`, `policies.hold.0.minutes`. */
export type IssueAt = (field: string) => string | undefined;

/** The fields that stand in one drawer. */
export interface Fields {
  /** Where in the document they begin. */
  readonly root: readonly string[];
  /** Only these keys there; absent: all of them. */
  readonly keys?: readonly string[];
}

interface Sorted {
  readonly issueAt: IssueAt;
  readonly inside: number;
  /** The first that belongs to no field here, as a sentence. */
  readonly elsewhere: string | null;
}

export function sortedIssues(issues: readonly Issue[], { root, keys }: Fields): Sorted {
  const inside: [field: string, message: string][] = [];
  let elsewhere: string | null = null;
  for (const { path, message } of issues) {
    // The server may name the field inside the body that was sent, where the table stands under `table`.
    const inTable = path[0] === "table" ? path.slice(1) : path;
    const [key, ...rest] = inTable.slice(root.length);
    const isHere =
      key !== undefined &&
      root.every((part, index) => inTable[index] === part) &&
      (keys === undefined || keys.includes(key));
    if (isHere) inside.push([[key, ...rest].join("."), message]);
    else elsewhere ??= `${inTable.join(".")}: ${message}`;
  }
  return {
    issueAt: (field) => inside.find(([path]) => path === field || path.startsWith(`${field}.`))?.[1],
    inside: inside.length,
    elsewhere,
  };
}
