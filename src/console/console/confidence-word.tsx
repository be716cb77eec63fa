import type { DecisionJson } from "../../triage/decision-json.ts";
import { CONFIDENCE_WORDS, percent } from "../wording.ts";

const BARS = { high: 3, medium: 2, low: 1 } as const;

/** The word first, the number on demand: people read High, Medium, Low. */
export function ConfidenceWord({
  decision: { confidence, confidence_level: level },
}: {
  decision: Pick<DecisionJson, "confidence" | "confidence_level">;
}) {
  if (level === null || confidence === null) return <span className="quiet">Not read</span>;
  return (
    <span className={`confidence-word ${level}`} title={`${percent(confidence)} sure`}>
      <svg viewBox="0 0 14 12" width="14" height="12" aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 5}
            y={12 - bar * 4}
            width="3.5"
            height={bar * 4}
            rx="1"
            className={bar <= BARS[level] ? "on" : "off"}
          />
        ))}
      </svg>
      {CONFIDENCE_WORDS[level]}
    </span>
  );
}
