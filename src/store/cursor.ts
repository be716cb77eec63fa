/** Where a page of decisions ended, as text that callers hand back without looking into it. */
import { z } from "zod";
import { PermanentError } from "../errors.ts";

export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

const Cursor = z.tuple([z.number().int(), z.string().min(1)]);

export const cursorAt = ({ createdAt, id }: Position): string =>
  Buffer.from(JSON.stringify([createdAt, id])).toString("base64url");

/** @throws PermanentError `store.bad_cursor` */
export function positionOf(cursor: string): Position {
  const read = Cursor.safeParse(decoded(cursor));
  if (!read.success)
    throw new PermanentError(
      "store.bad_cursor",
      "This cursor is not one that a page of decisions ended with. Start again without a cursor.",
    );
  const [createdAt, id] = read.data;
  return { createdAt, id };
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}
