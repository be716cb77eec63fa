/** The whole API, one line a noun. */
import { z } from "zod";
import type { Auth } from "../auth.ts";
import type { AppDeps } from "../deps.ts";
import { openApiDocument } from "../openapi.ts";
import { type Route, route } from "../route.ts";
import { checkRoutes } from "./checks.ts";
import { confidenceRoutes } from "./confidence.ts";
import { decisionRoutes } from "./decisions.ts";
import { exampleRoutes } from "./examples.ts";
import { jobRoutes } from "./jobs.ts";
import { reviewRoutes } from "./reviews.ts";
import { routingRoutes } from "./routing.ts";
import { draftRoutes } from "./routing-draft.ts";
import { previewRoutes } from "./routing-preview.ts";
import { sessionRoutes } from "./session.ts";
import { statusRoutes } from "./status.ts";

export const API_BASE = "/api/v1";

export function apiRoutes(deps: AppDeps, auth: Auth): Route[] {
  const routes: Route[] = [
    ...sessionRoutes(auth),
    ...statusRoutes(deps),
    ...checkRoutes(deps),
    ...decisionRoutes(deps),
    ...jobRoutes(deps),
    ...exampleRoutes(deps),
    ...reviewRoutes(deps),
    ...confidenceRoutes(deps),
    ...routingRoutes(deps),
    ...draftRoutes(deps),
    ...previewRoutes(deps),
    route({
      method: "get",
      path: "/openapi.json",
      summary: "This description, as OpenAPI 3.1",
      access: "open",
      response: z.looseObject({ openapi: z.string() }),
      handle: async () => description,
    }),
  ];
  const description = openApiDocument(routes, API_BASE);
  return routes;
}
