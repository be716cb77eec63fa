/** An outage holds up every ticket that comes. It is told once a minute for each kind of trouble; each ticket's line is for `debug`. */
import type { Fields, Log } from "../log.ts";
import type { Now } from "../ports/now.ts";

const EVERY_MS = 60_000;
const EVENT = "job.retrying";
/** Our own pace, by which nothing was sent: everyday, and no trouble. */
const PACE = new Set(["claude.no_room", "zendesk.not_sent"]);

/** @returns tells that a job has to come again, and why; `others`: how many did since the last line that was seen */
export function createRetryLog(log: Log, now: Now): (code: string, fields: Fields) => void {
  const told = new Map<string, { at: number; others: number }>();
  return (code, fields) => {
    const last = told.get(code);
    if (PACE.has(code) || (last !== undefined && now() - last.at < EVERY_MS)) {
      if (last !== undefined) last.others++;
      log.debug(EVENT, fields);
      return;
    }
    told.set(code, { at: now(), others: 0 });
    log.warn(EVENT, {
      ...fields,
      ...(last === undefined || last.others === 0 ? {} : { others: last.others }),
    });
  };
}
