/** Whether the models that are set can be used, and for how long: asked once at start, and by the doctor. */
import Anthropic from "@anthropic-ai/sdk";
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

async function checkModel(
  client: Anthropic,
  model: string,
  setting: string,
  now: number,
): Promise<ModelCheck> {
  try {
    const info = await client.models.retrieve(model, null, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return judged(info, model, setting, now);
  } catch (error) {
    const [message, remedy] = faultOf(error, model, setting);
    return { model, status: "fail", message, remedy };
  }
}

function judged(info: Anthropic.ModelInfo, model: string, setting: string, now: number): ModelCheck {
  const change = `Set ${setting} to a current model.`;
  const retiresAt = info.retires_at === null ? Number.POSITIVE_INFINITY : Date.parse(info.retires_at);
  const until = info.retires_at === null ? "" : ` until ${info.retires_at.slice(0, 10)}`;
  if (info.lifecycle === "retired")
    return { model, status: "fail", message: `${model} is retired.`, remedy: change };
  if (info.capabilities?.structured_outputs?.supported === false)
    return { model, status: "fail", message: `${model} cannot give structured answers.`, remedy: change };
  if (info.lifecycle === "deprecated")
    return { model, status: "warn", message: `${model} is deprecated; it answers${until}.`, remedy: change };
  if (retiresAt - now < MONTH_MS)
    return {
      model,
      status: "warn",
      message: `${model} will be retired: it answers${until}.`,
      remedy: change,
    };
  return { model, status: "ok", message: `The key is good, and ${model} is available.`, remedy: null };
}

function faultOf(error: unknown, model: string, setting: string): [message: string, remedy: string] {
  const status = error instanceof Anthropic.APIError ? error.status : undefined;
  if (status === 401)
    return ["Claude does not accept the key.", "Set ANTHROPIC_API_KEY to a valid key of the Claude Console."];
  if (status === 403)
    return ["The key may not use the API.", "Check the key's workspace in the Claude Console."];
  if (status === 404)
    return [
      `There is no model ${model} for this key.`,
      `Correct ${setting}, or leave it out for the default.`,
    ];
  if (status === undefined)
    return ["Claude cannot be reached.", "Check the network, the proxy and ANTHROPIC_BASE_URL."];
  return [
    `Claude answered with status ${status}.`,
    "Try again in a minute; status.claude.com knows of outages.",
  ];
}
