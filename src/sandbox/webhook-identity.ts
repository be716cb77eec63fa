/** What Zendesk gives a new webhook. */
import { randomBytes } from "node:crypto";

const SECRET_BYTES = 32;

/** It looks like base64 and is used as it is written. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString("base64");

/** In the manner of a ULID. */
export const newWebhookId = (): string => `01${randomBytes(12).toString("hex").toUpperCase()}`;
