import { Skeleton } from "@zendeskgarden/react-loaders";
import { Alert, Title } from "@zendeskgarden/react-notifications";
import type { RoutingTable } from "../../triage/routing-table.ts";
import { sentenceOf } from "../request.ts";
import { count, percent, whole } from "../wording.ts";
import type { Preview } from "./answers.ts";
import { usePreview } from "./queries.ts";

const MOST_MOVES = 8;
const NOWHERE = "review by people";

/** What the draft would have done to the tickets that were already decided. */
export function WhatIf({ table }: { table: RoutingTable }) {
  const { data, error } = usePreview(table);
  if (error !== null)
    return (
      <Alert type="warning" className="block">
        <Title>The effect could not be worked out</Title>
        {sentenceOf(error)} You can publish all the same.
      </Alert>
    );
  if (data === undefined) return <Skeleton height="84px" aria-label="Working out the effect" />;
  return (
    <Alert type="info" className="block" role="status">
      <Title>{headline(data)}</Title>
      {data.compared > 0 && (
        <p>
          Compared on the last {count(data.compared, "decision")}, with the answers that the classifier gave
          then.
          {data.moved > 0 && ` That is ${percent(data.moved / data.compared)} of them.`}
        </p>
      )}
      <Moves moves={data.moves} />
    </Alert>
  );
}

function headline({ compared, moved }: Preview): string {
  if (compared === 0) return "There are no decisions yet to compare with";
  if (moved === 0) return "No recent ticket would have gone elsewhere";
  return `${count(moved, "recent ticket")} would have gone elsewhere`;
}

function Moves({ moves }: { moves: Preview["moves"] }) {
  if (moves.length === 0) return null;
  const hidden = moves.length - MOST_MOVES;
  return (
    <ul className="moves">
      {moves.slice(0, MOST_MOVES).map(({ from, to, count: tickets }) => (
        <li key={`${from} ${to}`}>
          {from ?? NOWHERE} → {to ?? NOWHERE}: <strong>{whole(tickets)}</strong>
        </li>
      ))}
      {hidden > 0 && <li>and {count(hidden, "other way")}</li>}
    </ul>
  );
}
