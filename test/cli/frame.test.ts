import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPlace, type Place } from "./run-cli.ts";

let place: Place;
beforeAll(() => {
  place = createPlace();
});
afterAll(() => place.remove());

test("a mistyped command or option is met with a suggestion, and is wrong usage", async () => {
  const [command, option, choice] = await Promise.all([
    place.run(["clasify", "x"]),
    place.run(["decisions", "list", "--tiket", "1"]),
    place.run(["decisions", "list", "--action", "asign"]),
  ]);
  expect(command).toMatchObject({ code: 2, stdout: "" });
  expect(command.stderr).toContain("Did you mean classify?");
  expect(option).toMatchObject({ code: 2, stdout: "" });
  expect(option.stderr).toContain("Did you mean --ticket?");
  expect(choice.code).toBe(2);
  expect(choice.stderr).toContain("assign, review, skip");
});

test("help goes to stdout with examples and the options that every command has", async () => {
  const { code, stdout, stderr } = await place.run(["classify", "--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/Examples:[\s\S]*\$ switchyard classify/);
  expect(stdout).toContain("--json");
});

test("the version can be asked for", async () => {
  const { code, stdout } = await place.run(["--version"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^switchyard \d+\.\d+\.\d+ \(Node v24\./);
});

test("half a set of settings, here from .env, ends with 78 and every fault", async () => {
  writeFileSync(
    join(place.folder, ".env"),
    "ZENDESK_SUBDOMAIN=acme\nZENDESK_EMAIL=bot@acme.example\nPORT=http\n",
  );
  const { code, stdout, stderr } = await place.run(["decisions", "list"]);
  writeFileSync(join(place.folder, ".env"), "");
  expect({ code, stdout }).toEqual({ code: 78, stdout: "" });
  for (const name of ["ZENDESK_API_TOKEN is missing", "ZENDESK_WEBHOOK_SECRET is missing", "- PORT "])
    expect(stderr).toContain(name);
});

test("a reader that goes away early is nobody's error", async () => {
  const cli = join(import.meta.dirname, "../../src/cli.ts");
  const child = spawn(process.execPath, [cli, "config", "export"], {
    cwd: place.folder,
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.destroy();
  const [code] = await once(child, "close");
  expect(stderr).not.toMatch(/error|EPIPE/i);
  expect(code).toBe(0);
});

test("colours come when they are asked for, and go when they are not wanted", async () => {
  const [forced, plain] = await Promise.all([
    place.run(["config", "validate", "-"], { input: "x: 1", environment: { FORCE_COLOR: "1" } }),
    place.run(["config", "validate", "-", "--no-color"], {
      input: "x: 1",
      environment: { FORCE_COLOR: "1" },
    }),
  ]);
  expect(forced.stdout).toContain("\u001b[1m");
  expect(plain.stdout).not.toContain("\u001b");
});
