/** Prints what a process of its own would send of the shipped table before the ticket: the whole cached prefix. */
import process from "node:process";
import { requestFor } from "../../src/claude/prompt.ts";
import { shippedTable } from "./shipped-table.ts";

const [subject = "", description = ""] = process.argv.slice(2);
const { messages: _, ...prefix } = requestFor({
  table: shippedTable(),
  ticket: { subject, description },
  model: "claude-haiku-5-5",
});
process.stdout.write(JSON.stringify(prefix));
