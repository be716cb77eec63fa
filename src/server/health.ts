/** What machines ask: is it alive, may it get work, how is it doing. */
import express, { type Request, type Router } from "express";
import { errorFields } from "../log.ts";
import type { Auth } from "./auth.ts";
import { within } from "./deadline.ts";
import type { AppDeps } from "./deps.ts";
import { HttpError } from "./http-error.ts";
import { nameRoute } from "./request-context.ts";
import { methodNotAllowed } from "./route.ts";
import { noStore } from "./security-headers.ts";

const CHECK_DEADLINE_MS = 2_000;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

export function healthRouter(deps: AppDeps, auth: Auth): Router {
  const router = express.Router();
  const check = sharedCheck(deps);
  const get = (path: string, handler: express.RequestHandler): void => {
    const named: express.RequestHandler = (_req, res, next) => {
      nameRoute(res, path);
      next();
    };
    router
      .route(path)
      .all(noStore, named)
      .get(handler)
      .all(methodNotAllowed(["get"]));
  };
  get("/livez", (_req, res) => void res.json({ status: "alive" }));
  get("/readyz", async (_req, res) => {
    if (deps.draining()) throw new HttpError(503, "draining", "This process is about to stop.");
    await check();
    res.json({ status: "ready" });
  });
  get("/metrics", async (req, res) => {
    if (!isLocal(req)) await auth.authenticate(req.headers.authorization, req.socket.remoteAddress ?? "");
    res.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
  return router;
}

/** Anybody may ask, and each check writes: so those who ask at the same time share one. */
function sharedCheck({ store, log }: AppDeps): () => Promise<void> {
  let running: Promise<void> | null = null;
  const check = async (): Promise<void> => {
    try {
      await within(CHECK_DEADLINE_MS, "store.slow", store.check());
    } catch (error) {
      log.warn("ready.store_unavailable", errorFields(error));
      throw new HttpError(503, "store_unavailable", "The store cannot be written. The log says why.");
    }
  };
  return () => {
    running ??= check().finally(() => {
      running = null;
    });
    return running;
  };
}

/** From this machine, and not for somebody else: a proxy on the same machine forwards strangers. */
const isLocal = (req: Request): boolean =>
  LOOPBACK.test(req.socket.remoteAddress ?? "") &&
  req.headers["x-forwarded-for"] === undefined &&
  req.headers["forwarded"] === undefined;
