import { beforeEach, describe, expect, test } from "vitest";
import { createZendesk } from "../../src/zendesk/client.ts";
import { connect } from "../../src/zendesk/connection.ts";
import { type FaultServer, failureOf, json, settingsFor, startFaultServer, text } from "./fault-server.ts";

let server: FaultServer;
let clock: number;
beforeEach(async () => {
  server = await startFaultServer();
  clock = Date.parse("2026-01-31T12:00:00Z");
});

const zendesk = () => createZendesk(connect(settingsFor(server.url), { now: () => clock }));

describe("groups", () => {
  const page = (ids: number[], after: string | null) =>
    json({
      groups: ids.map((id) => ({ id, name: `Group ${id}`, deleted: id === 2, is_public: true })),
      meta: { has_more: after !== null, after_cursor: after },
      links: { next: after && `https://elsewhere.example/api/v2/groups.json?page[after]=${after}` },
    });

  test("all pages are read, deleted groups left out, links to other hosts not followed", async () => {
    server.on("GET /api/v2/groups", page([1, 2], "c1"), page([3], "c2"), page([4], null));
    expect((await zendesk().groups()).map(({ id, name }) => [id, name])).toEqual([
      [1, "Group 1"],
      [3, "Group 3"],
      [4, "Group 4"],
    ]);
    expect(server.asked.map(({ query }) => query)).toEqual([
      { "page[size]": "100" },
      { "page[size]": "100", "page[after]": "c1" },
      { "page[size]": "100", "page[after]": "c2" },
    ]);
  });

  test("a group brings what its people wrote about it; nothing, or nonsense, is none", async () => {
    const groups = ["Invoices and refunds", "", null, 7].map((description, at) => ({
      id: at + 1,
      name: `Group ${at + 1}`,
      description,
    }));
    server.on("GET /api/v2/groups", json({ groups, meta: { has_more: false } }));
    expect((await zendesk().groups()).map(({ description }) => description)).toEqual([
      "Invoices and refunds",
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("within a minute they are read once, however many ask", async () => {
    server.on("GET /api/v2/groups", page([1], null), page([1, 3], null));
    const port = zendesk();
    await Promise.all([port.groups(), port.groups(), port.groups()]);
    clock += 59_999;
    expect(await port.groups()).toHaveLength(1);
    clock += 1;
    expect(await port.groups()).toHaveLength(2);
    expect(server.asked).toHaveLength(2);
  });

  test("while Zendesk is away, the last list serves for ten minutes", async () => {
    server.on("GET /api/v2/groups", page([1], null), text("", 503));
    const port = zendesk();
    await port.groups();
    clock += 600_000;
    expect(await port.groups()).toEqual([{ id: 1, name: "Group 1" }]);
    clock += 1;
    expect(await failureOf(port.groups())).toMatchObject({ code: "zendesk.unavailable" });
  });

  test.each([
    ["a cursor that comes again", { has_more: true, after_cursor: "c1" }],
    ["more pages, but no way to them", { has_more: true, after_cursor: null }],
  ])("a list without an end is an error, not a short list: %s", async (_name, meta) => {
    server.on("GET /api/v2/groups", json({ groups: [], meta }));
    expect(await failureOf(zendesk().groups())).toMatchObject({ code: "zendesk.unclear" });
    expect(server.asked.length).toBeLessThan(3);
  });

  test("so is a server that pages in the old way", async () => {
    server.on(
      "GET /api/v2/groups",
      json({ groups: [], next_page: `${server.url}/api/v2/groups.json?page=2` }),
    );
    expect(await failureOf(zendesk().groups())).toMatchObject({ code: "zendesk.unclear" });
  });

  test.each([403, 404])("no right to read them (%d) is an error, not an empty list", async (status) => {
    server.on("GET /api/v2/groups", json({ error: "Forbidden" }, status));
    expect(await failureOf(zendesk().groups())).toMatchObject({ code: "zendesk.refused" });
  });
});
