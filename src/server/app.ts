/** The server, read from top to bottom as a request meets it. */
import express, { type Express, type RequestHandler } from "express";
import { API_BASE, apiRoutes } from "./api/routes.ts";
import { createAuth } from "./auth.ts";
import type { AppDeps } from "./deps.ts";
import { healthRouter } from "./health.ts";
import { errorHandler, notFound } from "./http-error.ts";
import { measureRequests } from "./metrics.ts";
import { pagesRouter } from "./pages.ts";
import { giveRequestId, nameRoute } from "./request-context.ts";
import { routerOf } from "./route.ts";
import { noStore, securityHeaders } from "./security-headers.ts";
import { webhookRouter } from "./webhook.ts";

/** An Express app; `listen` of listen.ts puts it on a port. */
export function createApp(deps: AppDeps): Express {
  const { store, adminToken, random, now, log, mounts = [] } = deps;
  const auth = createAuth({ sessions: store.sessions, adminToken, random, now, log });
  const app = express();
  app.disable("x-powered-by").disable("etag");

  app.use(giveRequestId(random), securityHeaders(deps.publicUrl), measureRequests(deps.metrics));
  app.use(closeWhileDraining(deps.draining));

  app.use("/webhooks", noStore);
  app.use(webhookRouter(deps));
  app.use(healthRouter(deps, auth));
  app.use(API_BASE, noStore, routerOf(apiRoutes(deps, auth), auth, API_BASE));

  for (const { path, router } of mounts) app.use(path, namedAs(path), router);
  app.use(pagesRouter(deps.pages.dir, { sandbox: mounts.some(({ path }) => path === "/sandbox") }));

  app.use(() => {
    throw notFound("page at this address");
  });
  app.use(errorHandler(log));
  return app;
}

/** A kept-alive connection would hold up the end of the process. */
const closeWhileDraining =
  (draining: () => boolean): RequestHandler =>
  (_req, res, next) => {
    if (draining()) res.setHeader("Connection", "close");
    next();
  };

const namedAs =
  (route: string): RequestHandler =>
  (_req, res, next) => {
    nameRoute(res, route);
    next();
  };
