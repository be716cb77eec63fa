import { expect, test } from "vitest";
import { keepCalibration } from "../../src/ports/calibration.ts";
import { calibrated } from "../../src/triage/calibration.ts";
import { table } from "../triage/builders.ts";
import { seeded, simulatedOutcomes } from "../triage/calibration-simulation.ts";
import { type Running, startServer } from "./running-server.ts";

const learned = (server: Running) =>
  keepCalibration(
    server.store.cursors,
    calibrated({
      outcomes: simulatedOutcomes(1_500, seeded(1)),
      current: { version: 1, table: table() },
      earlier: new Map(),
      now: server.clock.now,
    }),
  );

test("before there are outcomes the page learns that nothing is known, and what counts meanwhile", async () => {
  const server = await startServer();
  const { status, body } = await server.call("GET", "/api/v1/confidence");
  expect(status).toBe(200);
  expect(body).toMatchObject({ target_accuracy: null, calibration: null, outcomes: 0, coverage: null });
  expect(body.intents[0]).toMatchObject({ intent: "refund", threshold: 0.6, source: "minimum", outcomes: 0 });
  const asked = await server.call("GET", "/api/v1/confidence?target_accuracy=0.95");
  expect(asked.body.intents[0]).toMatchObject({ threshold: 0.95, source: "cautious" });
  expect(asked.body.needed).toBe(99);
});

test("with outcomes it tells thresholds, what they cost, and the curves behind them", async () => {
  const server = await startServer();
  await learned(server);
  const { body } = await server.call("GET", "/api/v1/confidence?target_accuracy=0.9&classifier=claude");
  expect(body.calibration).toMatchObject({ routing_version: 1, kind: "logistic" });
  expect(body.intents[0]).toMatchObject({ intent: "refund", source: "intent", outcomes: 1_500 });
  expect(body.intents[0].coverage.value).toBeGreaterThan(0.3);
  expect(body.wrong.value).toBeLessThan(0.1);
  expect(body.reliability.length).toBeGreaterThan(2);
  expect(body.curve.at(-1).coverage).toBe(1);
});

test("the draft's target counts before it is published", async () => {
  const server = await startServer();
  const drafted = table({ policies: { target_accuracy: 0.97 } });
  await server.store.routing.saveDraft({ table: drafted, baseVersion: 1 });
  const { body } = await server.call("GET", "/api/v1/confidence");
  expect(body.target_accuracy).toBe(0.97);
});

test("a target that is none is refused with what to send", async () => {
  const server = await startServer();
  for (const target of ["much", "0.2", "1"]) {
    const { status, body } = await server.call("GET", `/api/v1/confidence?target_accuracy=${target}`);
    expect(status).toBe(400);
    expect(body.error.message).toContain("target_accuracy");
  }
  expect((await server.call("GET", "/api/v1/confidence", undefined, null)).status).toBe(401);
});
