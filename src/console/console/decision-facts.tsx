import { redactedInWords } from "../../triage/classification.ts";
import type { DecisionJson } from "../../triage/decision-json.ts";
import { languageName } from "../../triage/language-name.ts";
import {
  CLASSIFIER_WORDS,
  dollars,
  duration,
  exactly,
  inWords,
  PRIORITY_WORDS,
  STATE_WORDS,
  whole,
} from "../wording.ts";
import { stepsOf, totalMs } from "./decision-times.ts";
import { Fact, Facts } from "./facts.tsx";

/** The record: everything that is needed to follow the decision up. */
export function DecisionFacts({ decision }: { decision: DecisionJson }) {
  return (
    <section className="card record" aria-labelledby="record">
      <h2 id="record">Record</h2>
      <Facts>
        <Fact name="Mode">{decision.mode === "live" ? "Live" : "Shadow"}</Fact>
        <Fact name="State">{STATE_WORDS[decision.state]}</Fact>
        <Fact name="Decided">{exactly(decision.created_at)}</Fact>
        <Fact name="Written">
          {decision.written_at === null ? "Not written" : exactly(decision.written_at)}
        </Fact>
        <Fact name="Routing table">Version {decision.routing_version}</Fact>
        <Reading decision={decision} />
        <Receipt receipt={decision.receipt} />
        <Spending decision={decision} />
        <Fact name="Decision">
          <code>{decision.id}</code>
        </Fact>
      </Facts>
    </section>
  );
}

const code = (text: string | null) => (text === null ? null : <code>{text}</code>);

const Reading = ({ decision }: { decision: DecisionJson }) => (
  <>
    <Fact name="Classifier">
      {decision.classifier === null ? "Not asked" : CLASSIFIER_WORDS[decision.classifier]}
    </Fact>
    <Fact name="Model">{code(decision.model)}</Fact>
    <Fact name="Prompt">{code(decision.prompt_version)}</Fact>
    <Fact name="Language">{decision.language === null ? null : languageName(decision.language)}</Fact>
    <Fact name="Urgency">{decision.urgency === null ? null : PRIORITY_WORDS[decision.urgency]}</Fact>
    <Fact name="Sentiment">{decision.sentiment === null ? null : inWords(decision.sentiment)}</Fact>
    <Fact name="Examples shown">{decision.examples.length === 0 ? null : decision.examples.join(", ")}</Fact>
  </>
);

/** What became of the text before it was read. */
function Receipt({ receipt }: { receipt: DecisionJson["receipt"] }) {
  if (receipt === null) return null;
  const { redacted, characters, ballast, cut, attachments } = receipt;
  const hidden = redactedInWords(redacted);
  return (
    <>
      <Fact name="Characters">{whole(characters)}</Fact>
      <Fact name="· left out as ballast">{ballast === 0 ? null : whole(ballast)}</Fact>
      <Fact name="· cut from the middle">{cut === 0 ? null : whole(cut)}</Fact>
      <Fact name="File names read">{attachments === 0 ? null : whole(attachments)}</Fact>
      <Fact name="Blacked out">{hidden || "Nothing"}</Fact>
    </>
  );
}

function Spending({ decision }: { decision: DecisionJson }) {
  const { classifier, tokens, cost_usd: cost, timings_ms: timings } = decision;
  const billed = tokens.input + tokens.output + tokens.cache_read + tokens.cache_write > 0;
  return (
    <>
      <Fact name="Cost">{classifier === null ? null : dollars(cost)}</Fact>
      <Fact name="Tokens in / out">{billed ? `${whole(tokens.input)} / ${whole(tokens.output)}` : null}</Fact>
      <Fact name="Cache read / written">
        {billed ? `${whole(tokens.cache_read)} / ${whole(tokens.cache_write)}` : null}
      </Fact>
      <Fact name="Time">{duration(totalMs(timings))}</Fact>
      {stepsOf(timings).map(([step, ms]) => (
        <Fact key={step} name={`· ${inWords(step)}`}>
          {duration(ms)}
        </Fact>
      ))}
    </>
  );
}
