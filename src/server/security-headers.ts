import type { RequestHandler } from "express";
import helmet from "helmet";

const ONE_YEAR_S = 365 * 24 * 60 * 60;

/** On every answer, errors included. Pages run their own scripts, talk to their own server, and cannot be framed. */
export function securityHeaders(publicUrl: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // styled-components, which Zendesk Garden is made of, puts its rules into <style> elements at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
    // On plain http the header means nothing, and on a laptop it would lock other programs of localhost out.
    strictTransportSecurity: publicUrl.startsWith("https:") ? { maxAge: ONE_YEAR_S } : false,
  });
}

export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader("Cache-Control", "no-store");
  next();
};
