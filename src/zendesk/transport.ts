/**
 * What carries node-zendesk's requests. Left alone, node-zendesk takes a rate-limited or failed write for a success,
 * waits for ever, and keeps a token until it dies: here every answer outside 2xx is an error, each request has a
 * deadline, tokens are fetched per request, and nothing is sent that the account's rate limits have no room for.
 */
import { PermanentError } from "../errors.ts";
import type { Lane } from "../ports/jobs.ts";
import type { Now } from "../ports/now.ts";
import type { TokenSource } from "./auth.ts";
import { exchange, type Limits, type Outgoing } from "./exchange.ts";
import { type Answer, errorFor, unclear } from "./http-error.ts";
import type { RateGate } from "./rate-gate.ts";
import { rateUseOf } from "./rate-use.ts";

/** node-zendesk's `transportConfig`. */
interface Transport {
  /** @throws RetryableError, or ZendeskHttpError for refusals that depend on what was asked */
  transportFn(uri: string, request: Outgoing): Promise<Answer>;
  responseAdapter(answer: Answer): AdaptedResponse;
}

/** As much of a fetch response as node-zendesk looks at; `json` is for us, and answers the whole body. */
interface AdaptedResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}

export function createTransport({
  baseUrl,
  tokens,
  gate,
  now,
  limits,
  lane,
}: {
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  readonly gate: RateGate;
  readonly now: Now;
  readonly limits: Limits;
  /** Whom its requests may overtake. */
  readonly lane: Lane;
}): Transport {
  const send = (uri: string, request: Outgoing, authorization: string): Promise<Answer> =>
    gate(rateUseOf(request.method, uri, lane), () =>
      exchange(
        uri,
        {
          method: request.method,
          headers: { ...withoutAuthorization(request.headers), authorization },
          body: request.body,
        },
        limits,
      ),
    );
  return {
    async transportFn(uri, request) {
      assertOwn(uri, baseUrl);
      const authorization = await tokens.authorization();
      let answer = await send(uri, request, authorization);
      if (answer.status === 401) {
        const renewed = await tokens.renew(authorization);
        if (renewed !== null) answer = await send(uri, request, renewed);
      }
      if (answer.status < 200 || answer.status >= 300)
        throw errorFor(answer, { now: now(), advice: tokens.advice });
      if (typeof answer.body !== "object" || answer.body === null)
        throw unclear(`expected a JSON object from ${new URL(uri).pathname}`);
      return answer;
    },
    responseAdapter: (answer) => ({
      status: answer.status,
      statusText: "",
      json: async () => answer.body,
      // Without headers the library neither takes a Retry-After for its own affair nor picks the body apart.
      headers: { get: () => null },
    }),
  };
}

/** The library's own header holds a placeholder, in a spelling of its own. */
const withoutAuthorization = (headers: Outgoing["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"));

/** node-zendesk follows links that it finds in answers. Credentials go to the account's own API and nowhere else. */
function assertOwn(uri: string, baseUrl: string): void {
  const own = new URL(`${baseUrl}/api/v2/`);
  const asked = new URL(uri);
  if (asked.origin !== own.origin || !asked.pathname.startsWith(own.pathname))
    throw new PermanentError(
      "zendesk.foreign_address",
      "A request outside the account's own API was stopped.",
    );
}
