/**
 * Who is signed in. The token lives in sessionStorage: it survives a reload, ends with the tab and is not shared with
 * other tabs. No cookie, because a browser would send that along with requests that other sites forge, and refuses
 * it inside Zendesk's frame.
 */
import { createContext, useContext } from "react";
import { z } from "zod";
import { type Ask, request } from "../request.ts";

const KEY = "switchyard.token";

export interface Session {
  readonly token: string;
  /** Back to the sign-in page, with the reason to show there. */
  readonly end: (reason: string) => void;
}

export const SessionContext = createContext<Session | null>(null);

function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("Only pages behind the sign-in may ask for the session.");
  return session;
}

/** The API, as whoever is signed in. A session that is over leads back to the sign-in page. */
export function useApi(): <T>(path: string, answer: z.ZodType<T>, ask?: Ask) => Promise<T> {
  const { token, end } = useSession();
  return async (path, answer, ask = {}) => {
    try {
      return await request(`/api/v1${path}`, answer, { ...ask, token });
    } catch (error) {
      if (isRefused(error)) end("Your session is over. Sign in again to go on where you were.");
      throw error;
    }
  };
}

/** Ends the session here at once, and on the server if it can be reached. */
export function useSignOut(): () => void {
  const { token, end } = useSession();
  return () => {
    request("/api/v1/session", z.unknown(), { method: "DELETE", token }).catch(() => undefined);
    end("You are signed out.");
  };
}

export const isRefused = (error: unknown): boolean =>
  error instanceof Error && "status" in error && error.status === 401;

/** The one-time code of a sign-in link, taken out of the address bar at once so that it is neither kept nor shared. */
export function takeCode(location: Location, history: History): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code !== null) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

const SignedIn = z.object({ token: z.string().min(1) });

/** @throws RequestError, 401 when the code or the token is not accepted */
export async function signInWith(proof: { code: string } | { token: string }): Promise<string> {
  const { token } = await request("/api/v1/session", SignedIn, { method: "POST", body: proof });
  return token;
}

export const storedToken = (): string | null => sessionStorage.getItem(KEY);
export const storeToken = (token: string | null): void =>
  token === null ? sessionStorage.removeItem(KEY) : sessionStorage.setItem(KEY, token);
