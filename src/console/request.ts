/** One way to talk to the server: JSON in, JSON out, every answer checked, every failure in a person's words. */
import { z } from "zod";

/** Long enough for a replay that asks Claude again. */
const DEADLINE_MS = 60_000;

const Issue = z.object({
  path: z
    .union([z.string(), z.array(z.union([z.string(), z.number()]))])
    .transform((path) => (typeof path === "string" ? path.split(".").filter(Boolean) : path).map(String)),
  message: z.string(),
});
/** What is wrong with one field of what was sent. */
export type Issue = z.infer<typeof Issue>;

const Failure = z.object({
  error: z.object({
    code: z.string().optional(),
    message: z.string().optional(),
    issues: z.array(Issue).optional(),
  }),
});

/** The server said no, or could not be reached: then `status` is 0. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly issues: readonly Issue[];
  constructor(status: number, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.status = status;
    this.issues = issues;
  }
}

export interface Ask {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly token?: string;
  readonly signal?: AbortSignal;
}

/** @throws RequestError */
export async function request<T>(path: string, answer: z.ZodType<T>, ask: Ask = {}): Promise<T> {
  const response = await send(path, ask);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw failure(response.status, body);
  const parsed = answer.safeParse(body);
  if (!parsed.success)
    throw new RequestError(
      response.status,
      "The server's answer is not what this page expects. Reload the page; it may be older than the server.",
    );
  return parsed.data;
}

async function send(path: string, { method = "GET", body, token, signal }: Ask): Promise<Response> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    return await fetch(path, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(0, "The server cannot be reached. Check that Switchyard is running.");
  }
}

function failure(status: number, body: unknown): RequestError {
  const told = Failure.safeParse(body);
  const { message, issues } = told.success ? told.data.error : {};
  return new RequestError(status, message ?? `The server answered with an error (${status}).`, issues);
}

/** For `catch` clauses and failed queries: the sentence to show. */
export function sentenceOf(error: unknown): string {
  if (error instanceof RequestError && error.issues.length > 0)
    return `${error.message} ${error.issues.map((issue) => issue.message).join(" ")}`;
  return error instanceof Error && error.message !== "" ? error.message : "Something went wrong. Try again.";
}
