/** Labelled tickets: one JSON object a line, each with what the customer wrote and where it should have gone. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { ABSTENTIONS, groupsOf, type RoutingTable, rowsOf } from "../triage/routing-table.ts";

export interface LabelledTicket {
  readonly id: string;
  /** `base.jsonl, line 12`, to tell people. */
  readonly place: string;
  readonly subject: string;
  readonly description: string;
  /** An intent of the table or an abstention; null when only the team is known. */
  readonly intent: string | null;
  readonly group: string | null;
  /** BCP-47. */
  readonly language: string | null;
  /** Why it is in the set, such as `implicit`: results are told by them, too. */
  readonly tags: readonly string[];
}

const label = z.string().trim().min(1).nullish();
const Line = z
  .object({
    id: z.union([z.string().min(1), z.number()]).optional(),
    subject: z.string().nullish(),
    description: z.string().nullish(),
    text: z.string().nullish(),
    intent: label,
    group: label,
    language: label,
    tags: z.array(z.string()).optional(),
  })
  .refine(({ subject, description, text }) => [subject, description, text].some((words) => words?.trim()), {
    error: 'there is nothing to read; give "subject" and "description", or "text"',
  })
  .refine(({ description, text }) => !description?.trim() || !text?.trim(), {
    error: '"text" and "description" are two names of the same; keep one',
  })
  .refine(({ intent, group }) => intent || group, {
    error: 'the right answer is missing; give "intent", "group" or both',
  });

/** What a file says of itself, and everything that is wrong with it. */
export interface Dataset {
  readonly tickets: readonly LabelledTicket[];
  /** Each with its place and what to do. */
  readonly faults: readonly string[];
}

/** @param name of the file, for places and for ids where there are none */
export function parseDataset(text: string, name: string): Dataset {
  const read = text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => ticketIn(line, name, number));
  return {
    tickets: read.flatMap((each) => (typeof each === "string" ? [] : [each])),
    faults: read.filter((each) => typeof each === "string"),
  };
}

function ticketIn(line: string, name: string, number: number): LabelledTicket | string {
  const place = `${name}, line ${number}`;
  const parsed = Line.safeParse(jsonIn(line));
  if (!parsed.success) return `${place}: ${parsed.error.issues.map(said).join("; ")}.`;
  const { id, subject, description, text, intent, group, language, tags } = parsed.data;
  return {
    id: String(id ?? `${name}:${number}`),
    place,
    subject: subject ?? "",
    description: description?.trim() ? description : (text ?? ""),
    intent: intent ?? null,
    group: group ?? null,
    language: language ?? null,
    tags: tags ?? [],
  };
}

const said = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message.replace(/^Invalid input.*/, NOT_JSON) : `"${path.join(".")}": ${message}`;

const NOT_JSON =
  'this is no JSON object; write {"subject": "…", "description": "…", "intent": "…"} on one line';

/** Undefined is no object, and is told as such. */
function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Several files as one. A ticket that stands in it twice would count twice. */
export function together(datasets: readonly Dataset[]): Dataset {
  const tickets = datasets.flatMap((dataset) => dataset.tickets);
  const first = new Map<string, LabelledTicket>();
  const twice = tickets.flatMap((ticket) => {
    const known = first.get(ticket.id);
    first.set(ticket.id, known ?? ticket);
    return known === undefined
      ? []
      : [
          `${ticket.place}: the id "${ticket.id}" is already that of ${known.place}; give each ticket its own.`,
        ];
  });
  return { tickets, faults: [...datasets.flatMap(({ faults }) => faults), ...twice] };
}

/** Right answers that the table cannot give: nobody could ever be right about those tickets. */
export function labelFaults(tickets: readonly LabelledTicket[], table: RoutingTable): string[] {
  const intents = new Set<string>([...rowsOf(table).map(({ id }) => id), ...ABSTENTIONS]);
  const groups = new Set(groupsOf(table));
  return tickets.flatMap(({ place, intent, group }) => [
    ...(intent === null || intents.has(intent)
      ? []
      : [
          `${place}: the routing table has no intent "${intent}". Correct it, or name the table with --table.`,
        ]),
    ...(group === null || groups.has(group)
      ? []
      : [`${place}: the routing table has no team "${group}". Correct it, or name the table with --table.`]),
  ]);
}

/** Changes whenever a classifier would read something else; labels may be corrected without asking again. */
export const datasetHash = (tickets: readonly LabelledTicket[]): string =>
  hashOf(tickets.map(({ id, subject, description }) => [id, subject, description]));

export const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** The same tickets for the same seed, whatever their order, and the smaller sample is part of the larger one. */
export function sampleOf(
  tickets: readonly LabelledTicket[],
  { limit, seed }: { limit: number | null; seed: string },
): readonly LabelledTicket[] {
  if (limit === null || limit >= tickets.length) return tickets;
  const chosen = new Set(
    tickets
      .map(({ id }) => ({ id, lot: hashOf([seed, id]) }))
      .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, limit)
      .map(({ id }) => id),
  );
  return tickets.filter(({ id }) => chosen.has(id));
}
