import { CalibrationPlot } from "../../charts/calibration-plot.ts";
import { Figure } from "../../charts/figure.ts";
import { LineChart } from "../../charts/line-chart.ts";
import type { Confidence } from "./confidence-query.ts";
import { precisely } from "./confidence-words.ts";

/** Whether confidence is to be believed, and what more certainty costs. */
export function ConfidenceCharts({ confidence }: { confidence: Confidence }) {
  return (
    <div className="two-columns">
      <section className="card">
        <Reliability confidence={confidence} />
      </section>
      <section className="card">
        <RiskAndCoverage confidence={confidence} />
      </section>
    </div>
  );
}

function Reliability({ confidence: { reliability, calibration_error: error } }: { confidence: Confidence }) {
  return (
    <Figure
      title="Is it as often right as it says?"
      description={`On the dashed line, it is. ${error === null ? "" : `On average it is ${precisely(error)} away. `}Lines show where the true share lies with 95% certainty; small numbers count tickets.`}
      table={{
        columns: ["Confidence", "Right", "At least", "At most", "Tickets"],
        rows: reliability.map(({ stated, right, low, high, count }) => [
          precisely(stated),
          precisely(right),
          precisely(low),
          precisely(high),
          count,
        ]),
      }}
    >
      <CalibrationPlot series={[{ name: "Confidence", bins: reliability }]} />
    </Figure>
  );
}

const ROUND_TO = 0.05;

function RiskAndCoverage({ confidence: { curve } }: { confidence: Confidence }) {
  const top = Math.max(...curve.map(({ wrong }) => wrong), ROUND_TO);
  const highest = Math.min(1, Math.ceil((top * 1.5) / ROUND_TO) * ROUND_TO);
  return (
    <Figure
      title="What more certainty costs"
      description="From left to right, less sure tickets are routed alone, too. The band reaches up to what the share of wrong ones stays below with 95% certainty."
      table={{
        columns: ["Confidence from", "Routed alone", "Wrong", "Wrong at most"],
        rows: curve.map(({ threshold, coverage, wrong, wrong_at_most: most }) => [
          precisely(threshold),
          precisely(coverage),
          precisely(wrong),
          precisely(most),
        ]),
      }}
    >
      <LineChart
        labelX="routed alone"
        labelY="wrong among them"
        domainX={[0, 1]}
        domainY={[0, highest]}
        formatX={precisely}
        formatY={precisely}
        series={[
          {
            name: "Wrong",
            points: curve.map(({ coverage, wrong, wrong_at_most: most }) => ({
              x: coverage,
              y: wrong,
              low: wrong,
              high: Math.min(most, highest),
            })),
          },
        ]}
      />
    </Figure>
  );
}
