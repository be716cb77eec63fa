/**
 * `POST /webhooks/zendesk`: the signature over the raw bytes first, then the event, then the disk, then 200. Zendesk
 * repeats a delivery only after 429 or 503 with a Retry-After below 60 s; every other refusal loses the event, so
 * they are kept for deliveries that are not worth repeating.
 */
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { errorFields } from "../log.ts";
import { readEvent, type WebhookEvent } from "../zendesk/event.ts";
import { verifyDelivery } from "../zendesk/webhook.ts";
import { within } from "./deadline.ts";
import type { AppDeps } from "./deps.ts";
import { HttpError, RETRY_AFTER_S } from "./http-error.ts";
import type { DeliveryOutcome } from "./metrics.ts";
import { nameRoute, requestIdOf } from "./request-context.ts";
import { methodNotAllowed } from "./route.ts";
import { jobFor } from "./webhook-job.ts";

const PATH = "/webhooks/zendesk";
const MAX_BODY_BYTES = 256 * 1024;
/** Zendesk gives up after 10 to 12 s, and an answer that nobody waits for counts against its circuit breaker. */
const STORE_DEADLINE_MS = 8_000;
/** Another process, or this one restarted, takes over within seconds. */
const DRAINING_RETRY_AFTER_S = 5;
const MAX_INVOCATION_ID = 100;

export function webhookRouter(deps: AppDeps): Router {
  const router = express.Router();
  const named: RequestHandler = (_req, res, next) => {
    nameRoute(res, PATH);
    next();
  };
  // A compressed body would be unpacked before its signature is known; Zendesk sends none.
  const rawBody = express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });
  router
    .route(PATH)
    .all(named)
    .post(refuseWhenOff(deps), refuseWhileDraining(deps), rawBody, (req, res) => receive(deps, req, res))
    .all(methodNotAllowed(["post"]));
  return router;
}

/** Without a secret nothing can be verified, so nothing is taken. */
const refuseWhenOff =
  ({ webhook }: AppDeps): RequestHandler =>
  (_req, _res, next) => {
    if (webhook.secrets().length > 0) return next();
    throw new HttpError(
      404,
      "webhook_off",
      "This server takes no webhooks (ZENDESK_WEBHOOK=off): it looks for new tickets by itself. Delete the webhook in Zendesk, or set ZENDESK_WEBHOOK_SECRET and remove ZENDESK_WEBHOOK.",
    );
  };

/** Before the body is read: nobody here would keep it. */
const refuseWhileDraining =
  ({ draining, metrics }: AppDeps): RequestHandler =>
  (_req, _res, next) => {
    if (!draining()) return next();
    metrics.deliveries.inc({ outcome: "draining" });
    throw comeBack("draining", DRAINING_RETRY_AFTER_S);
  };

async function receive(deps: AppDeps, req: Request, res: Response): Promise<void> {
  const body: unknown = req.body;
  const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  refuseForged(deps, req, rawBody, requestIdOf(res));
  const invocationId = invocationIdOf(req);
  const reading = readEvent(rawBody, {
    invocationId: invocationId === "" ? undefined : invocationId,
    timestamp: one(req.headers["x-zendesk-webhook-signature-timestamp"]),
  });
  if (!reading.ok) {
    deps.metrics.deliveries.inc({ outcome: "malformed" });
    deps.log.warn("webhook.malformed", { request_id: requestIdOf(res), invocation_id: invocationId });
    throw new HttpError(400, "malformed", reading.message);
  }
  const outcome = await keep(deps, reading.event, invocationId, requestIdOf(res));
  deps.metrics.deliveries.inc({ outcome });
  res.json({ status: outcome });
}

function refuseForged(
  { webhook, now, metrics, log }: AppDeps,
  req: Request,
  rawBody: Buffer,
  id: string,
): void {
  const verified = verifyDelivery({
    rawBody,
    headers: {
      signature: req.headers["x-zendesk-webhook-signature"],
      timestamp: req.headers["x-zendesk-webhook-signature-timestamp"],
    },
    secrets: webhook.secrets(),
    nowMs: now(),
  });
  if (verified.ok) return;
  metrics.deliveries.inc({ outcome: "unauthorized" });
  log.warn("webhook.unauthorized", { code: verified.reason, advice: verified.message, request_id: id });
  // One answer for all reasons: a forger learns nothing from it. The operator finds the reason in the log.
  throw new HttpError(
    401,
    "unauthorized",
    "This delivery is not signed as Zendesk signs. The server's log says why, under this request_id.",
  );
}

type Kept = Extract<DeliveryOutcome, "accepted" | "duplicate" | "ignored">;

async function keep(
  { store, metrics, log, now, serviceUserId }: AppDeps,
  event: WebhookEvent,
  invocationId: string,
  requestId: string,
): Promise<Kept> {
  if (event.kind === "other") return "ignored";
  const trail = { ticket_id: event.ticketId, invocation_id: invocationId, request_id: requestId };
  const work = async (): Promise<Kept> => {
    const job = await jobFor(event, { store, now: now(), ownId: serviceUserId() });
    if (job === null) return "ignored";
    const isNew = await store.jobs.enqueue({ ...job, ticketId: event.ticketId, invocationId });
    return isNew ? "accepted" : "duplicate";
  };
  const kept = await within(STORE_DEADLINE_MS, "store.slow", work()).catch((error: unknown) => {
    log.error("webhook.store_failed", { ...errorFields(error), ...trail });
    return null;
  });
  if (kept === null) {
    metrics.deliveries.inc({ outcome: "store_failed" });
    throw comeBack("store_failed", RETRY_AFTER_S);
  }
  if (kept !== "ignored") log.info(`webhook.${kept}`, { ...trail, kind: event.kind });
  return kept;
}

const comeBack = (code: "draining" | "store_failed", seconds: number): HttpError =>
  new HttpError(503, code, `The event could not be stored. Send it again in ${seconds} seconds.`, {
    headers: { "Retry-After": String(seconds) },
  });

const one = (header: string | string[] | undefined): string | undefined =>
  typeof header === "string" ? header : undefined;

/** It is not part of what is signed, so it is kept only as far as an id may go. */
function invocationIdOf(req: Request): string {
  const id = one(req.headers["x-zendesk-webhook-invocation-id"]) ?? "";
  return id.length <= MAX_INVOCATION_ID && /^[\x21-\x7e]*$/.test(id) ? id : "";
}
