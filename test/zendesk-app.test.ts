/** What Zendesk gets when an admin packages the app from this folder: `zcli` takes all that `.zcliignore` leaves. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const ignored = ["tmp/**", ...read(".zcliignore").split("\n").filter(Boolean)];
const isIgnored = (path: string): boolean => ignored.some((pattern) => matchesGlob(path, pattern));

/** Names that begin with a dot are not matched by `**`. */
function packaged(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.name.startsWith(".") || isIgnored(path)) return [];
    if (!entry.isDirectory()) return [path];
    return isIgnored(`${path}/any`) ? [] : packaged(`${path}/`);
  });
}

test("the package is the manifest, its assets and its words, and nothing else of the repository", () => {
  for (const path of packaged())
    expect(path).toMatch(/^(manifest\.json|assets\/[\w-]+\.(html|css|js|png|svg)|translations\/\w+\.json)$/);
});

test("the webhook does not come with the app: its secret would be hidden from setup for good", () => {
  expect(packaged()).not.toContain("requirements.json");
});

const Manifest = z.looseObject({
  author: z.looseObject({ name: z.string(), email: z.string() }),
  defaultLocale: z.literal("en"),
  frameworkVersion: z.literal("2.0"),
  private: z.boolean(),
  location: z.looseObject({
    support: z.record(z.string(), z.looseObject({ url: z.string().startsWith("assets/") })),
  }),
});

test("what Zendesk checks of a package holds without asking Zendesk, for its own tools check nothing offline", () => {
  const { location } = Manifest.parse(JSON.parse(read("manifest.json")));
  const pages = Object.values(location.support).map(({ url }) => url);
  expect(pages.length).toBeGreaterThan(0);
  for (const path of [...pages, "assets/logo.png", "assets/logo-small.png"])
    expect({ path, there: existsSync(join(ROOT, path)) }).toEqual({ path, there: true });
  expect(JSON.parse(read("translations/en.json"))).toMatchObject({ app: { name: expect.any(String) } });
});

test("the app sends nothing anywhere, so that no claim a browser could write is taken for a person", () => {
  const code = packaged().filter((path) => path.endsWith(".js") || path.endsWith(".html"));
  expect(code.length).toBeGreaterThan(1);
  for (const path of code) expect(read(path)).not.toMatch(/\.request\(|fetch\(|XMLHttpRequest|jwt/i);
});
