/** The built pages. The console is one page that finds its own way, so every address under it gets the same file. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type Router } from "express";
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

/** @param dir holds `console/index.html` and, under names that change with their content, `assets/` beside it */
export function pagesRouter({ dir }: { readonly dir: string }): Router {
  const router = express.Router();
  const files = { index: false, redirect: false, dotfiles: "ignore" } as const;
  const immutable = { ...files, immutable: true, maxAge: ONE_YEAR_MS };
  router.use(["/console", "/assets"], (req, res, next) => {
    nameRoute(res, req.baseUrl);
    if (req.method === "GET" || req.method === "HEAD") next();
    else methodNotAllowed(["get"])(req, res, next);
  });
  // A missing script must not be answered with the page: the browser would only say that its type is wrong.
  for (const assets of ["/assets", "/console/assets"])
    router.use(assets, express.static(join(dir, assets), immutable), () => {
      throw notFound("such file");
    });
  router.use("/console", express.static(join(dir, "console"), files), (_req, res) => {
    res.setHeader("Cache-Control", "no-cache");
    if (existsSync(join(dir, "console/index.html"))) res.sendFile("console/index.html", { root: dir });
    else res.status(503).type("html").send(NOT_BUILT);
  });
  return router;
}
