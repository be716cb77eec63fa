/** The caller of the current request, and what a path may name. */
import type { Request, Response } from "express";
import { ApiError, forbidden, invalidAttribute } from "./api-error.ts";
import type { Principal } from "./oauth.ts";
import type { Actor } from "./ticket-change.ts";

export function principalOf(response: Response): Principal {
  const principal: Principal | undefined = response.locals["principal"];
  if (principal === undefined) throw new ApiError(401, { error: "Couldn't authenticate you" });
  return principal;
}

export const actorOf = (response: Response): Actor => ({
  userId: principalOf(response).user.id,
  channel: "api",
});

export function requireAdmin(response: Response): void {
  if (principalOf(response).user.role !== "admin") throw forbidden();
}

export function idOf(request: Request, name = "id"): number {
  const id = Number(request.params[name]);
  if (!Number.isSafeInteger(id) || id < 1) throw invalidAttribute(name, "must be an integer");
  return id;
}

/** The part of a JSON body under `key`; undefined when the body is not an object. */
export function bodyPart(request: Request, key: string): unknown {
  const body: unknown = request.body;
  return body !== null && typeof body === "object" && key in body
    ? body[key as keyof typeof body]
    : undefined;
}
