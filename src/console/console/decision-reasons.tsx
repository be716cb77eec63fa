import { Alert } from "@zendeskgarden/react-notifications";
import type { DecisionJson } from "../../triage/decision-json.ts";
import { percent } from "../wording.ts";
import { ConfidenceWord } from "./confidence-word.tsx";

interface DecisionReasonsProps {
  readonly decision: DecisionJson;
  readonly nameOf: (intent: string) => string;
}

/** Why: the rule that decided, the classifier's own words, the customer's words behind them, and what else it could be. */
export function DecisionReasons({ decision, nameOf }: DecisionReasonsProps) {
  return (
    <section className="card reasons" aria-labelledby="why">
      <h2 id="why">Why</h2>
      <p className="lead">{decision.reason_text}</p>
      {decision.injection_suspected && (
        <Alert type="warning" className="block">
          The text of this ticket, perhaps in a part that is not displayed, tries to give instructions to the
          router.
        </Alert>
      )}
      {decision.confidence !== null && (
        <p>
          Confidence: <ConfidenceWord decision={decision} />{" "}
          <span className="quiet">({percent(decision.confidence)})</span>
        </p>
      )}
      {decision.reasoning !== null && decision.reasoning !== "" && <p>{decision.reasoning}</p>}
      {decision.evidence.length > 0 && (
        <>
          <h3>In the customer’s words</h3>
          {decision.evidence.map((quote) => (
            <blockquote key={quote}>{quote}</blockquote>
          ))}
        </>
      )}
      {decision.alternatives.length > 0 && (
        <>
          <h3>Also considered</h3>
          <ul className="alternatives plain-list">
            {decision.alternatives.map(({ intent, confidence }) => (
              <li key={intent}>
                <span>{nameOf(intent)}</span>
                <span className="quiet">{percent(confidence)}</span>
                <meter min={0} max={1} value={confidence} aria-label={`${nameOf(intent)}, probability`} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
