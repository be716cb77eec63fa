/** What doctor asks Claude: whether the key and the model are good, and whether a tiny ticket comes back classified. */
import Anthropic from "@anthropic-ai/sdk";
import { classifierFor } from "../adapters.ts";
import type { ClaudeSettings, Settings } from "../settings.ts";
import { type Check, failed, guarded, needsTable, ok, skipped, warned } from "./doctor-check.ts";
import type { RoutingSource } from "./routing-source.ts";
import type { Shell } from "./shell.ts";
import { ticketFromText } from "./ticket-input.ts";

const MODEL = "Claude key and model";
const TEST = "Claude test ticket";
const MODEL_TIMEOUT_MS = 15_000;
/** Made up, and clear enough for any table. */
const TEST_TICKET = "Subject: Invoice question\n\nHello, where can I find my last invoice? Thanks!";

export async function checkClaude(
  settings: Settings,
  source: Promise<RoutingSource | null>,
  shell: Shell,
): Promise<Check[]> {
  const { claude } = settings;
  if (claude === null) {
    const message = "No ANTHROPIC_API_KEY: the built-in classifier answers, and less well.";
    return [
      settings.zendesk === null
        ? skipped(MODEL, message)
        : warned(MODEL, message, "Set ANTHROPIC_API_KEY to a key of the Claude Console."),
      skipped(TEST, "Needs the key."),
    ];
  }
  return Promise.all([
    guarded(MODEL, () => checkModel(claude)),
    guarded(TEST, () => checkAnswer(settings, source, shell)),
  ]);
}

async function checkModel({ apiKey, baseUrl, model }: ClaudeSettings): Promise<Check> {
  const client = new Anthropic({
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: MODEL_TIMEOUT_MS,
    logLevel: "off",
    openTelemetry: false,
  });
  try {
    const info = await client.models.retrieve(model, null, { signal: AbortSignal.timeout(MODEL_TIMEOUT_MS) });
    return judged(model, info);
  } catch (error) {
    return failed(MODEL, ...faultOf(error, model));
  }
}

function judged(model: string, info: Anthropic.ModelInfo): Check {
  const ends = info.retires_at === null ? "" : ` until ${info.retires_at.slice(0, 10)}`;
  const change = "Set CLAUDE_MODEL to a current model.";
  if (info.lifecycle === "retired") return failed(MODEL, `${model} is retired.`, change);
  if (info.capabilities?.structured_outputs?.supported === false)
    return failed(MODEL, `${model} cannot give structured answers.`, change);
  if (info.lifecycle === "deprecated")
    return warned(MODEL, `${model} is deprecated; it answers${ends}.`, change);
  return ok(MODEL, `The key is good, and ${model} is available.`);
}

function faultOf(error: unknown, model: string): [message: string, remedy: string] {
  const status = error instanceof Anthropic.APIError ? error.status : undefined;
  if (status === 401)
    return ["Claude does not accept the key.", "Set ANTHROPIC_API_KEY to a valid key of the Claude Console."];
  if (status === 403)
    return ["The key may not use the API.", "Check the key's workspace in the Claude Console."];
  if (status === 404)
    return [
      `There is no model ${model} for this key.`,
      "Correct CLAUDE_MODEL, or leave it out for the default.",
    ];
  if (status === undefined)
    return ["Claude cannot be reached.", "Check the network, the proxy and ANTHROPIC_BASE_URL."];
  return [
    `Claude answered with status ${status}.`,
    "Try again in a minute; status.claude.com knows of outages.",
  ];
}

/** The whole road, as a ticket takes it: prompt, structured answer, validation. */
async function checkAnswer(
  settings: Settings,
  source: Promise<RoutingSource | null>,
  { now }: Shell,
): Promise<Check> {
  const routing = await source;
  if (routing === null) return needsTable(TEST);
  const startedAt = now();
  const answer = await classifierFor(settings, now).classify(ticketFromText(TEST_TICKET, startedAt), routing);
  if ("refused" in answer)
    return failed(TEST, answer.message, "Set CLAUDE_MODEL to another model and run doctor again.");
  const cost = answer.costUsd === null ? "at an unknown price" : `for $${answer.costUsd.toFixed(5)}`;
  return ok(TEST, `Classified as ${answer.intent} in ${now() - startedAt} ms ${cost}.`);
}
