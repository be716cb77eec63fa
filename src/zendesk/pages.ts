/** Lists that Zendesk hands out page by page. */
import { z } from "zod";
import { unclear } from "./http-error.ts";
import { parseAnswer } from "./ticket-json.ts";

/** Zendesk's largest page, and more pages than any ticket or account should have: an end for a list that has none. */
const PAGE_SIZE = 100;
const MAX_PAGES = 200;

const Paging = z.looseObject({
  meta: z.looseObject({ has_more: z.boolean(), after_cursor: z.string().nullish() }).nullish(),
  next_page: z.string().nullish(),
});

interface PageQuery {
  readonly page: { readonly size: number; readonly after?: string };
}

/**
 * All pages, or an error: a list that is cut short would look complete.
 * @throws RetryableError `zendesk.unclear` when the answers do not lead to an end
 */
export async function allPages<T extends z.ZodType>(
  schema: T,
  read: (query: PageQuery) => Promise<unknown>,
): Promise<z.infer<T>[]> {
  const pages: z.infer<T>[] = [];
  const seen = new Set<string>();
  let query: PageQuery = { page: { size: PAGE_SIZE } };
  for (;;) {
    const body = await read(query);
    pages.push(parseAnswer(schema, body));
    const after = cursorAfter(body);
    if (after === null) return pages;
    if (seen.has(after) || pages.length === MAX_PAGES) throw unclear("its pages do not come to an end");
    seen.add(after);
    query = { page: { size: PAGE_SIZE, after } };
  }
}

/** Archived tickets come whole, without paging. */
function cursorAfter(body: unknown): string | null {
  const { meta, next_page: nextPage } = parseAnswer(Paging, body);
  if (meta?.has_more === false) return null;
  if (meta?.has_more && meta.after_cursor) return meta.after_cursor;
  if (meta || nextPage) throw unclear("there are more pages, but no cursor to the next one");
  return null;
}
