/** A process of its own that makes tickets, tells their ids to its parent, and waits to be killed. Usage: account-process.ts <file> */
import { createLog } from "../../src/log.ts";
import { startSandbox } from "../../src/sandbox/start.ts";

const TICKETS = 20;

const sandbox = await startSandbox({
  host: "127.0.0.1",
  port: 0,
  file: process.argv[2] ?? null,
  now: Date.now,
  random: Math.random,
  log: createLog("error"),
});
const ids = Array.from(
  { length: TICKETS },
  (_, index) => sandbox.account.createTicket({ subject: `Ticket ${index}`, description: "d" }).id,
);
process.send?.(ids);
