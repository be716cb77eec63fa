/** Organizations, groups, and the metrics of all tickets, to read. */
import { Router } from "express";
import type { Api } from "./api.ts";
import { notFound } from "./api-error.ts";
import { originOf, paged } from "./paging.ts";
import { idOf } from "./principal.ts";
import { groupJson, organizationJson } from "./ticket-json.ts";
import { ticketMetric } from "./ticket-metrics.ts";

export function peopleApi({ account }: Api): Router {
  const router = Router();
  router.get("/organizations", (request, response) => {
    const organizations = account.organizations.all();
    const shown = paged(request, "organizations", organizations, (each) =>
      organizationJson(each, originOf(request)),
    );
    response.json(shown);
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
  router.get("/ticket_metrics", (request, response) => {
    const files = account.tickets.all().filter(({ ticket }) => ticket.status !== "deleted");
    response.json(
      paged(
        request,
        "ticket_metrics",
        files.map((file) => ticketMetric(account, file)),
      ),
    );
  });
  return router;
}
