import { expect, test } from "vitest";
import { ADMIN_TOKEN, signed, startServer, ticketCreated } from "./running-server.ts";

const shown = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "strict-transport-security",
  "access-control-allow-origin",
  "x-powered-by",
  "etag",
  "set-cookie",
];

test("every kind of answer carries the same protection and an id of its own", async () => {
  const server = await startServer();
  const asked: Record<string, [path: string, init?: RequestInit]> = {
    page: ["/console"],
    redirect: ["/", { redirect: "manual" }],
    asset: ["/assets/none.js"],
    unknown: ["/nothing"],
    traversal: ["/console/..%2f..%2fpackage.json"],
    alive: ["/livez"],
    metrics: ["/metrics"],
    delivery: ["/webhooks/zendesk", signed({ body: ticketCreated(), at: server.clock.now })],
    forged: ["/webhooks/zendesk", { method: "POST", body: "{}" }],
    api: ["/api/v1/status", { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }],
    refused: ["/api/v1/status"],
    malformed: [
      "/api/v1/session",
      { method: "POST", body: "{", headers: { "content-type": "application/json" } },
    ],
    preflight: ["/api/v1/status", { method: "OPTIONS", headers: { origin: "https://evil.example" } }],
  };
  const snapshots = new Map<string, Record<string, string | null>>();
  const ids = new Set<string | null>();
  for (const [name, [path, init]] of Object.entries(asked)) {
    const { headers } = await fetch(server.url + path, init);
    snapshots.set(name, Object.fromEntries(shown.map((header) => [header, headers.get(header)])));
    ids.add(headers.get("x-request-id"));
  }
  expect(snapshots.get("page")).toMatchInlineSnapshot(`
    {
      "access-control-allow-origin": null,
      "content-security-policy": "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';connect-src 'self';img-src 'self' data:;font-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "etag": null,
      "referrer-policy": "no-referrer",
      "set-cookie": null,
      "strict-transport-security": null,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "x-powered-by": null,
    }
  `);
  for (const [name, snapshot] of snapshots)
    expect({ name, ...snapshot }).toEqual({ name, ...snapshots.get("page") });
  expect(ids.size).toBe(Object.keys(asked).length);
  expect(ids).not.toContain(null);
});

test("what the API says is kept by nobody", async () => {
  const server = await startServer();
  for (const path of [
    "/api/v1/status",
    "/api/v1/nothing",
    "/api/v1/openapi.json",
    "/webhooks/zendesk",
    "/metrics",
  ])
    expect([path, (await fetch(server.url + path)).headers.get("cache-control")]).toEqual([path, "no-store"]);
});

test("behind https, browsers are told to stay there", async () => {
  const server = await startServer(() => ({ publicUrl: "https://switchyard.example.com" }));
  const { headers } = await fetch(`${server.url}/livez`);
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
});
