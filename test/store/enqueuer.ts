/** A process that puts events into a store until it is killed, and says of each when the store has it. */
import { openStore } from "../../src/store/open.ts";

const LANES = 16;
const file = process.argv[2];
if (file === undefined) throw new Error("name the database file");

const { jobs } = await openStore({ databaseUrl: null, file, now: Date.now });
let count = 0;
async function lane(): Promise<never> {
  for (;;) {
    const dedupeKey = `event-${++count}`;
    await jobs.enqueue({ kind: "route_ticket", ticketId: count, dedupeKey, invocationId: "" });
    process.stdout.write(`${dedupeKey}\n`);
  }
}
await Promise.all(Array.from({ length: LANES }, lane));
