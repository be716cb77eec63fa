/** One finding of `doctor`: a plain sentence, and what to do when it is not fine. */
import { PermanentError, RetryableError } from "../errors.ts";

export const STATUSES = ["ok", "warn", "fail", "skip"] as const;
export type Status = (typeof STATUSES)[number];

/** The check whose failure is a matter of configuration. */
export const SETTINGS = "Settings";

export interface Check {
  readonly name: string;
  readonly status: Status;
  readonly message: string;
  /** What to do about it; null when there is nothing to do. */
  readonly remedy: string | null;
}

export const ok = (name: string, message: string): Check => ({ name, status: "ok", message, remedy: null });
export const skipped = (name: string, message: string): Check => ({
  name,
  status: "skip",
  message,
  remedy: null,
});
export const warned = (name: string, message: string, remedy: string): Check => ({
  name,
  status: "warn",
  message,
  remedy,
});
export const failed = (name: string, message: string, remedy: string): Check => ({
  name,
  status: "fail",
  message,
  remedy,
});

/** A check that throws is a failed check: doctor always finishes its round. */
export async function guarded(name: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    return failedBy(name, error);
  }
}

export const failedBy = (name: string, error: unknown): Check =>
  failed(name, messageOf(error), "Mend what it says, then run doctor again.");

export const needsTable = (name: string): Check => skipped(name, "Needs a valid routing table.");

const messageOf = (error: unknown): string => {
  if (error instanceof RetryableError || error instanceof PermanentError)
    return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
};
