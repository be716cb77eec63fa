import { RetryableError } from "../errors.ts";

/**
 * The promise's own end, or a RetryableError `<code>` after `ms` milliseconds, whichever comes first. The work itself
 * goes on: whoever calls this must be able to live with its happening later.
 */
export async function within<T>(ms: number, code: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RetryableError(code, `no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
