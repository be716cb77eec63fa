import { useMutation } from "@tanstack/react-query";
import { Button } from "@zendeskgarden/react-buttons";
import { Body, Caption, Cell, Head, HeaderCell, HeaderRow, Row, Table } from "@zendeskgarden/react-tables";
import type { DecisionJson } from "../../triage/decision-json.ts";
import { sentenceOf } from "../request.ts";
import { ACTION_WORDS, CONFIDENCE_WORDS, NOT_CHANGED, percent } from "../wording.ts";
import { Replay } from "./answers.ts";
import { useApi } from "./session.ts";

interface RunAgainProps {
  readonly decision: DecisionJson;
  readonly nameOf: (intent: string) => string;
}

/** The same ticket with today's table and classifier, beside what was decided then. Nothing is written. */
export function RunAgain({ decision, nameOf }: RunAgainProps) {
  const api = useApi();
  const replay = useMutation({
    mutationFn: () => api(`/decisions/${encodeURIComponent(decision.id)}/replay`, Replay, { method: "POST" }),
  });
  return (
    <section className="card" aria-labelledby="again">
      <div className="change-head">
        <h2 id="again">What would happen now?</h2>
        <Button size="small" disabled={replay.isPending} onClick={() => replay.mutate()}>
          {replay.isPending ? "Running…" : "Run again without writing"}
        </Button>
      </div>
      <div aria-live="polite">
        {replay.data === undefined && replay.error === null && (
          <p className="quiet">
            Decides the ticket once more with today’s routing table. The ticket is not changed.
          </p>
        )}
        {replay.error !== null && <p className="field-trouble">{sentenceOf(replay.error)}</p>}
        {replay.data !== undefined && <SideBySide replay={replay.data} nameOf={nameOf} />}
      </div>
    </section>
  );
}

const rowsFor = (
  nameOf: (intent: string) => string,
): [label: string, show: (of: DecisionJson) => string][] => [
  ["Action", ({ action }) => ACTION_WORDS[action]],
  ["Intent", ({ intent }) => (intent ? nameOf(intent) : "–")],
  ["Group", ({ group }) => group ?? NOT_CHANGED],
  [
    "Confidence",
    ({ confidence, confidence_level: level }) =>
      level !== null && confidence !== null ? `${CONFIDENCE_WORDS[level]} (${percent(confidence)})` : "–",
  ],
  ["Tags", ({ tags }) => tags.join(" ") || "None"],
  ["Why", ({ reason_text: text, reasoning }) => [text, reasoning].filter(Boolean).join(" ") || "–"],
  ["Routing table", ({ routing_version: version }) => `Version ${version}`],
];

function SideBySide({
  replay: { original, replay },
  nameOf,
}: { replay: Replay } & Pick<RunAgainProps, "nameOf">) {
  const same = original.action === replay.action && original.group === replay.group;
  return (
    <>
      <p>
        <strong>{same ? "The same result." : "The result would be different."}</strong>
      </p>
      <Table size="small" isReadOnly className="side-by-side">
        <Caption>
          <span className="unseen">Then and now</span>
        </Caption>
        <Head>
          <HeaderRow>
            <HeaderCell className="field">
              <span className="unseen">Field</span>
            </HeaderCell>
            <HeaderCell>Then</HeaderCell>
            <HeaderCell>Now</HeaderCell>
          </HeaderRow>
        </Head>
        <Body>
          {rowsFor(nameOf).map(([label, show]) => (
            <Row key={label} className={show(original) === show(replay) ? "" : "differs"}>
              <Cell className="field">{label}</Cell>
              <Cell>{show(original)}</Cell>
              <Cell>{show(replay)}</Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </>
  );
}
