/** Where the Authorization header of each request comes from. */
import { z } from "zod";
import { RetryableError } from "../errors.ts";
import type { Now } from "../ports/now.ts";
import type { ZendeskAuth } from "../settings.ts";
import { exchange, type Limits } from "./exchange.ts";
import { type Answer, errorFor, textIn, unclear, ZendeskHttpError } from "./http-error.ts";

/** What running needs: read everything, write tickets. Without a scope the token could do all that its user can. */
const SCOPE = "read tickets:write";
/** Asked for; Zendesk may give less, from 300 s on. */
const LIFETIME_S = 3_600;
/** A token is renewed when this share of its life is over. */
const RENEW_AT = 0.8;

export interface TokenSource {
  /** The value of the Authorization header. */
  authorization(): Promise<string>;
  /** A newer one after Zendesk refused this one; null when there can be none. */
  renew(refused: string): Promise<string | null>;
  /** What to do when Zendesk refuses it for good. */
  readonly advice: string;
}

/** @param scope what the tokens of an OAuth client may do; other tokens come with theirs */
export function createTokenSource(
  { baseUrl, auth }: { readonly baseUrl: string; readonly auth: ZendeskAuth },
  { now, limits, scope = SCOPE }: { readonly now: Now; readonly limits: Limits; readonly scope?: string },
): TokenSource {
  switch (auth.kind) {
    case "client_credentials":
      return clientCredentials(() => requestToken({ baseUrl, auth, now, limits, scope }), now);
    case "oauth_token":
      return fixed(
        `Bearer ${auth.token}`,
        "ZENDESK_OAUTH_TOKEN is wrong, expired or revoked: make a new one, or use an OAuth client, which renews itself.",
      );
    case "api_token":
      return fixed(
        `Basic ${Buffer.from(`${auth.email}/token:${auth.apiToken}`).toString("base64")}`,
        "Check ZENDESK_EMAIL and ZENDESK_API_TOKEN. Zendesk turns API tokens off after 30 idle days: an OAuth client lasts.",
      );
  }
}

const fixed = (header: string, advice: string): TokenSource => ({
  authorization: async () => header,
  renew: async () => null,
  advice,
});

interface Token {
  readonly header: string;
  /** Epoch milliseconds. */
  readonly renewAt: number;
  readonly expiresAt: number;
}

function clientCredentials(requestNew: () => Promise<Token>, now: Now): TokenSource {
  let token: Token | null = null;
  let running: Promise<Token> | null = null;
  const renewOnce = (): Promise<Token> => {
    running ??= requestNew()
      .then((fresh) => {
        token = fresh;
        return fresh;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
  return {
    advice: "Check that the OAuth client and its user are still active in Zendesk.",
    async authorization() {
      if (token !== null && now() < token.renewAt) return token.header;
      try {
        return (await renewOnce()).header;
      } catch (error) {
        // Renewing early is a courtesy: while the old token lives, its failure is nobody's problem.
        if (token !== null && now() < token.expiresAt) return token.header;
        throw error;
      }
    },
    async renew(refused) {
      // Of many requests that were refused together, the first renews and the others find its token.
      if (token !== null && token.header !== refused) return token.header;
      return (await renewOnce()).header;
    },
  };
}

const TokenAnswer = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().nullish().catch(null),
});

interface TokenRequest {
  readonly baseUrl: string;
  readonly auth: Extract<ZendeskAuth, { kind: "client_credentials" }>;
  readonly now: Now;
  readonly limits: Limits;
  readonly scope: string;
}

async function requestToken({ baseUrl, auth, now, limits, scope }: TokenRequest): Promise<Token> {
  const askedAt = now();
  const answer = await exchange(
    `${baseUrl}/oauth/tokens`,
    {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        client_id: auth.clientId,
        client_secret: auth.clientSecret,
        scope,
        expires_in: LIFETIME_S,
      }),
    },
    limits,
  );
  if (answer.status < 200 || answer.status >= 300) throw refusal(answer, now(), scope);
  const parsed = TokenAnswer.safeParse(answer.body);
  if (!parsed.success) throw unclear("expected an access_token from /oauth/tokens");
  const lifetimeMs = (parsed.data.expires_in ?? LIFETIME_S) * 1000;
  return {
    header: `Bearer ${parsed.data.access_token}`,
    renewAt: askedAt + lifetimeMs * RENEW_AT,
    expiresAt: askedAt + lifetimeMs,
  };
}

const CHECK_CLIENT =
  "Check ZENDESK_OAUTH_CLIENT_ID (the client's identifier, not its name) and ZENDESK_OAUTH_CLIENT_SECRET; the client must be of the kind Confidential.";

/** Retryable although it will be refused again: the jobs wait while somebody mends the client. */
function refusal(answer: Answer, now: number, scope: string): Error {
  const error = errorFor(answer, { now, advice: CHECK_CLIENT });
  if (error instanceof RetryableError && error.code !== "zendesk.unauthorized") return error;
  const cause = error instanceof ZendeskHttpError ? error : error.cause;
  return new RetryableError(
    "zendesk.unauthorized",
    `The OAuth client was refused: ${whyRefused(answer, scope)}`,
    {
      cause,
    },
  );
}

function whyRefused({ status, body }: Answer, scope: string): string {
  if (status === 404)
    return "there is no Zendesk account at this address. Check ZENDESK_SUBDOMAIN and ZENDESK_BASE_URL.";
  if (textIn(body).includes("invalid_scope"))
    return `it may not ask for "${scope}". Allow it these scopes in Admin Center → Apps and integrations → APIs → OAuth clients.`;
  return `status ${status}. ${CHECK_CLIENT}`;
}
