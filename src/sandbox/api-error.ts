/** Refusals in Zendesk's own words and envelopes. */

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`Zendesk answers ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const notFound = (): ApiError =>
  new ApiError(404, { error: "RecordNotFound", description: "Not found" });

export const forbidden = (): ApiError =>
  new ApiError(403, {
    error: "Forbidden",
    description:
      "You do not have access to this page. Please contact the account owner of this help desk for further help.",
  });

/** 422 with the reason on one field. */
export const recordInvalid = (field: string, description: string, error?: string): ApiError =>
  new ApiError(422, {
    error: "RecordInvalid",
    description: "Record validation errors",
    details: { [field]: [{ description, ...(error === undefined ? {} : { error }) }] },
  });

/** 400: the request itself makes no sense. */
export const invalidAttribute = (name: string, requirement: string): ApiError =>
  new ApiError(400, {
    error: {
      title: "Invalid attribute",
      message: `You passed an invalid value for the ${name} attribute. Invalid parameter: ${name} ${requirement}`,
    },
  });

export const badRequest = (error: string, description: string): ApiError =>
  new ApiError(400, { error, description });

export const updateConflict = (): ApiError =>
  new ApiError(409, {
    error: "UpdateConflict",
    description:
      "Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.",
  });

export const tooManyRequests = (retryAfterSeconds: number, description: string): ApiError =>
  new ApiError(
    429,
    { error: "APIRateLimitExceeded", description },
    { "retry-after": String(retryAfterSeconds) },
  );
