import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect, test } from "vitest";

/** Which part of src may import which. A part may always import itself. */
const allowed: Record<string, readonly string[]> = {
  triage: [],
  text: [],
  charts: [],
  "errors.ts": [],
  "log.ts": [],
  "data-folder.ts": ["errors.ts"],
  ports: ["triage"],
  "environment.ts": [],
  "settings.ts": ["triage", "environment.ts", "settings-claude.ts"],
  "settings-claude.ts": ["environment.ts"],
  zendesk: ["triage", "ports", "errors.ts", "settings.ts"],
  claude: ["triage", "text", "ports", "errors.ts", "settings-claude.ts"],
  retrieval: ["triage", "text", "ports", "errors.ts"],
  store: ["triage", "ports", "errors.ts", "data-folder.ts"],
  checks: ["triage", "ports", "errors.ts", "settings.ts"],
  worker: ["triage", "ports", "errors.ts", "log.ts"],
  server: ["triage", "ports", "errors.ts", "log.ts", "zendesk"],
  sandbox: ["triage", "errors.ts", "log.ts", "data-folder.ts"],
  evaluation: ["triage", "text", "ports", "errors.ts", "charts"],
  inspection: ["triage", "ports", "errors.ts", "charts"],
  console: ["triage", "charts"],
  "routing-file.ts": ["triage"],
  "adapters.ts": ["*"],
  "banner.ts": ["*"],
  "checking.ts": ["*"],
  "start-work.ts": ["*"],
  "status.ts": ["*"],
  cli: ["*"],
  "main.ts": ["*"],
  "classifier-warnings.ts": ["triage", "ports"],
  "cli.ts": ["*"],
};
/** The server knows one thing of Zendesk: how a delivery is verified and read. */
const webhookOnly = /^\.\.\/zendesk\/(webhook|event)\.ts$/;

const src = join(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const partOf = (path: string): string => path.split(sep)[0] ?? "";

const imports = files.flatMap((file) =>
  [...readFileSync(join(src, file), "utf8").matchAll(/\b(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    ([, specifier = ""]) => ({
      file,
      specifier,
      from: partOf(file),
      to: specifier.startsWith(".") ? partOf(relative(src, join(src, file, "..", specifier))) : null,
    }),
  ),
);

test("every part of src is listed", () => {
  const parts = new Set(files.map(partOf));
  expect([...parts].filter((part) => !(part in allowed))).toEqual([]);
});

test("imports point one way", () => {
  const wrong = imports.filter(
    ({ from, to }) =>
      to !== null && from !== to && !allowed[from]?.includes(to) && !allowed[from]?.includes("*"),
  );
  expect(wrong).toEqual([]);
  expect(imports.length).toBeGreaterThan(files.length);
});

test("nobody but main and the CLI imports the wiring", () => {
  expect(
    imports.filter(
      ({ from, to }) =>
        /^(main|adapters|banner|checking|start-work|status|cli)(\.ts)?$/.test(to ?? "") &&
        !/^(main|cli|banner|checking|start-work|status)/.test(from),
    ),
  ).toEqual([]);
});

test("of Zendesk the server knows only its webhook", () => {
  expect(
    imports.filter(
      ({ from, to, specifier }) => from === "server" && to === "zendesk" && !webhookOnly.test(specifier),
    ),
  ).toEqual([]);
});

test("triage is pure: of packages it knows only zod, and a list of the endings of web addresses", () => {
  expect(
    imports.filter(
      ({ from, to, specifier }) => from === "triage" && to === null && !["zod", "tlds"].includes(specifier),
    ),
  ).toEqual([]);
});
