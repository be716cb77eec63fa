/** One logger: a stable event name, then an object. Secrets and ticket text never pass it. */
import winston from "winston";

/** What may stand beside an event: ids, codes, numbers. Never ticket text. */
export type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  debug(event: string, fields?: Fields): void;
}

const SECRET_NAME = /secret|token|password|authorization|api_?key|cookie/i;
const TEXT_NAME = /^(subject|description|body|text|note|reasoning|evidence|comment)$/i;
const SECRET_VALUE = /sk-ant-[\w-]+|Bearer\s+[\w.~+/=-]+|Basic\s+[A-Za-z0-9+/=]{8,}/g;
const MAX_VALUE = 500;

/** The last wall: a field whose name or value looks like a secret or like ticket text does not get out. */
const redact = winston.format((info) => {
  for (const [key, value] of Object.entries(info)) {
    if (SECRET_NAME.test(key) || TEXT_NAME.test(key)) info[key] = "[redacted]";
    else if (typeof value === "string")
      info[key] = value.slice(0, MAX_VALUE).replace(SECRET_VALUE, "[redacted]");
  }
  return info;
});

/** @param stream where lines go; stderr keeps stdout free for data. */
export function createLog(
  level: string,
  { pretty = false, transports }: { pretty?: boolean; transports?: winston.transport[] } = {},
): Log {
  const line = winston.format.printf(({ timestamp, level: at, message, ...fields }) =>
    [timestamp, at.padEnd(5), message, Object.keys(fields).length > 0 ? JSON.stringify(fields) : ""]
      .join(" ")
      .trimEnd(),
  );
  const logger = winston.createLogger({
    level,
    format: winston.format.combine(
      winston.format.timestamp(),
      redact(),
      pretty ? line : winston.format.json(),
    ),
    transports: transports ?? [
      new winston.transports.Console({ stderrLevels: ["error", "warn", "info", "debug"] }),
    ],
  });
  return {
    info: (event, fields) => void logger.info(event, fields),
    warn: (event, fields) => void logger.warn(event, fields),
    error: (event, fields) => void logger.error(event, fields),
    debug: (event, fields) => void logger.debug(event, fields),
  };
}

/** What an error may say in a log: its code or name, and its message, never its body. */
export function errorFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return { code, error: error.message };
}
