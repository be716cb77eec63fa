/** Users, organizations and groups, to read. */
import { Router } from "express";
import type { Api } from "./api.ts";
import { notFound } from "./api-error.ts";
import { originOf, paged } from "./paging.ts";
import { idOf, principalOf } from "./principal.ts";
import { groupJson, organizationJson, userJson } from "./ticket-json.ts";

export function peopleApi({ account }: Api): Router {
  const router = Router();
  router.get("/users/me", (request, response) => {
    response.json({ user: userJson(principalOf(response).user, originOf(request)) });
  });
  router.get("/users/:id", (request, response) => {
    const user = account.users.get(idOf(request));
    if (user === undefined) throw notFound();
    response.json({ user: userJson(user, originOf(request)) });
  });
  router.get("/organizations/:id", (request, response) => {
    const organization = account.organizations.get(idOf(request));
    if (organization === undefined) throw notFound();
    response.json({ organization: organizationJson(organization, originOf(request)) });
  });
  router.get(["/groups", "/groups/assignable"], (request, response) => {
    const groups = account.groups.all().filter((group) => !group.deleted);
    response.json(paged(request, "groups", groups, (group) => groupJson(group, originOf(request))));
  });
  router.get("/groups/:id", (request, response) => {
    const group = account.groups.get(idOf(request));
    if (group === undefined) throw notFound();
    response.json({ group: groupJson(group, originOf(request)) });
  });
  return router;
}
