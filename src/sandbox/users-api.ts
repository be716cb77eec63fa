/** /api/v2/users: me, by id, several, all of a role, and by what is known of them. */
import { Router } from "express";
import type { Api } from "./api.ts";
import { badRequest, notFound } from "./api-error.ts";
import { originOf, paged } from "./paging.ts";
import { idOf, principalOf } from "./principal.ts";
import type { UserRecord } from "./records.ts";
import { userJson } from "./ticket-json.ts";
import { idsOf } from "./tickets-api.ts";

export function usersApi({ account }: Api): Router {
  const { users } = account;
  const router = Router();
  router.get("/", (request, response) => {
    const roles = [request.query["role"], request.query["role[]"]]
      .flat()
      .filter((role) => role !== undefined);
    const wanted = users.all().filter(({ role }) => roles.length === 0 || roles.includes(role));
    response.json(paged(request, "users", wanted, (user) => userJson(user, originOf(request))));
  });
  router.get("/me", (request, response) => {
    response.json({ user: userJson(principalOf(response).user, originOf(request)) });
  });
  router.get("/show_many", (request, response) => {
    const wanted = idsOf(request).flatMap((id) => users.get(id) ?? []);
    response.json(paged(request, "users", wanted, (user) => userJson(user, originOf(request))));
  });
  router.get("/search", (request, response) => {
    const query = String(request.query["query"] ?? "")
      .trim()
      .toLowerCase();
    if (query === "") throw badRequest("InvalidSearch", "Provide a query.");
    if (request.query["page[size]"] !== undefined)
      throw badRequest("InvalidPaginationParameter", "page must be an integer from api/v2/users/search");
    const found = users.all().filter((user) => matches(user, query));
    response.json(paged(request, "users", found, (user) => userJson(user, originOf(request))));
  });
  router.get("/:id", (request, response) => {
    const user = users.get(idOf(request));
    if (user === undefined) throw notFound();
    response.json({ user: userJson(user, originOf(request)) });
  });
  return router;
}

/** `email:…`, `role:…`, or a part of the name or address. */
function matches(user: UserRecord, query: string): boolean {
  return query.split(/\s+/).every((word) => {
    const [, key, value = ""] = /^(email|role|name):"?([^"]*)"?$/.exec(word) ?? [];
    if (key === "email") return user.email === value;
    if (key === "role") return user.role === value;
    return `${user.name} ${user.email}`.toLowerCase().includes(key === "name" ? value : word);
  });
}
