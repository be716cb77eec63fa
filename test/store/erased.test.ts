import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { decision, ticket } from "../triage/builders.ts";
import { newFolder } from "./ground.ts";

const WORDS = "a sentence that only this customer would write";

test("of a ticket that was erased no word is left in the file, not even where SQLite keeps what is free", async () => {
  const folder = newFolder();
  onTestFinished(folder.remove);
  const file = join(folder.path, "store.db");
  const written = () => readFileSync(file).includes(WORDS);
  const open = () => openStore({ databaseUrl: null, file, now: Date.now });
  const made = await open();
  const read = ticket({ id: 7, tags: [WORDS.repeat(200)] });
  await made.decisions.record(decision({ ticketId: 7, jobId: 1, ticket: read }));
  await made.close();
  expect(written()).toBe(true);
  const again = await open();
  const log = () => readFileSync(`${file}-wal`).includes(WORDS);
  await again.decisions.record(decision({ id: "d-late", ticketId: 7, jobId: 2, ticket: read }));
  expect(log()).toBe(true);
  await again.decisions.eraseTicket(7);
  expect(log()).toBe(false);
  await again.close();
  expect(written()).toBe(false);
});
