/** Every refusal leaves the server in one shape: `{ error: { code, message, issues?, request_id } }`. */
import type { ErrorRequestHandler, Response } from "express";
import { z } from "zod";
import { PermanentError, RetryableError } from "../errors.ts";
import { errorFields, type Log } from "../log.ts";
import { requestIdOf, routeOf } from "./request-context.ts";

const Issue = z.object({
  /** Dotted, from the top of what was sent: `table.categories.0.id`; empty for the whole. */
  path: z.string(),
  message: z.string(),
});
type Issue = z.infer<typeof Issue>;

export const ErrorJson = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      issues: z.array(Issue).optional(),
      /** With `stale_base`: the version that stands now. */
      current_version: z.number().int().optional(),
      request_id: z.string(),
    }),
  })
  .meta({ id: "Error", description: "Why a request was refused, and what to do about it." });

interface Details {
  readonly issues?: readonly Issue[];
  readonly currentVersion?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that the caller may read in full. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  readonly details: Details;
  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));

export const notFound = (what: string): HttpError =>
  new HttpError(404, "not_found", `There is no ${what}. It may have been removed; check the address.`);

/** Zendesk retries a refused delivery only when this is under a minute; 30 s is enough for a store to come back. */
export const RETRY_AFTER_S = 30;

function sendError(res: Response, error: HttpError): void {
  const { issues, currentVersion, headers } = error.details;
  res
    .status(error.status)
    .set({ ...headers })
    .json({
      error: {
        code: error.code,
        message: error.message,
        ...(issues === undefined ? {} : { issues }),
        ...(currentVersion === undefined ? {} : { current_version: currentVersion }),
        request_id: requestIdOf(res),
      },
    });
}

/** The last middleware. What nobody foresaw is told to the log, never to the caller. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const known = asHttpError(error);
    if (known.status >= 500)
      log.error("http.failed", { ...errorFields(error), request_id: requestIdOf(res), route: routeOf(res) });
    // Half an answer cannot be taken back: Express ends the connection, so that nobody takes it for a whole one.
    if (res.headersSent) return next(error);
    sendError(res, known);
  };
}

function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof RetryableError)
    return new HttpError(
      503,
      error.code,
      "Something that this needs is not answering. Try again in a moment.",
      {
        headers: { "Retry-After": String(RETRY_AFTER_S) },
      },
    );
  if (error instanceof PermanentError && error.code === "store.bad_cursor")
    return new HttpError(400, "bad_cursor", "This cursor is not ours. Start again without one.");
  return asInputError(error) ?? INTERNAL;
}

const INTERNAL = new HttpError(
  500,
  "internal",
  "Something went wrong on our side. The log has the details under this request_id.",
);

/** What Express and its body parsers say about a request, by status: their own messages may quote the input. */
const INPUT_ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ["malformed", "The request cannot be read. Send valid JSON in UTF-8, and a valid address."],
  413: ["too_large", "The body is too large. Send less at once."],
  415: ["unsupported_encoding", "The body's encoding is not supported. Send it uncompressed, in UTF-8."],
};

function asInputError(error: unknown): HttpError | null {
  if (!(error instanceof Error && "status" in error && typeof error.status === "number")) return null;
  if (error.status < 400 || error.status > 499) return null;
  const status = error.status in INPUT_ERRORS ? error.status : 400;
  const [code, message] = INPUT_ERRORS[status] ?? ["malformed", "The request cannot be read."];
  return new HttpError(status, code, message);
}
