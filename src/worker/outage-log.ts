/** An outage holds up every ticket that comes. It is told once a minute for each kind of trouble; each ticket's line is for `debug`. */
import type { Fields, Log } from "../log.ts";
import type { Now } from "../ports/now.ts";

const EVERY_MS = 60_000;
/** Our own pace, by which nothing was sent: everyday, and no trouble. */
const PACE = new Set(["claude.no_room", "zendesk.not_sent"]);

/** Tells what an outage did to a ticket, by the outage's code. */
export type TellOutage = (code: string, fields: Fields) => void;

/** @returns tells it under this event's name; `others`: of how many it was not told since the last line that was */
export function createOutageLog(log: Log, event: string, now: Now): TellOutage {
  const told = new Map<string, { at: number; others: number }>();
  return (code, fields) => {
    const last = told.get(code);
    if (PACE.has(code) || (last !== undefined && now() - last.at < EVERY_MS)) {
      if (last !== undefined) last.others++;
      log.debug(event, fields);
      return;
    }
    told.set(code, { at: now(), others: 0 });
    log.warn(event, {
      ...fields,
      ...(last === undefined || last.others === 0 ? {} : { others: last.others }),
    });
  };
}
