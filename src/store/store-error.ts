/** What the drivers throw, translated once into the two kinds of error that the rest of the program knows. */
import { PermanentError, RetryableError } from "../errors.ts";

/** SQLite's primary result codes for a value that does not fit: too big, constraint, mismatch. */
const SQLITE_VALUE_ERRORS = new Set([18, 19, 20]);
const SQLITE_CONSTRAINT_UNIQUE = 2067;
/** What node:sqlite says of a value that it cannot bind. */
const BIND_ERRORS = new Set(["ERR_INVALID_ARG_TYPE", "ERR_OUT_OF_RANGE"]);
/** Classes 22 and 23 of SQLSTATE: data exception, integrity constraint violation. */
const PG_VALUE_ERROR = /^2[23][0-9A-Z]{3}$/;
const PG_UNIQUE_VIOLATION = "23505";
/** Deadlock, serialization failure: the same statement works when it is tried again. */
const PG_COLLISIONS = new Set(["40P01", "40001"]);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

const sqliteCodeOf = (error: unknown): number =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode : 0;

/** The values are at fault, not the database. */
const isValueError = (error: unknown): boolean =>
  SQLITE_VALUE_ERRORS.has(sqliteCodeOf(error) & 0xff) ||
  BIND_ERRORS.has(codeOf(error)) ||
  PG_VALUE_ERROR.test(codeOf(error));

/** Some items of the batch may well succeed without the others. */
export const isWorthSplitting = (error: unknown): boolean =>
  isValueError(error) || PG_COLLISIONS.has(codeOf(error));

export const isUniqueViolation = (error: unknown): boolean =>
  sqliteCodeOf(error) === SQLITE_CONSTRAINT_UNIQUE || codeOf(error) === PG_UNIQUE_VIOLATION;

function storeError(error: unknown): Error {
  if (error instanceof PermanentError || error instanceof RetryableError) return error;
  const message = error instanceof Error ? error.message || codeOf(error) || error.name : String(error);
  return isValueError(error)
    ? new PermanentError("store.invalid_value", `The database refused a value: ${message}`, { cause: error })
    : new RetryableError("store.unavailable", `The database cannot be used: ${message}`, { cause: error });
}

const rethrow = (error: unknown): never => {
  throw storeError(error);
};

/** Runs one piece of work with the database; whatever it throws comes out translated. */
export const translated = <T>(work: Promise<T>): Promise<T> => work.catch(rethrow);

/** The same port, with every error translated on the way out. */
export function translating<P extends object>(port: P): P {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, parameters);
        return answer instanceof Promise ? translated(answer) : answer;
      };
    },
  });
}
