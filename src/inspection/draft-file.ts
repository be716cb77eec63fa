/** The draft as a routing file, each row with what speaks for its group written above it. */
import { Document, isMap, isSeq, type YAMLMap } from "yaml";
import type { Draft, DraftRow } from "./draft.ts";

/** What `switchyard config validate` takes. */
export function draftFile({ table, rows, guessed }: Draft, { tickets }: { tickets: number }): string {
  const document = new Document(table);
  document.commentBefore = [
    " A first GUESS at a routing table, made by switchyard inspect. Read every row before you use it.",
    ` The local classifier named an intent for ${guessed} of ${tickets} tickets, by its own lights: nobody has checked it.`,
    " Check the file with:   npx switchyard config validate <this file>",
  ].join("\n");
  const byIntent = new Map(rows.map((row) => [row.intent, row]));
  for (const category of itemsIn(document.get("categories")))
    for (const intent of itemsIn(category.get("intents"))) {
      const row = byIntent.get(String(intent.get("id")));
      if (row !== undefined) intent.commentBefore = ` ${basisInWords(row)}`;
    }
  return document.toString({ lineWidth: 110 });
}

const itemsIn = (list: unknown): YAMLMap[] =>
  isSeq(list) ? list.items.flatMap((item) => (isMap(item) ? [item] : [])) : [];

/** Why the row sends where it does: one line. */
export function basisInWords({ basis, tickets, agreement }: DraftRow): string {
  const seen =
    tickets === 0
      ? "no ticket looks like it"
      : `${tickets} ${tickets === 1 ? "ticket looks" : "tickets look"} like it`;
  if (basis === "tickets")
    return `Guess: ${seen}, and ${agreement.count} of the ${agreement.total} in a group stand in this one.`;
  if (basis === "name") return `Guess by the group's name: ${seen}.`;
  return `No group to guess: ${seen}. The fallback until you choose one.`;
}
