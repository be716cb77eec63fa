import { z } from "zod";
import type { Auth } from "../auth.ts";
import { type Route, route } from "../route.ts";

const MAX_SECRET = 500;
const secret = z.string().min(1).max(MAX_SECRET);

const Credential = z
  .union([z.strictObject({ code: secret }), z.strictObject({ token: secret })], {
    error: 'send {"code": "…"} from a sign-in link, or {"token": "…"} with ADMIN_TOKEN',
  })
  .meta({ id: "Credential" });

const Session = z
  .object({
    token: z.string(),
    /** Seconds. */
    expires_in: z.number().int(),
  })
  .meta({ id: "Session", description: "Send the token as Authorization: Bearer on every call." });

export const sessionRoutes = (auth: Auth): Route[] => [
  route({
    method: "post",
    path: "/session",
    summary: "Sign in with a one-time code or with ADMIN_TOKEN",
    access: "open",
    body: Credential,
    response: Session,
    status: 201,
    refusals: [429],
    handle: async ({ body, address }) => {
      const { token, expiresIn } = await auth.signIn(body, address);
      return { token, expires_in: expiresIn };
    },
  }),
  route({
    method: "get",
    path: "/session",
    summary: "Who is signed in",
    access: "admin",
    response: z.object({ author: z.string() }),
    handle: async ({ author }) => ({ author }),
  }),
  route({
    method: "delete",
    path: "/session",
    summary: "Sign out: end this session",
    access: "admin",
    response: z.object({ signed_out: z.boolean() }),
    handle: async ({ authorization }) => ({ signed_out: await auth.signOut(authorization) }),
  }),
];
