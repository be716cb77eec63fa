/** Lists that Zendesk hands out page by page. */
import { z } from "zod";
import { unclear } from "./http-error.ts";
import { parseAnswer } from "./ticket-json.ts";

/** Zendesk's largest page, and more pages than any ticket or account should have: an end for a list that has none. */
export const PAGE_SIZE = 100;
const MAX_PAGES = 200;
const ENDLESS = "its pages do not come to an end";

const Paging = z.looseObject({
  meta: z.looseObject({ has_more: z.boolean(), after_cursor: z.string().nullish() }).nullish(),
  next_page: z.string().nullish(),
});

interface PageQuery {
  readonly page: { readonly size: number; readonly after?: string };
}

/** As it stands in an address. */
export function queryText({ page }: PageQuery): string {
  const query = new URLSearchParams({ "page[size]": String(page.size) });
  if (page.after !== undefined) query.set("page[after]", page.after);
  return query.toString();
}

/**
 * All pages, or an error: a list that is cut short would look complete.
 * @throws RetryableError `zendesk.unclear` when the answers do not lead to an end
 */
export async function allPages<T extends z.ZodType>(
  schema: T,
  read: (query: PageQuery) => Promise<unknown>,
): Promise<z.infer<T>[]> {
  const pages = await firstPages(schema, read, MAX_PAGES);
  if (!pages.all) throw unclear(ENDLESS);
  return pages.read;
}

/**
 * As `allPages`, but no more than so many.
 * @returns `all`: there are no others
 */
export async function firstPages<T extends z.ZodType>(
  schema: T,
  read: (query: PageQuery) => Promise<unknown>,
  most: number,
): Promise<{ readonly read: z.infer<T>[]; readonly all: boolean }> {
  const pages: z.infer<T>[] = [];
  const seen = new Set<string>();
  let query: PageQuery = { page: { size: PAGE_SIZE } };
  for (;;) {
    const body = await read(query);
    pages.push(parseAnswer(schema, body));
    const after = cursorAfter(body);
    if (after === null) return { read: pages, all: true };
    if (seen.has(after)) throw unclear(ENDLESS);
    if (pages.length === most) return { read: pages, all: false };
    seen.add(after);
    query = { page: { size: PAGE_SIZE, after } };
  }
}

export const hasMore = (body: unknown): boolean => cursorAfter(body) !== null;

/** Archived tickets come whole, without paging. */
function cursorAfter(body: unknown): string | null {
  const { meta, next_page: nextPage } = parseAnswer(Paging, body);
  if (meta?.has_more === false) return null;
  if (meta?.has_more && meta.after_cursor) return meta.after_cursor;
  if (meta || nextPage) throw unclear("there are more pages, but no cursor to the next one");
  return null;
}
