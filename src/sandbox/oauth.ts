/** Who may call: OAuth client credentials with tokens that expire, one fixed token, and API tokens by Basic. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { ApiError } from "./api-error.ts";
import type { Records, Table } from "./persistence.ts";
import type { Now, UserRecord } from "./records.ts";
import { SERVICE_USER_ID } from "./seed.ts";

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Works as a Bearer token that never expires, and as an agent's API token. */
  readonly token: string;
}

/** Public by design: the account is simulated and listens on the local machine. */
export const SANDBOX_CREDENTIALS: Credentials = {
  clientId: "switchyard",
  clientSecret: "switchyard-sandbox-secret",
  token: "switchyard-sandbox-token",
};

export interface Principal {
  readonly user: UserRecord;
  readonly scopes: readonly string[];
}

interface Token {
  readonly value: string;
  readonly scope: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const DEFAULT_LIFETIME_S = 1800;
const MIN_LIFETIME_S = 300;
const MAX_LIFETIME_S = 172_800;
const FULL_SCOPE = "read write";
const RESOURCES =
  "tickets users auditlogs organizations hc apps triggers automations targets webhooks macros requests satisfaction_ratings dynamic_content";
const SCOPES = new Set([
  "read",
  "write",
  "impersonate",
  ...RESOURCES.split(" ").flatMap((resource) => [`${resource}:read`, `${resource}:write`]),
]);

const TokenRequest = z.object({
  grant_type: z.string(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z.string().optional(),
  expires_in: z.coerce.number().int().min(MIN_LIFETIME_S).max(MAX_LIFETIME_S).optional(),
});

export interface TokenOffice {
  /** @throws ApiError 400 or 401 in OAuth's words */
  issue(request: unknown): Record<string, unknown>;
  /** @throws ApiError 401 */
  authenticate(authorization: string | undefined): Principal;
}

export function createTokenOffice(records: Records, users: Table<UserRecord>, now: Now): TokenOffice {
  const tokens = records.table<Token>("token");
  return {
    issue: (request) => {
      const { scope, expires_in: lifetime } = grantedRequest(request);
      for (const token of tokens.all()) if (token.expiresAt <= now()) tokens.delete(token.value);
      const accessToken = randomBytes(32).toString("hex");
      tokens.put(accessToken, { value: accessToken, scope, expiresAt: now() + lifetime * 1000 });
      return { access_token: accessToken, token_type: "bearer", scope, expires_in: lifetime };
    },
    authenticate: (authorization) => {
      const [, kind = "", value = ""] = /^(Bearer|Basic)\s+(\S+)$/i.exec(authorization ?? "") ?? [];
      if (kind.toLowerCase() === "bearer") return bearer(value, tokens, users, now());
      if (kind.toLowerCase() === "basic") return basic(value, users);
      throw notAuthenticated();
    },
  };
}

function grantedRequest(request: unknown): { scope: string; expires_in: number } {
  const parsed = TokenRequest.safeParse(request);
  if (!parsed.success) throw oauthError("invalid_request", "The request is missing a required parameter.");
  const { grant_type, client_id, client_secret, scope, expires_in } = parsed.data;
  if (grant_type !== "client_credentials")
    throw oauthError("unsupported_grant_type", "The authorization grant type is not supported.");
  if (client_id !== SANDBOX_CREDENTIALS.clientId || client_secret !== SANDBOX_CREDENTIALS.clientSecret)
    throw new ApiError(401, {
      error: "invalid_client",
      error_description: "Client authentication failed due to unknown client or no client authentication.",
    });
  const wanted = scope?.split(/\s+/).filter(Boolean) ?? [];
  if (wanted.some((one) => !SCOPES.has(one)))
    throw oauthError("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
  return {
    scope: wanted.length === 0 ? FULL_SCOPE : wanted.join(" "),
    expires_in: expires_in ?? DEFAULT_LIFETIME_S,
  };
}

function bearer(value: string, tokens: Table<Token>, users: Table<UserRecord>, at: number): Principal {
  const user = users.get(SERVICE_USER_ID);
  const token =
    value === SANDBOX_CREDENTIALS.token
      ? { scope: FULL_SCOPE, expiresAt: Number.POSITIVE_INFINITY }
      : tokens.get(value);
  if (user === undefined || user.suspended === true || token === undefined || token.expiresAt <= at)
    throw new ApiError(
      401,
      {
        error: "invalid_token",
        error_description:
          "The access token provided is expired, revoked, malformed or invalid for other reasons.",
      },
      { "www-authenticate": 'Bearer realm="Zendesk", error="invalid_token"' },
    );
  return { user, scopes: token.scope.split(" ") };
}

function basic(value: string, users: Table<UserRecord>): Principal {
  const [, email = "", token] =
    /^(.+)\/token:(.+)$/.exec(Buffer.from(value, "base64").toString("utf8")) ?? [];
  const user = users.all().find((candidate) => candidate.email === email.toLowerCase());
  if (
    user === undefined ||
    user.role === "end-user" ||
    user.suspended === true ||
    token !== SANDBOX_CREDENTIALS.token
  )
    throw notAuthenticated();
  return { user, scopes: FULL_SCOPE.split(" ") };
}

const oauthError = (error: string, description: string): ApiError =>
  new ApiError(400, { error, error_description: description });

const notAuthenticated = (): ApiError =>
  new ApiError(
    401,
    { error: "Couldn't authenticate you" },
    { "www-authenticate": 'Basic realm="Web Password"' },
  );

/** `read` opens all reading; otherwise the resource's own scope is needed. */
export const mayCall = (scopes: readonly string[], method: string, resource: string): boolean => {
  const kind = method === "GET" || method === "HEAD" ? "read" : "write";
  return scopes.includes(kind) || scopes.includes(`${resource}:${kind}`);
};
