/** /api/v2/tickets/{id}/tags: PUT adds, POST replaces, DELETE removes. */
import { type Request, type Response, Router } from "express";
import { z } from "zod";
import type { Api } from "./api.ts";
import { invalidAttribute } from "./api-error.ts";
import { actorOf, idOf } from "./principal.ts";
import { tagList } from "./ticket-patch.ts";
import { countUpdate } from "./tickets-api.ts";

const TagsBody = z.object({
  tags: z.array(z.string()),
  safe_update: z.unknown().optional(),
  updated_stamp: z.string().optional(),
});

export function tagsApi(api: Api): Router {
  const { account } = api;
  const router = Router();
  const change =
    (combine: (present: readonly string[], given: readonly string[]) => string[], status: number) =>
    (request: Request, response: Response): void => {
      countUpdate(api, request, response);
      const body = TagsBody.safeParse(request.body);
      if (!body.success) throw invalidAttribute("tags", "must be a list of strings");
      const { tags: given, safe_update, updated_stamp } = body.data;
      const present = account.ticketFile(idOf(request)).ticket.tags;
      const patch = {
        tags: combine(present, tagList(given)),
        ...(safe_update === undefined ? {} : { safe_update }),
        ...(updated_stamp === undefined ? {} : { updated_stamp }),
      };
      const { ticket } = account.updateTicket(idOf(request), patch, actorOf(response));
      response.status(status).json({ tags: ticket.tags });
    };
  router.get("/:id/tags", (request, response) => {
    response.json({ tags: account.ticketFile(idOf(request)).ticket.tags });
  });
  router.put(
    "/:id/tags",
    change((present, given) => tagList([...present, ...given]), 200),
  );
  router.post(
    "/:id/tags",
    change((_present, given) => [...given], 201),
  );
  router.delete(
    "/:id/tags",
    change((present, given) => present.filter((tag) => !given.includes(tag)), 200),
  );
  return router;
}
