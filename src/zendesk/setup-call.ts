/** One request of setup's at a time, with patience for a busy or ailing account, and nothing made twice. */
import { setTimeout } from "node:timers/promises";
import { PermanentError, RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { ZendeskSettings } from "../settings.ts";
import { harmless } from "../triage/plain-text.ts";
import { createTokenSource } from "./auth.ts";
import { exchange, LIMITS, type Limits, type Outgoing } from "./exchange.ts";
import { type Answer, errorFor, textIn, ZendeskHttpError } from "./http-error.ts";

/** Webhooks, triggers and fields are an admin's; running needs far less. */
const SCOPE = "read write";
const MAX_TRIES = 4;
const DEFAULT_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
const MAX_REASON = 300;
/** These pass by themselves. */
const PASSING: ReadonlySet<string> = new Set(["zendesk.rate_limited", "zendesk.unavailable"]);

export interface SetupCallOptions {
  readonly now: Now;
  readonly limits?: Limits;
  /** One line for whoever waits. */
  readonly onWait: (line: string) => void;
  /** So that a test need not wait. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

interface Request {
  readonly body?: Readonly<Record<string, unknown>>;
  /** What a POST was to make, in the shape of its answer; null while it is not there. */
  readonly made?: () => Promise<unknown>;
}

/** @throws PermanentError `zendesk.forbidden` or `zendesk.refused`, with Zendesk's reason; RetryableError */
export type SetupCall = (method: Outgoing["method"], path: string, request?: Request) => Promise<unknown>;

export function createSetupCall(
  settings: ZendeskSettings,
  { now, limits = LIMITS, onWait, sleep = setTimeout }: SetupCallOptions,
): SetupCall {
  const tokens = createTokenSource(settings, { now, limits, scope: SCOPE });
  let pausing: Promise<void> | null = null;
  const wait = async (error: Error): Promise<void> => {
    const asked = error instanceof RetryableError ? error.retryAfterMs : null;
    const waitMs = Math.min(asked ?? DEFAULT_WAIT_MS, LONGEST_WAIT_MS);
    onWait(`${error.message} Trying again in ${Math.ceil(waitMs / 1_000)} s.`);
    await sleep(waitMs);
    pausing = null;
  };
  /** Requests that fail side by side wait together, and say so once. */
  const pause = (error: Error): Promise<void> => {
    pausing ??= wait(error);
    return pausing;
  };
  /** Nothing was sent yet, so this can simply be asked again. */
  const authorization = async (tries = MAX_TRIES): Promise<string> => {
    try {
      return await tokens.authorization();
    } catch (error) {
      if (!isPassing(error) || tries === 1) throw error;
      await pause(error);
      return authorization(tries - 1);
    }
  };
  const send = async ({ method, path, body }: Request & Address): Promise<Sent> => {
    const headers = { authorization: await authorization(), accept: "application/json" };
    const outgoing: Outgoing =
      body === undefined
        ? { method, headers }
        : {
            method,
            headers: { ...headers, "content-type": "application/json" },
            body: JSON.stringify(body),
          };
    try {
      const answer = await exchange(`${settings.baseUrl}/api/v2${path}`, outgoing, limits);
      if (isFine(answer, method)) return { body: answer.body };
      const error = errorFor(answer, { now: now(), advice: tokens.advice });
      return { error: refusal(error, answer, `${method} ${path.split("?")[0]}`) };
    } catch (error) {
      if (error instanceof RetryableError) return { error };
      throw error;
    }
  };
  const ask = async (request: Request & Address, tries: number): Promise<unknown> => {
    const sent = await send(request);
    if ("body" in sent) return sent.body;
    const { error } = sent;
    if (!isPassing(error)) throw error;
    if (tries > 1) await pause(error);
    const present = await doneAlready(error, request);
    if (present !== null) return present;
    if (tries === 1) throw error;
    return ask(request, tries - 1);
  };
  return (method, path, request = {}) => ask({ method, path, ...request }, MAX_TRIES);
}

/** A limit refuses before anything is done; what broke may have been done all the same. */
const doneAlready = async ({ code }: RetryableError, { made }: Request): Promise<unknown> =>
  code === "zendesk.rate_limited" ? null : ((await made?.()) ?? null);

interface Address {
  readonly method: Outgoing["method"];
  readonly path: string;
}
type Sent = { readonly body: unknown } | { readonly error: Error };

const isPassing = (error: unknown): error is RetryableError =>
  error instanceof RetryableError && PASSING.has(error.code);

/** What is gone already need not be deleted. */
const isFine = ({ status }: Answer, method: Outgoing["method"]): boolean =>
  (status >= 200 && status < 300) || (status === 404 && method === "DELETE");

function refusal(error: Error, { status, body }: Answer, what: string): Error {
  if (status === 403)
    return new PermanentError(
      "zendesk.forbidden",
      `Zendesk does not allow ${what}. Setup needs a user who is an admin, and an OAuth client that may ask for the scopes "${SCOPE}".`,
      { cause: error },
    );
  if (!(error instanceof ZendeskHttpError)) return error;
  const reason = harmless(textIn(body).join(": "), MAX_REASON);
  return new PermanentError("zendesk.refused", `Zendesk refused ${what} (status ${status}): ${reason}`, {
    cause: error,
  });
}
