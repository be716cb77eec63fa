import { Body, Caption, Cell, Head, HeaderCell, HeaderRow, Row, Table } from "@zendeskgarden/react-tables";
import { Link } from "wouter";
import type { DecisionJson } from "../../triage/decision-json.ts";
import { outcomeWord } from "../../triage/outcome-json.ts";
import { Moment } from "../moment.tsx";
import { dollars, duration, STATE_WORDS } from "../wording.ts";
import { ActionTag } from "./action-tag.tsx";
import { ConfidenceWord } from "./confidence-word.tsx";
import { totalMs } from "./decision-times.ts";
import { useListState } from "./list-state.ts";
import { useIntentName } from "./queries.ts";
import "./lists.css";

export function DecisionsTable({ decisions }: { decisions: readonly DecisionJson[] }) {
  const nameOf = useIntentName();
  return (
    <Table size="small" className="decisions">
      <Caption>
        <span className="unseen">Decisions, newest first</span>
      </Caption>
      <Head>
        <HeaderRow>
          <HeaderCell className="ticket">Ticket</HeaderCell>
          <HeaderCell className="when">When</HeaderCell>
          <HeaderCell className="action">Action</HeaderCell>
          <HeaderCell className="intent wide">Intent</HeaderCell>
          <HeaderCell className="group">Group</HeaderCell>
          <HeaderCell className="confidence wide">Confidence</HeaderCell>
          <HeaderCell className="state wide">State</HeaderCell>
          <HeaderCell className="outcome wide">Outcome</HeaderCell>
          <HeaderCell className="by widest">By</HeaderCell>
          <HeaderCell className="time widest number">Time</HeaderCell>
          <HeaderCell className="cost widest number">Cost</HeaderCell>
        </HeaderRow>
      </Head>
      <Body>
        {decisions.map((decision) => (
          <DecisionRow
            key={decision.id}
            decision={decision}
            intent={decision.intent === null ? null : nameOf(decision.intent)}
          />
        ))}
      </Body>
    </Table>
  );
}

const BY = { claude: "Claude", local: "Local" } as const;

function DecisionRow({ decision, intent }: { decision: DecisionJson; intent: string | null }) {
  const state = useListState();
  return (
    <Row className="stretched-row">
      <Cell className="ticket">
        <Link href={`/decisions/${encodeURIComponent(decision.id)}`} state={state} className="row-button">
          #{decision.ticket_id}
        </Link>
      </Cell>
      <Cell className="when">
        <Moment at={decision.created_at} />
      </Cell>
      <Cell className="action">
        <ActionTag action={decision.action} />
      </Cell>
      <Cell className="intent wide">{intent ?? <Nothing />}</Cell>
      <Cell className="group">{decision.group ?? <Nothing />}</Cell>
      <Cell className="confidence wide">
        <ConfidenceWord decision={decision} />
      </Cell>
      <Cell className="state wide">
        <span className={decision.state === "failed" ? "bad-text" : undefined}>
          {STATE_WORDS[decision.state]}
        </span>
      </Cell>
      <Cell className="outcome wide">
        {decision.outcome === null ? <Nothing /> : outcomeWord(decision.outcome)}
      </Cell>
      <Cell className="by widest">
        {decision.classifier === null ? <Nothing /> : BY[decision.classifier]}
      </Cell>
      <Cell className="time widest number">{duration(totalMs(decision.timings_ms))}</Cell>
      <Cell className="cost widest number">
        {decision.classifier === null ? <Nothing /> : dollars(decision.cost_usd)}
      </Cell>
    </Row>
  );
}

const Nothing = () => (
  <span className="quiet">
    <span aria-hidden="true">–</span>
    <span className="unseen">none</span>
  </span>
);
