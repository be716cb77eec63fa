/** Lists that go on: how long a page is, and where the next one begins. */
import { z } from "zod";
import { limitFromText } from "./query-number.ts";

const MAX_PAGE = 100;
const USUAL_PAGE = 50;
const MAX_CURSOR = 500;

export const PageQuery = z.strictObject({
  limit: limitFromText(MAX_PAGE, USUAL_PAGE),
  cursor: z.string().min(1).max(MAX_CURSOR).optional(),
});

/** Send it as `cursor` to get the next page; null at the end. */
export const NextCursor = z.string().nullable();
