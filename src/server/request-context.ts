/** What every request carries besides itself: an id that ties an answer to the log, and the name of its route. */
import type { RequestHandler, Response } from "express";
import type { RandomBytes } from "./deps.ts";

const REQUEST_ID_BYTES = 12;
const HEADER = "x-request-id";
const ROUTE = "route";

/** Always our own id: one that came with the request could say anything, and the log would repeat it. */
export function giveRequestId(random: RandomBytes): RequestHandler {
  return (_req, res, next) => {
    res.setHeader(HEADER, Buffer.from(random(REQUEST_ID_BYTES)).toString("base64url"));
    next();
  };
}

export const requestIdOf = (res: Response): string => String(res.getHeader(HEADER) ?? "");

/** The route as metrics and logs name it: from a closed list, so that no visitor can invent new ones. */
export const nameRoute = (res: Response, route: string): void => {
  res.locals[ROUTE] = route;
};

export const routeOf = (res: Response): string => {
  const route: unknown = res.locals[ROUTE];
  return typeof route === "string" ? route : "other";
};
