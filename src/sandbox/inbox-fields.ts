/** The fields of the inbox page's requests, and what to say when they will not do. */
import type { z } from "zod";

export class InboxError extends Error {
  override readonly name = "InboxError";
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  constructor(message: string, issues: InboxError["issues"]) {
    super(message);
    this.issues = issues;
  }
}

/** @throws InboxError naming each field */
export function readFields<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new InboxError("Correct the fields named here.", issues);
}
