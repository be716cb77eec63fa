import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@zendeskgarden/react-buttons";
import { Field, Label, Select } from "@zendeskgarden/react-forms";
import { useState } from "react";
import type { DecisionDetailJson } from "../../triage/outcome-json.ts";
import { ABSTENTIONS, isAbstention, type RoutingTable } from "../../triage/routing-table.ts";
import { Moment } from "../moment.tsx";
import { sentenceOf } from "../request.ts";
import { ABSTENTION_WORDS } from "../wording.ts";
import { Anything } from "./answers.ts";
import { useRouting } from "./queries.ts";
import { useApi } from "./session.ts";

interface WhatItWasAboutProps {
  readonly decision: DecisionDetailJson;
  readonly nameOf: (intent: string) => string;
}

/** A person's word about the ticket: from now on it is an example for tickets that are like it. */
export function WhatItWasAbout({ decision, nameOf }: WhatItWasAboutProps) {
  const { data: routing } = useRouting();
  const { said } = decision;
  return (
    <section className="card" aria-labelledby="about">
      <h2 id="about">What was it about?</h2>
      <p className="quiet" aria-live="polite">
        {said === null ? (
          "Switchyard learns from your answer for tickets that are like this one. This ticket is not moved."
        ) : (
          <>
            <strong>{nameOf(said.intent)}</strong>, as {said.by} said <Moment at={said.at} />. Tickets like
            this one are read with it in mind.
          </>
        )}
      </p>
      {routing !== undefined && <Answer key={said?.at ?? ""} decision={decision} table={routing.table} />}
    </section>
  );
}

function Answer({ decision, table }: { decision: DecisionDetailJson; table: RoutingTable }) {
  const api = useApi();
  const cache = useQueryClient();
  const rows = table.categories.flatMap((category) => category.intents);
  const likeliest = decision.said?.intent ?? decision.intent ?? "";
  const isKnown = rows.some((row) => row.id === likeliest) || isAbstention(decision.said?.intent ?? "");
  const [intent, setIntent] = useState(isKnown ? likeliest : "");
  const say = useMutation({
    mutationFn: () =>
      api("/feedback", Anything, { method: "POST", body: { decision_id: decision.id, intent } }),
    onSuccess: () =>
      Promise.all(
        [["decision", decision.id], ["decisions"]].map((queryKey) => cache.invalidateQueries({ queryKey })),
      ),
  });
  const isSaid = decision.said !== null && intent === decision.said.intent;
  return (
    <form
      className="about-form"
      onSubmit={(event) => {
        event.preventDefault();
        say.mutate();
      }}
    >
      <Field>
        <Label hidden>Intent</Label>
        <Select isCompact value={intent} onChange={(event) => setIntent(event.target.value)}>
          {intent === "" && <option value="">Choose an intent</option>}
          <optgroup label="None of the intents">
            {ABSTENTIONS.map((label) => (
              <option key={label} value={label}>
                {ABSTENTION_WORDS[label]}
              </option>
            ))}
          </optgroup>
          {table.categories.map((category) => (
            <optgroup key={category.id} label={category.name}>
              {category.intents.map((row) => (
                <option key={row.id} value={row.id}>
                  {row.name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Button size="small" type="submit" disabled={intent === "" || isSaid || say.isPending}>
        {say.isPending ? "Saving…" : "Save answer"}
      </Button>
      {say.error !== null && (
        <p className="field-trouble" role="alert">
          {sentenceOf(say.error)}
        </p>
      )}
    </form>
  );
}
