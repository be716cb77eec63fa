/** Whether the models that are set can be used, and for how long: asked once at start, and by the doctor. */
import Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import type { ClaudeSettings } from "../settings-claude.ts";
import { createClient } from "./client.ts";

const TIMEOUT_MS = 15_000;
const MONTH_MS = 30 * 24 * 60 * 60_000;

export interface ModelCheck {
  readonly model: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do; null when all is well. */
  readonly remedy: string | null;
  /** False: nobody has answered about the model, as behind a proxy that passes questions alone. Nothing is known of it. */
  readonly isKnown: boolean;
}

/** One for each model that is set. Never rejects: what cannot be asked is a check that failed. */
export function checkModels(settings: ClaudeSettings, now: number): Promise<ModelCheck[]> {
  const { model, escalationModel } = settings;
  const client = createClient(settings, TIMEOUT_MS);
  return Promise.all([
    checkModel(client, model, "CLAUDE_MODEL", now),
    ...(escalationModel === null
      ? []
      : [checkModel(client, escalationModel, "CLAUDE_ESCALATION_MODEL", now).then(bearable)]),
  ]);
}

/** Without the larger model tickets are classified all the same. */
const bearable = (check: ModelCheck): ModelCheck =>
  check.status === "fail" ? { ...check, status: "warn" } : check;

/** As much of the API's word about a model as is asked for here. */
const Info = z.object({
  type: z.literal("model").nullish(),
  lifecycle: z.string().nullish(),
  retires_at: z.string().nullish(),
  capabilities: z
    .object({ structured_outputs: z.object({ supported: z.boolean() }).nullish() })
    .nullish()
    .catch(null),
});

async function checkModel(
  client: Anthropic,
  model: string,
  setting: string,
  now: number,
): Promise<ModelCheck> {
  try {
    const answer = await client.models.retrieve(model, null, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const info = Info.safeParse(answer);
    return { model, ...(info.success ? judged(info.data, model, setting, now) : untold(model)) };
  } catch (error) {
    return { model, ...faultOf(error, model, setting) };
  }
}

type Verdict = Omit<ModelCheck, "model">;

const known = (status: ModelCheck["status"], message: string, remedy: string | null): Verdict => ({
  ...{ status, message, remedy },
  isKnown: true,
});
const unknown = (status: ModelCheck["status"], message: string, remedy: string): Verdict => ({
  ...{ status, message, remedy },
  isKnown: false,
});
const untold = (model: string): Verdict =>
  unknown(
    "warn",
    `The address of ANTHROPIC_BASE_URL does not answer about models, so nothing is known of ${model}.`,
    "Classify a ticket to see whether it answers.",
  );

function judged(info: z.infer<typeof Info>, model: string, setting: string, now: number): Verdict {
  const change = `Set ${setting} to a current model.`;
  const { lifecycle, retires_at, capabilities } = info;
  const until = retires_at == null ? "" : ` until ${retires_at.slice(0, 10)}`;
  if (lifecycle === "retired") return known("fail", `${model} is retired.`, change);
  if (capabilities?.structured_outputs?.supported === false)
    return known("fail", `${model} cannot give structured answers.`, change);
  if (lifecycle === "deprecated") return known("warn", `${model} is deprecated; it answers${until}.`, change);
  if (retires_at != null && Date.parse(retires_at) - now < MONTH_MS)
    return known("warn", `${model} will be retired: it answers${until}.`, change);
  return known("ok", `The key is good, and ${model} is available.`, null);
}

function faultOf(error: unknown, model: string, setting: string): Verdict {
  const status = error instanceof Anthropic.APIError ? error.status : undefined;
  if (status === 401)
    return known(
      "fail",
      "Claude does not accept the key.",
      "Set ANTHROPIC_API_KEY to a valid key of the Claude Console.",
    );
  if (status === 403)
    return known("fail", "The key may not use the API.", "Check the key's workspace in the Claude Console.");
  if (error instanceof Anthropic.NotFoundError && error.type === "not_found_error")
    return known(
      "fail",
      `There is no model ${model} for this key.`,
      `Correct ${setting}, or leave it out for the default.`,
    );
  if (status === 404) return untold(model);
  if (status === undefined)
    return unknown(
      "fail",
      "Claude cannot be reached.",
      "Check the network, the proxy and ANTHROPIC_BASE_URL.",
    );
  return unknown(
    "fail",
    `Claude answered with status ${status}.`,
    "Try again in a minute; status.claude.com knows of outages.",
  );
}
