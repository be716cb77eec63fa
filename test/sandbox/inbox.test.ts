import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeSandboxes, type Running, startedSandbox } from "./running-sandbox.ts";

let running: Running;
let server: Server;
let url: string;

beforeEach(async () => {
  running = await startedSandbox();
  server = createServer(express().use("/sandbox", running.sandbox.inboxRouter()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox/api`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeSandboxes();
});

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a page without types would read them
type Json = any;
const read = async (response: Response): Promise<Json> => response.json();
const post = (path: string, body: unknown): Promise<Response> =>
  fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const inbox = async () => read(await fetch(`${url}/inbox`));
const message = { name: "Ada", email: "Ada@Example.com", subject: "Hi", description: "Where is it?" };

test("somebody writes, Switchyard routes, a person moves: the inbox shows all of it, newest first", async () => {
  const { id } = await read(await post("/tickets", message));
  const [, , , billing, , sales] = running.sandbox.account.listGroups();
  await running.call("PUT", `/api/v2/tickets/${id}`, {
    ticket: {
      group_id: billing?.id,
      tags: ["sy_routed"],
      comment: { html_body: "<p>Routed</p>", public: false },
    },
  });
  const moved = await post(`/tickets/${id}/move`, { group_id: sales?.id });
  expect(moved.status).toBe(200);
  const { tickets, groups } = await inbox();
  expect(groups).toHaveLength(12);
  expect(tickets.map((ticket: { id: number }) => ticket.id)).toEqual([id, 5158]);
  expect(tickets[0]).toMatchObject({
    requester: { name: "Ada", email: "ada@example.com" },
    group_name: "Sales",
    channel: "web",
    note_html: "<p>Routed</p>",
    moved_by: expect.stringMatching(/^(?!Switchyard)./),
  });
  expect(tickets[1].moved_by).toBeNull();
  expect(tickets[0].history).toMatchObject([
    { actor: "Ada", actor_kind: "requester", text: "wrote in" },
    {
      actor: "Switchyard",
      actor_kind: "switchyard",
      text: "left a private note, moved the ticket to Billing, tagged sy_routed",
    },
    { actor_kind: "person", text: "moved the ticket from Billing to Sales" },
  ]);
});

test("a message that lacks something is refused, each field with what to do", async () => {
  const response = await post("/tickets", { ...message, email: "nowhere", subject: " " });
  const { error } = await read(response);
  expect(response.status).toBe(400);
  expect(error.issues.map(({ path }: { path: string }) => path)).toEqual(["email", "subject"]);
  expect((await inbox()).tickets).toHaveLength(1);
});

test("a field that is not there at all is asked for in plain words", async () => {
  const { error } = await read(await post("/tickets", {}));
  expect(error.issues).toEqual([
    { path: "name", message: "Write a name." },
    { path: "email", message: "Write an e-mail address like ada@example.com." },
    { path: "subject", message: "Write a subject." },
    { path: "description", message: "Write what the customer says." },
  ]);
  const move = await read(await post("/tickets/5158/move", {}));
  expect(move.error.issues).toEqual([{ path: "group_id", message: "Name the group by its id, a number." }]);
  const list = await read(await post("/tickets", []));
  expect(list.error.issues).toEqual([{ path: "", message: "Send the fields as one JSON object." }]);
});

test("a form of another site cannot write: only JSON is read", async () => {
  const response = await fetch(`${url}/tickets`, { method: "POST", body: JSON.stringify(message) });
  expect(response.status).toBe(400);
});

test("a move to nowhere, or of no ticket, is refused in words", async () => {
  const nowhere = await post("/tickets/5158/move", { group_id: 1 });
  const nothing = await post("/tickets/77/move", { group_id: 1 });
  expect([nowhere.status, nothing.status]).toEqual([422, 404]);
  expect((await read(nothing)).error.message).toBe("There is no such ticket.");
});

test("no secret stands in the inbox", async () => {
  await post("/tickets", message);
  const text = JSON.stringify(await inbox());
  const { clientSecret, token } = running.sandbox.credentials;
  for (const secret of [clientSecret, token, running.sandbox.webhookSecret])
    expect(text).not.toContain(secret);
});

test("at the inbox people answer, take, solve, rate, merge, delete and bring back", async () => {
  const { account } = running.sandbox;
  const made = async (): Promise<number> => (await read(await post("/tickets", message))).id;
  const [id, other] = [await made(), await made()];
  const act = async (deed: string, body: unknown = {}) => read(await post(`/tickets/${id}/${deed}`, body));
  expect((await act("take")).status).toBe("open");
  await act("agent-reply", { text: "Here it is." });
  expect((await act("solve")).status).toBe("solved");
  expect((await act("customer-reply", { text: "It is not." })).status).toBe("open");
  await act("rate", { score: "bad" });
  expect((await act("delete")).status).toBe("deleted");
  expect((await act("restore")).status).toBe("open");
  expect((await act("merge", { target_id: other })).status).toBe("closed");
  const { tickets } = await inbox();
  const texts = tickets
    .find((ticket: { id: number }) => ticket.id === id)
    .history.map(({ text }: { text: string }) => text);
  expect(texts).toEqual(
    expect.arrayContaining(["rated the help as bad", "deleted the ticket", "brought the ticket back"]),
  );
  expect((await post(`/tickets/${other}/spam`, {})).status).toBe(200);
  expect((await post(`/tickets/${other}/erase`, {})).status).toBe(200);
  expect(account.ticket(other)).toBeUndefined();
});

test("a conversation can be started, and a deed without what it needs is refused with words", async () => {
  const started = await post("/conversations", {});
  const { id } = await read(started);
  expect(started.status).toBe(201);
  expect((await post(`/tickets/${id}/customer-reply`, { text: "Hello?" })).status).toBe(200);
  expect(running.sandbox.account.comments(id).at(-1)?.via.channel).toBe("native_messaging");
  const refused = await post(`/tickets/${id}/rate`, { score: "fine" });
  expect([refused.status, (await read(refused)).error.issues[0].message]).toEqual([400, "Say good or bad."]);
  expect((await post("/tickets/999999/take", {})).status).toBe(404);
});
