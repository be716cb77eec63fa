/** One of several processes that start on one store at the same moment; tells its parent what it got. */
import { once } from "node:events";
import { openStore } from "../../src/store/open.ts";
import { tableFor } from "./routing-table.ts";

const [, , file = "", name = ""] = process.argv;
process.send?.("ready");
await once(process, "message");

const store = await openStore({ databaseUrl: null, file, now: Date.now });
const seeded = await store.routing.seed(tableFor(name));
const enqueued = await store.jobs.enqueue({
  kind: "route_ticket",
  ticketId: 1,
  dedupeKey: "the-event",
  invocationId: "",
});
const publication = { table: tableFor(name), baseVersion: 1, note: "", author: name };
const published = "published" in (await store.routing.publish(publication));
const claimed = (await store.jobs.claim(1)).length === 1;
await store.close();
process.send?.({ seeded, enqueued, published, claimed });
process.disconnect();
