import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { begunId } from "../../src/zendesk/setup.ts";
import { closeSandboxes, type Running, startedSandbox } from "../sandbox/running-sandbox.ts";
import { createPlace, type Place } from "./run-cli.ts";

let sandbox: Running;
let place: Place;
let environment: Record<string, string>;
/** Nobody listens there: deliveries end on this machine. */
const PUBLIC = "http://127.0.0.1:9";
const ENDPOINT = `${PUBLIC}/webhooks/zendesk`;

beforeAll(async () => {
  sandbox = await startedSandbox({ now: Date.now });
  const { clientId, clientSecret } = sandbox.sandbox.credentials;
  environment = {
    ZENDESK_SUBDOMAIN: "acme",
    ZENDESK_BASE_URL: sandbox.sandbox.url,
    ZENDESK_OAUTH_CLIENT_ID: clientId,
    ZENDESK_OAUTH_CLIENT_SECRET: clientSecret,
  };
});
afterAll(closeSandboxes);
beforeEach(async () => {
  place = createPlace(environment);
  return () => place.remove();
});

const envFile = () => join(place.folder, ".env");
const env = () => parseEnv(readFileSync(envFile(), "utf8"));
const setup = (...words: string[]) => place.run(["setup", "--public-url", PUBLIC, ...words]);
const list = async (kind: "webhooks" | "triggers" | "ticket_fields") =>
  (await sandbox.call("GET", `/api/v2/${kind}?page[size]=100`)).body[kind] as Record<string, unknown>[];

test("what setup was making when it was stopped is its own all the same", async () => {
  writeFileSync(envFile(), "# mine\n");
  await setup("--fields");
  const record = env()["ZENDESK_SETUP_MADE"] ?? "";
  const at = Date.now();
  const begun = record
    .replace(/webhook:\w+@/, `webhook:${begunId({ send: [{ endpoint: ENDPOINT }] }, at)}@`)
    .replace(/intent_field:\w+@/, `intent_field:${begunId({ send: [{}] }, at)}@`);
  expect(begun).not.toBe(record);
  const stopped = readFileSync(envFile(), "utf8").replace(record, begun);
  writeFileSync(envFile(), stopped);
  expect(await setup("--fields", "--trigger", "--dry-run")).toMatchObject({ code: 0 });
  expect(readFileSync(envFile(), "utf8")).toBe(stopped);
  const undo = await place.run(["setup", "--undo", "--dry-run"]);
  expect(undo.stdout).toMatch(/^- webhook/m);
  for (const name of ["ZENDESK_WEBHOOK_SECRET", "ZENDESK_SETUP_MADE", "ZENDESK_INTENT_FIELD_ID"])
    expect(undo.stdout).toContain(`${name}: taken out`);
  await place.run(["setup", "--undo", "--yes"]);
  expect((await list("webhooks")).filter(({ endpoint }) => endpoint === ENDPOINT)).toEqual([]);
  expect((await list("ticket_fields")).filter(({ title }) => String(title).startsWith("Switchyard"))).toEqual(
    [],
  );
  expect(readFileSync(envFile(), "utf8")).toBe("# mine\n");
});

test("what Zendesk refused to make is not on record", async () => {
  const { account: door } = sandbox.sandbox;
  door.fail({ method: "POST", path: /webhooks/, status: 422, body: { error: "No" } });
  expect((await setup()).code).toBe(1);
  expect(existsSync(envFile()) ? env()["ZENDESK_SETUP_MADE"] : undefined).toBeUndefined();
});
