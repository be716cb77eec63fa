import { Body, Caption, Cell, Head, HeaderCell, HeaderRow, Row, Table } from "@zendeskgarden/react-tables";
import type { Confidence, Share } from "./confidence-query.ts";
import {
  outcomesWords,
  precisely,
  proofWords,
  sharesWords,
  sourceWords,
  standingWords,
  thresholdWords,
} from "./confidence-words.ts";

type Intent = Confidence["intents"][number];

/** Those with most behind them first. */
export function ConfidenceTable({ confidence: { intents, needed } }: { confidence: Confidence }) {
  const sorted = intents.toSorted((a, b) => b.outcomes - a.outcomes);
  return (
    <section aria-labelledby="intents">
      <h2 id="intents">Thresholds by intent</h2>
      <p className="quiet block">
        {standingWords(intents)}.{needed !== null && ` ${proofWords(needed)}`}
      </p>
      <Table size="small" isReadOnly className="thresholds">
        <Caption>
          <span className="unseen">The confidence that each intent asks for, and why</span>
        </Caption>
        <Head>
          <HeaderRow>
            <HeaderCell className="intent">Intent</HeaderCell>
            <HeaderCell className="threshold">Routed alone from</HeaderCell>
            <HeaderCell className="why wide">Why</HeaderCell>
            <HeaderCell className="share wide">Share routed alone</HeaderCell>
            <HeaderCell className="share wide">Wrong</HeaderCell>
            <HeaderCell className="outcomes">Outcomes</HeaderCell>
          </HeaderRow>
        </Head>
        <Body>
          {sorted.map((intent) => (
            <IntentRow key={intent.intent} intent={intent} needed={needed} />
          ))}
        </Body>
      </Table>
    </section>
  );
}

function IntentRow({ intent, needed }: { intent: Intent; needed: number | null }) {
  const why = sourceWords(intent, needed);
  const shares = sharesWords(intent);
  return (
    <Row>
      <Cell className="intent">
        {intent.name}
        <span className="narrow-why quiet">{why}</span>
        {shares !== null && <span className="narrow-why quiet">{shares}</span>}
      </Cell>
      <Cell className="threshold">{thresholdWords(intent)}</Cell>
      <Cell className={intent.source === "missed" ? "why wide warn-text" : "why wide"}>{why}</Cell>
      <Cell className="share wide">
        <ShareText share={intent.coverage} />
      </Cell>
      <Cell className="share wide">
        <ShareText share={intent.wrong} />
      </Cell>
      <Cell className="outcomes">{outcomesWords(intent, needed)}</Cell>
    </Row>
  );
}

function ShareText({ share }: { share: Share | null }) {
  if (share === null) return <span className="quiet">Unknown</span>;
  return (
    <>
      {precisely(share.value)}{" "}
      <span className="quiet interval">
        ({precisely(share.low)} to {precisely(share.high)})
      </span>
    </>
  );
}
