/**
 * Makes a clone ready to run, and does nothing when it already is: installs when the lock file is newer than what is
 * installed, builds the pages when their sources are newer than what is built. Runs under whatever Node is there,
 * before the project's own Node 24 is, so it is plain JavaScript without dependencies.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = join(root, "node_modules/.bin");
const wantsPages = !process.argv.includes("--no-pages");

/** Newest change under a path in epoch milliseconds; 0 when there is nothing. */
function changedAt(path) {
  try {
    const stat = statSync(path);
    if (!stat.isDirectory()) return stat.mtimeMs;
    return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
  } catch {
    return 0;
  }
}

function run(title, command, args) {
  process.stderr.write(`${title}\n`);
  // Whatever NODE_ENV the user has: the tools are needed, and the pages are built as they ship.
  const env = { ...process.env, NODE_ENV: "production", PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
  const result = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.status === 0) return;
  process.stderr.write(
    `"${command} ${args.join(" ")}" failed. Mend what it says above and run the command again.\n`,
  );
  process.exit(result.status ?? 1);
}

const installed = changedAt(join(root, "node_modules/.package-lock.json"));
if (installed === 0 || installed < changedAt(join(root, "package-lock.json")))
  run("Installing (about half a minute, only when something changed) …", "npm", [
    "ci",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);

if (wantsPages) {
  const built = changedAt(join(root, "dist/pages/console/index.html"));
  const sources = ["src/console", "src/triage", "vite.config.ts", "package-lock.json"].map((path) =>
    changedAt(join(root, path)),
  );
  if (built === 0 || built < Math.max(...sources))
    run("Building the pages …", "vite", ["build", "--logLevel", "warn"]);
}
