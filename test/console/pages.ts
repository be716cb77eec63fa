/** The built pages behind a stub server, in a real browser: one of each for a test file. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Answer, createStubApi, type StubApi } from "./stub-api.ts";
import { createStubInbox } from "./stub-inbox.ts";

const project = join(import.meta.dirname, "../..");

/** As they are shipped, or as React and Garden warn about what is wrong with them. */
export type Build = "production" | "development";
const DIRS: Record<Build, string> = {
  production: join(project, "dist/pages"),
  development: join(project, "node_modules/.cache/pages-development"),
};

/** The real server's, so that a page which breaks it breaks here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

const newestIn = (path: string): number =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
    : statSync(path).mtimeMs;

const isStale = (build: Build): boolean => {
  const built = join(DIRS[build], "inbox/index.html");
  const sources = ["src/console", "src/triage", "vite.config.ts"].map((path) => join(project, path));
  return !existsSync(built) || statSync(built).mtimeMs < Math.max(...sources.map(newestIn));
};

/** Builds the pages if they are older than their sources; of several test files only one builds, the others wait. */
export async function buildPages(build: Build = "production"): Promise<void> {
  const lock = join(project, `node_modules/.cache/pages-${build}.lock`);
  mkdirSync(join(lock, ".."), { recursive: true });
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      // Whoever held it this long is gone.
      if (Date.now() > deadline) break;
      await sleep(100);
    }
  }
  try {
    if (!isStale(build)) return;
    const vite = join(project, "node_modules/vite/bin/vite.js");
    const args = [vite, "build", "--logLevel", "warn", "--mode", build, "--outDir", DIRS[build]];
    const run = spawnSync(process.execPath, args, {
      cwd: project,
      encoding: "utf8",
      // biome-ignore lint/style/noProcessEnv: the test runner's own NODE_ENV would make it a build that nobody ships
      env: { ...process.env, NODE_ENV: build },
    });
    if (run.status !== 0) throw new Error(`The pages do not build:\n${run.stdout}${run.stderr}`);
  } finally {
    if (existsSync(lock)) rmdirSync(lock);
  }
}

export interface Stub {
  readonly url: string;
  readonly api: StubApi;
  close(): Promise<void>;
}

/** A fresh account each time. */
export async function startStub(build: Build = "production"): Promise<Stub> {
  const api = createStubApi(Date.now());
  const inbox = createStubInbox(Date.now());
  const server = createServer((req, res) => {
    void answer(req, res, { api, inbox, dir: DIRS[build] });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    api,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Backends {
  readonly api: StubApi;
  readonly inbox: ReturnType<typeof createStubInbox>;
  /** Where the built pages are. */
  readonly dir: string;
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  { api, inbox, dir }: Backends,
): Promise<void> {
  const url = new URL(req.url ?? "/", "http://stub");
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const call = {
    method: req.method ?? "GET",
    path: url.pathname.replace(/^\/api\/v1|^\/sandbox\/api/, ""),
    query: url.searchParams,
    body: text === "" ? undefined : JSON.parse(text),
    token: /^Bearer (.+)$/.exec(req.headers.authorization ?? "")?.[1] ?? null,
  };
  if (url.pathname.startsWith("/api/v1/")) sendJson(res, api.answer(call));
  else if (url.pathname.startsWith("/sandbox/api/")) sendJson(res, inbox.answer(call));
  else sendFile(res, dir, url.pathname);
}

function sendJson(res: ServerResponse, [status, body]: Answer): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendFile(res: ServerResponse, dir: string, path: string): void {
  const file = path.startsWith("/assets/")
    ? path
    : path.startsWith("/sandbox")
      ? "/inbox/index.html"
      : "/console/index.html";
  if (path.includes("..") || !existsSync(join(dir, file))) {
    res.writeHead(404).end();
    return;
  }
  res
    .writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": POLICY,
    })
    .end(readFileSync(join(dir, file)));
}

export interface Visit {
  readonly page: Page;
  /** Whatever the browser complained about, scripts that failed and dialogs that opened included. */
  readonly complaints: string[];
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: "reduce",
    locale: "en",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, complaints };
}
