import { expect, test } from "vitest";
import { createCircuit } from "../../src/claude/circuit.ts";
import { RetryableError } from "../../src/errors.ts";

const out = new RetryableError("claude.overloaded", "Claude is overloaded.");

test("calls that were under way when the trouble began make nobody wait longer; a probe that fails does", () => {
  const circuit = createCircuit();
  for (let call = 0; call < 20; call++) circuit.enter();
  const began = Array.from({ length: 20 }, () => circuit.failed(out, 1_000, false));
  expect(began.filter(Boolean)).toHaveLength(1);
  expect(circuit.trouble()?.nextProbeAt).toBe(6_000);
  circuit.enter();
  circuit.failed(out, 6_000, false);
  expect(circuit.trouble()).toMatchObject({ since: 1_000, nextProbeAt: 16_000 });
});

test("a key that is not accepted is told at once, also by a call that was under way", () => {
  const circuit = createCircuit();
  for (let call = 0; call < 5; call++) circuit.failed(out, 1_000, false);
  const key = new RetryableError("claude.configuration", "Set ANTHROPIC_API_KEY.");
  expect(circuit.failed(key, 2_000, false)).toBe(true);
  expect(circuit.trouble()).toMatchObject({ code: "claude.configuration", nextProbeAt: 62_000 });
});
