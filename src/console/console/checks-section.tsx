import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@zendeskgarden/react-buttons";
import { Skeleton } from "@zendeskgarden/react-loaders";
import ErrorIcon from "@zendeskgarden/svg-icons/src/16/alert-error-fill.svg?react";
import WarningIcon from "@zendeskgarden/svg-icons/src/16/alert-warning-fill.svg?react";
import OkIcon from "@zendeskgarden/svg-icons/src/16/check-circle-fill.svg?react";
import SkippedIcon from "@zendeskgarden/svg-icons/src/16/dash-stroke.svg?react";
import { Moment } from "../moment.tsx";
import { sentenceOf } from "../request.ts";
import { count } from "../wording.ts";
import { type Check, Checks } from "./answers.ts";
import { useApi } from "./session.ts";
import "./checks.css";

/** The worst first; of the same kind, as the server tells them. */
const STATES = [
  { state: "error", word: "Broken", noun: "broken", Icon: ErrorIcon },
  { state: "warning", word: "Look at this", noun: "to look at", Icon: WarningIcon },
  { state: "ok", word: "Fine", noun: "fine", Icon: OkIcon },
  { state: "skipped", word: "Not checked", noun: "not checked", Icon: SkippedIcon },
] as const;

const CHECKS = ["checks"];

/** What `switchyard doctor` would say, asked of the server that is running. */
export function ChecksSection() {
  const api = useApi();
  const cache = useQueryClient();
  const { data: round, error } = useQuery({
    queryKey: CHECKS,
    queryFn: ({ signal }) => api("/checks", Checks, { signal }),
  });
  const run = useMutation({
    mutationFn: () => api("/checks", Checks, { method: "POST" }),
    onSuccess: (found) => cache.setQueryData(CHECKS, found),
  });
  const trouble = run.error ?? error;
  return (
    <section className="card checks" aria-labelledby="checks" aria-busy={run.isPending}>
      <div className="change-head">
        <h2 id="checks">Checks</h2>
        <Button size="small" disabled={run.isPending} onClick={() => run.mutate()}>
          {run.isPending ? "Checking…" : round?.ran_at ? "Run the checks again" : "Run the checks"}
        </Button>
      </div>
      <div role="status">
        {trouble !== null && <p className="field-trouble">{sentenceOf(trouble)}</p>}
        {round !== undefined && <Summary round={round} />}
      </div>
      {round === undefined && error === null && <Skeleton height="80px" />}
      {round !== undefined && <Found checks={round.checks} />}
    </section>
  );
}

function Summary({ round: { ran_at: ranAt, checks } }: { round: Checks }) {
  if (ranAt === null)
    return (
      <p className="quiet">
        Tries settings, store, the Zendesk account and Claude. Nothing is changed; Claude reads one tiny test
        ticket.
      </p>
    );
  const counts = STATES.flatMap(({ state, noun }) => {
    const amount = checks.filter((check) => check.state === state).length;
    return amount === 0 ? [] : [`${amount} ${noun}`];
  });
  return (
    <p className="quiet">
      {count(checks.length, "check")}: {counts.join(", ")}. Last run <Moment at={ranAt} />.
    </p>
  );
}

const Found = ({ checks }: { checks: readonly Check[] }) => (
  <ul className="plain-list">
    {STATES.flatMap((kind) =>
      checks
        .filter(({ state }) => state === kind.state)
        .map((check) => <OneCheck key={`${check.id} ${check.message}`} check={check} {...kind} />),
    )}
  </ul>
);

interface OneCheckProps {
  readonly check: Check;
  readonly word: string;
  readonly Icon: (typeof STATES)[number]["Icon"];
}

function OneCheck({ check: { title, state, message, details, remedy }, word, Icon }: OneCheckProps) {
  return (
    <li className={`check is-${state}`}>
      <span className="check-state">
        <Icon aria-hidden="true" /> {word}
      </span>
      <h3>{title}</h3>
      <div>
        <p>{message}</p>
        {details.length > 0 && (
          <ul>
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
        {remedy !== null && (
          <p>
            <strong>What to do:</strong> {remedy}
          </p>
        )}
      </div>
    </li>
  );
}
