/** Lists in pages: Zendesk's cursors when `page[size]` is asked for, its older page numbers otherwise. */
import type { Request } from "express";
import { badRequest } from "./api-error.ts";

const MAX_PAGE_SIZE = 100;
const MAX_OFFSET_PAGE = 100;

/** The body of a list answer under `key`. Cursors hold the id of the last item seen, so new items never shift a page. */
export function paged<T extends { readonly id: number | string }>(
  request: Request,
  key: string,
  items: readonly T[],
  render: (item: T) => unknown = (item) => item,
): Record<string, unknown> {
  const asked = request.query["page[size]"];
  if (asked !== undefined) return cursorPage(request, key, items, render, sizeOf(asked));
  const size = sizeOf(request.query["per_page"] ?? MAX_PAGE_SIZE);
  const page = Math.max(1, Number(request.query["page"] ?? 1) || 1);
  if (page > MAX_OFFSET_PAGE)
    throw badRequest("InvalidPaginationDepth", "Limited to 100 pages; use cursor pagination.");
  const slice = items.slice((page - 1) * size, page * size);
  const more = page * size < items.length;
  return {
    [key]: slice.map(render),
    next_page: more ? link(request, { page: page + 1, per_page: size }) : null,
    previous_page: page > 1 ? link(request, { page: page - 1, per_page: size }) : null,
    count: items.length,
  };
}

function cursorPage<T extends { readonly id: number | string }>(
  request: Request,
  key: string,
  items: readonly T[],
  render: (item: T) => unknown,
  size: number,
): Record<string, unknown> {
  const after = request.query["page[after]"];
  const start = after === undefined ? 0 : placeOf(items, String(after)) + 1;
  const slice = items.slice(start, start + size);
  const hasMore = start + size < items.length;
  const [first, last] = [slice[0], slice.at(-1)];
  const afterCursor = last === undefined ? null : encode(last.id);
  return {
    [key]: slice.map(render),
    meta: {
      has_more: hasMore,
      after_cursor: afterCursor,
      before_cursor: first === undefined ? null : encode(first.id),
    },
    links: {
      prev: null,
      next: hasMore ? link(request, { "page[size]": size, "page[after]": afterCursor ?? "" }) : null,
    },
  };
}

const encode = (id: number | string): string => Buffer.from(`after:${id}`).toString("base64url");

function placeOf<T extends { readonly id: number | string }>(items: readonly T[], cursor: string): number {
  const id = /^after:(.+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  const place = items.findIndex((item) => String(item.id) === id);
  if (place === -1) throw badRequest("InvalidPaginationParameter", "page[after] is not valid");
  return place;
}

function sizeOf(asked: unknown): number {
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1)
    throw badRequest("InvalidPaginationParameter", "page[size] must be a number from 1 to 100");
  return Math.min(size, MAX_PAGE_SIZE);
}

export const originOf = (request: Request): string => `${request.protocol}://${request.get("host") ?? ""}`;

function link(request: Request, parameters: Record<string, string | number>): string {
  const url = new URL(request.originalUrl, originOf(request));
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, String(value));
  return url.href;
}
