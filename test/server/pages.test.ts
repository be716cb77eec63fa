import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { answerOf, startServer } from "./running-server.ts";

async function builtPages(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "switchyard-pages-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  for (const folder of ["console", "inbox", "assets"]) await mkdir(join(dir, folder));
  await writeFile(join(dir, "console/index.html"), "<!doctype html><title>Switchyard console</title>");
  await writeFile(join(dir, "inbox/index.html"), "<!doctype html><title>Sandbox inbox</title>");
  await writeFile(join(dir, "assets/console-9c1d.js"), "export {};");
  await writeFile(join(dir, "secret.txt"), "not a page");
  return dir;
}

test("every address of the console is the one page; its assets are kept for good", async () => {
  const dir = await builtPages();
  const server = await startServer(() => ({ pages: { dir } }));
  const get = async (path: string) => answerOf(await fetch(server.url + path));
  for (const path of ["/console", "/console/", "/console/decisions/d1?x=1"]) {
    const page = await get(path);
    expect([path, page.status, page.headers.get("content-type")]).toEqual([
      path,
      200,
      "text/html; charset=utf-8",
    ]);
    expect(page.body).toContain("Switchyard console");
    expect(page.headers.get("cache-control")).toBe("no-cache");
  }
  const script = await get("/assets/console-9c1d.js");
  expect(script.headers.get("content-type")).toContain("javascript");
  expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect((await get("/assets/console-0000.js")).status).toBe(404);
  expect((await fetch(`${server.url}/console`, { method: "POST" })).status).toBe(405);
});

test("nothing beside the pages can be read", async () => {
  const dir = await builtPages();
  const server = await startServer(() => ({ pages: { dir } }));
  for (const path of [
    "/secret.txt",
    "/console/..%2fsecret.txt",
    "/assets/..%2fsecret.txt",
    "/assets/%2e%2e/secret.txt",
  ])
    expect((await (await fetch(server.url + path)).text()).includes("not a page"), path).toBe(false);
});

test("before the pages are built, the console says what to do", async () => {
  const server = await startServer();
  const page = await answerOf(await fetch(`${server.url}/console`));
  expect(page.status).toBe(503);
  expect(page.body).toContain("npm start");
});

test("the front door leads to the sandbox's inbox where there is one, else to the console", async () => {
  const dir = await builtPages();
  const router = express.Router();
  router.get("/api/inbox", (_req, res) => void res.json({ tickets: [] }));
  const sandbox = await startServer(() => ({ pages: { dir }, mounts: [{ path: "/sandbox", router }] }));
  expect(await (await fetch(sandbox.url)).text()).toContain("Sandbox inbox");
  expect(await (await fetch(`${sandbox.url}/sandbox/api/inbox`)).json()).toEqual({ tickets: [] });

  const real = await startServer(() => ({ pages: { dir } }));
  expect(await (await fetch(real.url)).text()).toContain("Switchyard console");
  expect((await fetch(`${real.url}/sandbox`)).status).toBe(404);
});
