/** Faults that a test asks for: the next matching requests fail in the way it names. */
import type { RequestHandler } from "express";

export type Fault = {
  readonly method?: string;
  /** Matched against the path without its query. */
  readonly path?: RegExp;
  /** How many requests it befalls; 1 unless told. */
  readonly times?: number;
} & (
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** `before`: the connection breaks and nothing happens. `after`: the request is carried out, its answer is lost. */
  | { readonly drop: "before" | "after" }
  | { readonly delayMs: number }
);

export interface Faults {
  add(fault: Fault): void;
  readonly middleware: RequestHandler;
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];
  const next = (method: string, path: string): Fault | null => {
    const index = waiting.findIndex(
      ({ fault }) =>
        (fault.method === undefined || fault.method.toUpperCase() === method) &&
        (fault.path === undefined || fault.path.test(path)),
    );
    const entry = waiting[index];
    if (entry === undefined) return null;
    if (--entry.left === 0) waiting.splice(index, 1);
    return entry.fault;
  };
  const middleware: RequestHandler = (request, response, proceed) => {
    const fault = next(request.method, request.path);
    if (fault === null) return proceed();
    if ("status" in fault) {
      response
        .status(fault.status)
        .set(fault.headers ?? {})
        .send(fault.body ?? "");
      return;
    }
    if ("delayMs" in fault) {
      const timer = setTimeout(proceed, fault.delayMs);
      response.once("close", () => clearTimeout(timer));
      return;
    }
    if (fault.drop === "before") {
      request.socket.resetAndDestroy();
      return;
    }
    response.end = () => {
      request.socket.resetAndDestroy();
      return response;
    };
    proceed();
  };
  return { add: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }), middleware };
}
