import type { DecisionJson } from "../../triage/decision-json.ts";
import { CLASSIFIER_WORDS, dollars, duration, exactly, inWords, PRIORITY_WORDS, STATE_WORDS, whole } from "../wording.ts";
import { stepsOf, totalMs } from "./decision-times.ts";
import { Facts } from "./facts.tsx";

/** The record: everything that is needed to follow the decision up. */
export function DecisionFacts({ decision }: { decision: DecisionJson }) {
  const { tokens, timings_ms: timings } = decision;
  const billed = tokens.input + tokens.output + tokens.cache_read + tokens.cache_write > 0;
  return (
    <section className="card record" aria-labelledby="record">
      <h2 id="record">Record</h2>
      <Facts
        facts={[
          ["Mode", decision.mode === "live" ? "Live" : "Shadow"],
          ["State", STATE_WORDS[decision.state]],
          ["Decided", exactly(decision.created_at)],
          ["Written", decision.written_at === null ? "Not written" : exactly(decision.written_at)],
          ["Routing table", `Version ${decision.routing_version}`],
          ["Classifier", decision.classifier === null ? "Not asked" : CLASSIFIER_WORDS[decision.classifier]],
          ["Model", decision.model === null ? null : <code>{decision.model}</code>],
          ["Prompt", decision.prompt_version === null ? null : <code>{decision.prompt_version}</code>],
          ["Language", decision.language],
          ["Urgency", decision.urgency === null ? null : PRIORITY_WORDS[decision.urgency]],
          ["Sentiment", decision.sentiment === null ? null : inWords(decision.sentiment)],
          ["Examples shown", decision.examples.length === 0 ? null : decision.examples.join(", ")],
          ["Cost", dollars(decision.cost_usd)],
          ["Tokens in / out", billed ? `${whole(tokens.input)} / ${whole(tokens.output)}` : null],
          ["Cache read / written", billed ? `${whole(tokens.cache_read)} / ${whole(tokens.cache_write)}` : null],
          ["Time", duration(totalMs(timings))],
          ...stepsOf(timings).map(([step, ms]) => [`· ${inWords(step)}`, duration(ms)] as const),
          ["Decision", <code key="id">{decision.id}</code>],
        ]}
      />
    </section>
  );
}
