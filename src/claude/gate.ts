/** The way to one model: shut while calls are useless, and as wide as the API's limits. */
import { RetryableError } from "../errors.ts";
import type { ModelTrouble } from "../ports/classifier.ts";
import type { Now } from "../ports/now.ts";
import { createCircuit } from "./circuit.ts";
import type { Need } from "./limits.ts";
import { type CallEnd, createPace, type Pass } from "./pace.ts";

/** What operators should hear of, once each time that it happens. */
export interface ClaudeNews {
  readonly event: "claude.stopped" | "claude.resumed" | "claude.budget";
  readonly fields: Readonly<Record<string, string | number>>;
}
export type Tell = (news: ClaudeNews) => void;

export interface Gate {
  readonly isCold: () => boolean;
  /** @throws RetryableError at once, with the time to come back, when the model is out of order or there is no room */
  enter(ticket: string, need: Need): Pass;
  /** A further call about a ticket that is in already. @throws RetryableError only while the model is out of order */
  follow(need: Need): Pass;
  /** @param end the error that the call ended in, `answered` for every answer, `given_up` when nothing was learned */
  leave(pass: Pass, end: RetryableError | "answered" | "given_up", headers: Headers | null): void;
  trouble(): ModelTrouble | null;
}

export function createGate(model: string, now: Now, tell: Tell): Gate {
  const circuit = createCircuit();
  const pace = createPace();
  const throughCircuit = (): void => {
    const blocked = circuit.blocked(now());
    if (blocked !== null) throw blocked;
  };
  return {
    isCold: () => pace.isCold(now()),
    enter(ticket, need) {
      throughCircuit();
      const pass = pace.enter(ticket, need, now());
      if ("waitMs" in pass)
        throw new RetryableError("claude.no_room", "Claude's limits leave no room now: nothing was sent.", {
          retryAfterMs: pass.waitMs,
        });
      circuit.enter();
      return pass;
    },
    follow(need) {
      throughCircuit();
      circuit.enter();
      return pace.follow(need, now());
    },
    leave(pass, end, headers) {
      pace.end(pass, paceEnd(end), headers, now());
      if (end === "given_up") circuit.released();
      else if (end === "answered" || end.code === "claude.rate_limited") {
        if (circuit.answered()) tell({ event: "claude.resumed", fields: { model } });
      } else if (circuit.failed(end, now()))
        tell({ event: "claude.stopped", fields: { model, code: end.code, advice: end.message } });
    },
    trouble() {
      const trouble = circuit.trouble();
      return trouble === null ? null : { model, ...trouble };
    },
  };
}

/** A 429 is an answer that asks for patience, and the pace gives it; the circuit is for what gives no answer. */
function paceEnd(end: RetryableError | "answered" | "given_up"): CallEnd {
  if (end === "answered") return { kind: "answered" };
  if (end === "given_up") return { kind: "failed" };
  const slow = end.code === "claude.rate_limited" || end.code === "claude.overloaded";
  return slow ? { kind: "slow_down", retryAfterMs: end.retryAfterMs } : { kind: "failed" };
}
