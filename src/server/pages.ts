/** The built pages. Each is one file that finds its own way; what they load stands together under /assets. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type RequestHandler, type Router } from "express";
import { notFound } from "./http-error.ts";
import { nameRoute } from "./request-context.ts";
import { methodNotAllowed } from "./route.ts";

const ONE_YEAR_MS = 365 * 24 * 60 * 60_000;

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Switchyard: the pages are not built</title>
<h1>The pages are not built yet</h1>
<p>Stop the server and run <code>npm start</code>: it builds them and starts again. Tickets are routed meanwhile.</p>
</html>
`;

/**
 * @param dir holds `console/index.html`, `inbox/index.html` and, under names that change with their content, `assets/`
 * @param sandbox whether there is a simulated account whose inbox can be shown
 */
export function pagesRouter(dir: string, { sandbox }: { readonly sandbox: boolean }): Router {
  const router = express.Router();
  const page = pageFrom(dir);
  router.get("/", (_req, res) => {
    nameRoute(res, "/");
    res.redirect(sandbox ? "/sandbox" : "/console");
  });
  // Every address under it: the console's own links must work when they are opened or reloaded.
  router
    .route(["/console", "/console/*path"])
    .get(page("/console", "console"))
    .all(methodNotAllowed(["get"]));
  if (sandbox)
    router
      .route("/sandbox")
      .get(page("/sandbox", "inbox"))
      .all(methodNotAllowed(["get"]));
  const kept = { index: false, redirect: false, immutable: true, maxAge: ONE_YEAR_MS };
  router.use("/assets", named("/assets"), express.static(join(dir, "assets"), kept), () => {
    throw notFound("such file");
  });
  return router;
}

const pageFrom =
  (dir: string) =>
  (route: string, folder: string): RequestHandler =>
  (_req, res) => {
    nameRoute(res, route);
    // The page names its assets, which are gone after an update.
    res.setHeader("Cache-Control", "no-cache");
    const file = `${folder}/index.html`;
    if (existsSync(join(dir, file))) res.sendFile(file, { root: dir });
    else res.status(503).type("html").send(NOT_BUILT);
  };

const named =
  (route: string): RequestHandler =>
  (_req, res, next) => {
    nameRoute(res, route);
    next();
  };
