/**
 * Who may use the API: whoever holds ADMIN_TOKEN, or a session that was opened with it or with a one-time code. There
 * are no cookies at all, so another site can make nobody's browser act here. The store sees only hashes.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Log } from "../log.ts";
import type { Now } from "../ports/now.ts";
import type { Sessions } from "../ports/store.ts";
import type { RandomBytes } from "./deps.ts";
import { HttpError } from "./http-error.ts";
import { createSignInLimit } from "./sign-in-limit.ts";

const TOKEN_BYTES = 32;
const SESSION_TTL_MS = 12 * 60 * 60_000;
const CODE_TTL_MS = 15 * 60_000;
/** Tells a session from an ADMIN_TOKEN: a session cannot be guessed, so a stale one need not count as an attempt. */
const SESSION_PREFIX = "sy_session_";

export interface Principal {
  /** Who a published routing table is signed with. */
  readonly author: string;
  readonly kind: "session" | "token";
}

type Credential = { readonly code: string } | { readonly token: string };

export interface Auth {
  /** @throws HttpError 401, or 429 after too many wrong tokens */
  authenticate(authorization: string | undefined, address: string): Promise<Principal>;
  /** @throws HttpError 401, or 429 after too many wrong attempts */
  signIn(credential: Credential, address: string): Promise<{ token: string; expiresIn: number }>;
  /** Ends the session of this header; false when there is none to end. */
  signOut(authorization: string | undefined): Promise<boolean>;
}

const sha256 = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();
/** Codes and sessions share a table; the kind inside the hash keeps a code from working as a session. */
const hashOf = (kind: "session" | "code", secret: string): string =>
  sha256(`${kind}:${secret}`).toString("hex");
const secretFrom = (random: RandomBytes): string => Buffer.from(random(TOKEN_BYTES)).toString("base64url");

const unauthorized = (message: string): HttpError =>
  new HttpError(401, "unauthorized", message, { headers: { "WWW-Authenticate": "Bearer" } });

const tooManyAttempts = (seconds: number): HttpError =>
  new HttpError(429, "too_many_attempts", `Too many failed sign-ins. Try again in ${seconds} seconds.`, {
    headers: { "Retry-After": String(seconds) },
  });

const bearerOf = (authorization: string | undefined): string | null =>
  /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;

/** For a link that signs one person in once, within 15 minutes: `<url>/console#code=<code>`. */
export async function createSignInCode(sessions: Sessions, random: RandomBytes): Promise<string> {
  const code = secretFrom(random);
  await sessions.create(hashOf("code", code), CODE_TTL_MS);
  return code;
}

export interface AuthSettings {
  readonly sessions: Sessions;
  readonly adminToken: string | null;
  readonly random: RandomBytes;
  readonly now: Now;
  readonly log: Log;
}

export function createAuth({ sessions, adminToken, random, now, log }: AuthSettings): Auth {
  const limit = createSignInLimit(now);
  const expected = adminToken === null ? null : sha256(adminToken);
  const isAdminToken = (token: string): boolean =>
    expected !== null && timingSafeEqual(sha256(token), expected);
  const attempt = async (address: string, advice: string, check: () => Promise<boolean>): Promise<void> => {
    // Whoever is right gets in: behind a proxy all visitors share one address, and nobody may lock the others out.
    if (await check()) return;
    const wait = limit.waitSeconds(address);
    if (wait > 0) throw tooManyAttempts(wait);
    limit.failed(address);
    log.warn("sign_in.failed", { address });
    throw unauthorized(advice);
  };

  return {
    async authenticate(authorization, address) {
      const token = bearerOf(authorization);
      if (token === null)
        throw unauthorized("Sign in first: send Authorization: Bearer with ADMIN_TOKEN or a session.");
      if (token.startsWith(SESSION_PREFIX)) {
        if (await sessions.exists(hashOf("session", token))) return { author: "admin", kind: "session" };
        throw unauthorized("This session is over. Sign in again.");
      }
      await attempt(address, "This token is not right.", async () => isAdminToken(token));
      return { author: "admin", kind: "token" };
    },

    async signIn(credential, address) {
      const [advice, check] =
        "code" in credential
          ? [
              "This sign-in link was used already, or it is older than 15 minutes. Restart the server to get a new one.",
              () => sessions.consume(hashOf("code", credential.code)),
            ]
          : [
              "This token is not right. It is the server's ADMIN_TOKEN.",
              async () => isAdminToken(credential.token),
            ];
      await attempt(address, advice, check);
      const token = SESSION_PREFIX + secretFrom(random);
      await sessions.create(hashOf("session", token), SESSION_TTL_MS);
      log.info("sign_in.succeeded", { address, by: "code" in credential ? "code" : "admin" });
      return { token, expiresIn: SESSION_TTL_MS / 1000 };
    },

    async signOut(authorization) {
      const token = bearerOf(authorization);
      return token !== null && sessions.consume(hashOf("session", token));
    },
  };
}
