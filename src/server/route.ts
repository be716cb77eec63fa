/**
 * One declaration a route: address, what goes in, what comes out, and the handler. Express and the OpenAPI document
 * are both made from it, so there is no route without a schema and no schema without a route.
 */
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { z } from "zod";
import type { Auth, Principal } from "./auth.ts";
import { HttpError, issuesOf, notFound } from "./http-error.ts";
import { nameRoute } from "./request-context.ts";

const MAX_BODY_BYTES = 1024 * 1024;

type Method = "get" | "post" | "put" | "delete";

interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly address: string;
  readonly authorization: string | undefined;
  /** Who asks; on an open route nobody was asked, and the name is empty. */
  readonly author: string;
}

interface Declaration<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
> {
  readonly method: Method;
  /** As OpenAPI writes it, below /api/v1: `/decisions/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** `open` routes answer without a sign-in. */
  readonly access: "admin" | "open";
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  /** 200 unless said otherwise. */
  readonly status?: 200 | 201;
  /** Refusals of its own, besides those that every route has. */
  readonly refusals?: readonly (404 | 409 | 422 | 429)[];
  readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<R>>;
}

export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly access: "admin" | "open";
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Null: the route takes no body. */
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
  readonly status: 200 | 201;
  readonly refusals: readonly number[];
  readonly answer: (req: Request, principal: Principal | null) => Promise<unknown>;
}

const NOTHING = z.strictObject({});
type Nothing = typeof NOTHING;

export function route<
  R extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = Nothing,
>(declared: Declaration<P, Q, B, R>): Route {
  const { handle, params = NOTHING, query = NOTHING, body, status = 200, refusals = [], ...rest } = declared;
  return {
    ...rest,
    params,
    query,
    body: body ?? null,
    status,
    refusals,
    async answer(req, principal) {
      return handle({
        params: parsed(params as P, req.params, () => notFound("such thing")),
        query: parsed(query as Q, req.query, (issues) => refused(400, "invalid_query", "The query", issues)),
        body: parsed((body ?? NOTHING) as B, req.body ?? {}, (issues) =>
          refused(422, "invalid_body", "The body", issues),
        ),
        address: req.socket.remoteAddress ?? "",
        authorization: req.headers.authorization,
        author: principal?.author ?? "",
      });
    },
  };
}

type Issues = ReturnType<typeof issuesOf>;

function parsed<T extends z.ZodType>(
  schema: T,
  input: unknown,
  refusal: (issues: Issues) => HttpError,
): z.output<T> {
  const result = schema.safeParse(input);
  if (!result.success) throw refusal(issuesOf(result.error));
  return result.data;
}

const MAX_ISSUES_TOLD = 3;

function refused(status: number, code: string, what: string, issues: Issues): HttpError {
  const told = issues
    .slice(0, MAX_ISSUES_TOLD)
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join("; ");
  return new HttpError(status, code, `${what} is not valid. ${told}`, { issues });
}

/** All routes as one router. A known path answers 405 to other methods, an unknown one 404. */
export function routerOf(routes: readonly Route[], auth: Auth, base: string): Router {
  const router = express.Router();
  const parseJson = express.json({ limit: MAX_BODY_BYTES, strict: false });
  for (const declared of routes)
    router[declared.method](pathOf(declared), ...handlersOf(declared, auth, parseJson, base));
  for (const path of new Set(routes.map(pathOf))) {
    const allowed = routes.filter((declared) => pathOf(declared) === path).map(({ method }) => method);
    router.all(path, methodNotAllowed(allowed));
  }
  router.use(() => {
    throw notFound("such route in this API");
  });
  return router;
}

const pathOf = ({ path }: Route): string => path.replace(/\{(\w+)\}/g, ":$1");

function handlersOf(declared: Route, auth: Auth, parseJson: RequestHandler, base: string): RequestHandler[] {
  return [
    (_req, res, next) => {
      nameRoute(res, base + declared.path);
      next();
    },
    // Before the body is read: a stranger's megabyte is not worth parsing.
    async (req, res, next) => {
      if (declared.access === "admin")
        principals.set(
          res,
          await auth.authenticate(req.headers.authorization, req.socket.remoteAddress ?? ""),
        );
      next();
    },
    demandJson,
    parseJson,
    async (req, res) => {
      res.status(declared.status).json(await declared.answer(req, principals.get(res) ?? null));
    },
  ];
}

const principals = new WeakMap<Response, Principal>();

/** A form on another site can send text, but never JSON without asking first. */
const demandJson: RequestHandler = (req, _res, next) => {
  const hasBody =
    req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
  if (hasBody && !req.is("application/json"))
    throw new HttpError(415, "not_json", "Send the body as JSON, with Content-Type: application/json.");
  next();
};

/** Also for routes outside the API: the answer that every address gives to a method it does not know. */
export const methodNotAllowed =
  (methods: readonly string[]): RequestHandler =>
  (req) => {
    const allow = methods.map((method) => method.toUpperCase()).join(", ");
    throw new HttpError(405, "method_not_allowed", `${req.method} does nothing here. Use ${allow}.`, {
      headers: { Allow: allow },
    });
  };
