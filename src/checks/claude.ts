/** Whether the key and the models are good, and whether a tiny ticket comes back classified. */
import type { Check } from "../ports/checks.ts";
import { newTicket } from "../triage/new-ticket.ts";
import type { Examination, ModelVerdict, TableAtHand } from "./examination.ts";
import { type Topic, topic } from "./topic.ts";

export const MODEL = topic("claude_model", "Claude key and model");
export const LARGER_MODEL = topic("claude_larger_model", "Claude larger model");
export const TEST = topic("claude_test_ticket", "Claude test ticket");

export function checkNoKey({ zendesk }: Examination["settings"]): Check[] {
  const message = "No ANTHROPIC_API_KEY: the built-in classifier answers, and less well.";
  return [
    zendesk === null
      ? MODEL.skipped(message)
      : MODEL.warning(message, "Set ANTHROPIC_API_KEY to a key of the Claude Console."),
    LARGER_MODEL.skipped("Needs the key."),
    TEST.skipped("Needs the key."),
  ];
}

/** The small model by the check's usual name, the larger one by its own. */
export async function checkModels(models: Examination["models"]): Promise<Check[]> {
  const [small, larger] = await models();
  return [
    small === undefined ? MODEL.skipped("Claude was not asked.") : verdictOn(MODEL, small),
    larger === undefined
      ? LARGER_MODEL.skipped("CLAUDE_ESCALATION_MODEL is off: there are no second opinions.")
      : verdictOn(LARGER_MODEL, larger),
  ];
}

function verdictOn(about: Topic, { status, message, remedy }: ModelVerdict): Check {
  if (status === "ok") return about.ok(message);
  return about[status === "warn" ? "warning" : "error"](message, remedy ?? "Run the checks again.");
}

/** The whole road, as a ticket takes it: prompt, structured answer, validation. */
export async function checkAnswer(
  { classifier, now }: Pick<Examination, "classifier" | "now">,
  { table, version }: TableAtHand,
): Promise<Check> {
  const startedAt = now();
  const answer = await classifier().classify(newTicket(TEST_TICKET, startedAt), { table, version });
  if ("refused" in answer)
    return TEST.error(answer.message, "Set CLAUDE_MODEL to another model and run the checks again.");
  if (answer.classifier === "local")
    return TEST.warning(
      "The built-in classifier answered in Claude's place: the day's budget is used up.",
      "Wait until tomorrow (UTC), or raise CLAUDE_DAILY_BUDGET_USD.",
    );
  const cost = answer.costUsd === null ? "at an unknown price" : `for $${answer.costUsd.toFixed(5)}`;
  return TEST.ok(`A structured answer came: ${answer.intent}, in ${now() - startedAt} ms ${cost}.`);
}

/** Made up, and clear enough for any table. */
const TEST_TICKET = {
  subject: "Invoice question",
  description: "Hello, where can I find my last invoice? Thanks!",
};
