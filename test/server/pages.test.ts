import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { answerOf, startServer } from "./running-server.ts";

async function builtPages(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "switchyard-pages-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  for (const folder of ["console/assets", "assets"]) await mkdir(join(dir, folder), { recursive: true });
  await writeFile(join(dir, "console/index.html"), "<!doctype html><title>Switchyard console</title>");
  await writeFile(join(dir, "console/assets/main-4f2a.js"), "export {};");
  await writeFile(join(dir, "assets/shared-9c1d.js"), "export {};");
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
  for (const path of ["/console/assets/main-4f2a.js", "/assets/shared-9c1d.js"]) {
    const script = await get(path);
    expect(script.headers.get("content-type")).toContain("javascript");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  }
  expect((await get("/console/assets/main-0000.js")).status).toBe(404);
});

test("nothing beside the pages can be read", async () => {
  const dir = await builtPages();
  const server = await startServer(() => ({ pages: { dir } }));
  for (const path of [
    "/secret.txt",
    "/console/..%2fsecret.txt",
    "/console/assets/..%2f..%2fsecret.txt",
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

test("the front door leads to the sandbox where there is one, else to the console", async () => {
  const router = express.Router();
  router.get("/", (_req, res) => void res.send("the inbox"));
  const [sandbox, real] = [
    await startServer(() => ({ mounts: [{ path: "/sandbox", router }] })),
    await startServer(),
  ];
  expect(await (await fetch(sandbox.url)).text()).toBe("the inbox");
  const door = await fetch(real.url, { redirect: "manual" });
  expect([door.status, door.headers.get("location")]).toEqual([302, "/console"]);
});
