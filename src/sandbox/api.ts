/** The account's REST API: authentication, limits and scopes in front, one router for each kind of record behind. */
import { randomUUID } from "node:crypto";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { errorFields, type Log } from "../log.ts";
import type { Account } from "./account.ts";
import { ApiError, forbidden, tooManyRequests } from "./api-error.ts";
import { availabilitiesApi } from "./availabilities-api.ts";
import type { Deliveries } from "./deliveries.ts";
import { incrementalApi } from "./incremental-api.ts";
import type { Jobs } from "./jobs.ts";
import { jobsApi } from "./jobs-api.ts";
import { listingsApi } from "./listings-api.ts";
import { membershipsApi } from "./memberships-api.ts";
import { mayCall, type Principal, type TokenOffice } from "./oauth.ts";
import { peopleApi } from "./people-api.ts";
import { principalOf } from "./principal.ts";
import { queuesApi } from "./queues-api.ts";
import { type Limits, MINUTE_MS, type Take } from "./rate-limits.ts";
import { searchApi } from "./search-api.ts";
import { tagsApi } from "./tags-api.ts";
import { ticketAccess } from "./ticket-access.ts";
import { ticketFieldsApi } from "./ticket-fields-api.ts";
import { ticketsApi } from "./tickets-api.ts";
import { triggersApi } from "./triggers-api.ts";
import { usersApi } from "./users-api.ts";
import { webhooksApi } from "./webhooks-api.ts";

export interface Api {
  readonly account: Account;
  readonly deliveries: Deliveries;
  readonly tokens: TokenOffice;
  readonly limits: Limits;
  readonly take: Take;
  readonly jobs: Jobs;
  readonly log: Log;
  /** Keeps what the caller should not have sent, for tests to read. */
  warn(message: string): void;
}

const MAX_BODY = "1mb";

/** @param before runs ahead of everything: the faults that a test asks for */
export function createApi(api: Api, before: RequestHandler): express.Express {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  app.use(before);
  app.use((request, response, next) => {
    response.set("x-zendesk-api-version", "v2").set("x-request-id", randomUUID());
    request.url = request.url.replace(/\.json(?=\?|$)/, "");
    next();
  });
  app.use(countRequest(api));
  app.post(
    "/oauth/tokens",
    express.json({ limit: MAX_BODY }),
    express.urlencoded({ extended: false }),
    (request, response) => {
      response.json(api.tokens.issue(request.body ?? {}));
    },
  );
  app.use("/api/v2", authenticate(api), express.json({ limit: MAX_BODY }), resources(api));
  app.use(() => {
    throw unknownRoute();
  });
  app.use(answerError(api.log));
  return app;
}

function resources(api: Api): express.Router {
  const router = express.Router();
  const jobs = jobsApi(api);
  router.use("/tickets/:id", ticketAccess(api));
  router.use("/tickets", jobs.updateMany, tagsApi(api), ticketsApi(api));
  router.use("/job_statuses", jobs.statuses);
  router.use("/incremental", incrementalApi(api));
  router.use("/ticket_fields", ticketFieldsApi(api));
  router.use("/webhooks", webhooksApi(api));
  router.use("/triggers", triggersApi(api));
  router.use("/queues", queuesApi(api));
  router.use("/search", searchApi(api));
  router.use("/agent_availabilities", availabilitiesApi(api));
  router.use(membershipsApi(api));
  router.use("/users", usersApi(api));
  router.use(listingsApi(api));
  router.use(peopleApi(api));
  return router;
}

/** On every answer, also on those to strangers. */
function countRequest({ take, limits }: Api): RequestHandler {
  return (_request, response, next) => {
    const { allowed, limit, remaining, resets } = take("account", limits.requestsPerMinute, MINUTE_MS);
    response.set({
      "X-Rate-Limit": String(limit),
      "X-Rate-Limit-Remaining": String(remaining),
      "ratelimit-limit": String(limit),
      "ratelimit-remaining": String(remaining),
      "ratelimit-reset": String(resets),
    });
    if (!allowed) throw tooManyRequests(resets, "Number of allowed API requests per minute exceeded");
    next();
  };
}

function authenticate({ tokens }: Api): RequestHandler {
  return (request, response, next) => {
    const principal: Principal = tokens.authenticate(request.get("authorization"));
    response.locals["principal"] = principal;
    const resource = request.path.split("/")[1] ?? "";
    const scoped = resource === "incremental" ? "tickets" : resource;
    if (!mayCall(principalOf(response).scopes, request.method, scoped)) throw forbidden();
    next();
  };
}

const unknownRoute = (): ApiError =>
  new ApiError(404, {
    error: "InvalidEndpoint",
    description: "Not found",
  });

function answerError(log: Log): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (error instanceof ApiError) {
      response.status(error.status).set(error.headers).json(error.body);
      return;
    }
    const status = Number((error as { status?: unknown } | null)?.status);
    if (status >= 400 && status < 500) {
      response
        .status(status === 400 ? 422 : status)
        .json({ error: "Unprocessable Entity", message: "Server could not parse JSON" });
      return;
    }
    log.error("sandbox.failed", errorFields(error));
    response.status(500).json({ error: "InternalError", description: "The sandbox failed; see its log." });
  };
}
