/** Which errors of the adapters are a matter of settings: a wrong key is the operator's to mend, like a missing one. */
import { PermanentError, RetryableError } from "../errors.ts";

const CODES: ReadonlySet<string> = new Set([
  "claude.configuration",
  "zendesk.unauthorized",
  "zendesk.redirected",
  "store.other_account",
]);

export const isConfiguration = (error: unknown): boolean =>
  (error instanceof RetryableError || error instanceof PermanentError) && CODES.has(error.code);
