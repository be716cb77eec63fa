import { Button } from "@zendeskgarden/react-buttons";
import { Checkbox, Field, Label } from "@zendeskgarden/react-forms";
import { Link } from "wouter";
import { policiesOf } from "../../triage/policies.ts";
import { sentenceOf } from "../request.ts";
import { CLASSIFIER_WORDS, count } from "../wording.ts";
import type { Draft } from "./answers.ts";
import type { Confidence, Share } from "./confidence-query.ts";
import { precisely } from "./confidence-words.ts";
import { useSaveDraft, useSay } from "./draft.ts";
import { PercentField } from "./percent-field.tsx";

/** A first target for whoever has none: one ticket in twenty may be wrong. */
const USUAL = 0.95;
const SLIDER = { min: 80, max: 99, step: 1 };
const TYPED = { min: 50, max: 99.9, step: 0.1 };

interface TargetProps {
  readonly draft: Draft;
  readonly confidence: Confidence;
  /** What is being tried; null: as the draft says. */
  readonly tried: number | null;
  readonly onTry: (target: number | null) => void;
}

export function ConfidenceTarget({ draft, confidence, tried, onTry }: TargetProps) {
  const saved = policiesOf(draft.table).target_accuracy ?? null;
  const target = tried ?? saved;
  const save = useSave(draft, onTry);
  const drop = (): void => (saved === null ? onTry(null) : save.to(null));
  return (
    <section className="card" aria-labelledby="target">
      <h2 id="target">Target accuracy</h2>
      <Field className="block">
        <Checkbox
          checked={target !== null}
          disabled={save.isPending}
          onChange={() => (target === null ? onTry(USUAL) : drop())}
        >
          <Label isRegular>Let outcomes decide how sure Switchyard must be</Label>
        </Checkbox>
      </Field>
      {target === null ? (
        <p className="quiet">
          No target is set: the minimum confidences of the routing table decide, whatever outcomes say.
        </p>
      ) : (
        <TargetField value={target} onChange={onTry} />
      )}
      <Cost confidence={confidence} />
      {save.error !== null && (
        <p role="alert" className="field-trouble">
          {sentenceOf(save.error)}
        </p>
      )}
      <div className="actions target-actions">
        {tried !== null && tried !== saved && (
          <>
            <Button size="small" isPrimary disabled={save.isPending} onClick={() => save.to(tried)}>
              {save.isPending ? "Saving…" : "Save to draft"}
            </Button>
            <Button size="small" isBasic onClick={() => onTry(null)}>
              Back to {saved === null ? "no target" : precisely(saved)}
            </Button>
          </>
        )}
        {draft.saved === true && <Link href="/routing">Publish in the routing table</Link>}
      </div>
    </section>
  );
}

/** Null takes the target out of the draft. */
function useSave(draft: Draft, onTry: (target: null) => void) {
  const { mutate, isPending, error } = useSaveDraft();
  const say = useSay();
  const to = (target: number | null): void => {
    const { target_accuracy: _, ...policies } = policiesOf(draft.table);
    const table = {
      ...draft.table,
      policies: target === null ? policies : { ...policies, target_accuracy: target },
    };
    mutate(
      { table, baseVersion: draft.base_version },
      {
        onSuccess: () => {
          onTry(null);
          say("Saved to the draft", "It takes effect when the routing table is published.");
        },
      },
    );
  };
  return { to, isPending, error };
}

const TargetField = ({ value, onChange }: { value: number; onChange: (value: number) => void }) => (
  <div className="target-line">
    <PercentField
      label="Target accuracy"
      hint="Of the tickets that are routed alone, at least so many must be right. Each proven threshold keeps this with 95% certainty."
      value={value}
      slider={SLIDER}
      typed={TYPED}
      onChange={onChange}
    />
  </div>
);

/** What the target costs, in one sentence, or that nobody can know yet. */
function Cost({ confidence }: { confidence: Confidence }) {
  const { coverage, wrong, proofs, classifier } = confidence;
  if (coverage === null)
    return (
      <p className="block">
        <strong>Not enough data yet</strong> to say what share of the tickets this routes alone.
      </p>
    );
  return (
    <p className="block" role="status">
      Routes <strong>{precisely(coverage.value)}</strong> of the tickets alone{between(coverage)}
      {wrong !== null && (
        <>
          ; of those, <strong>{precisely(wrong.value)}</strong> were wrong{between(wrong)}
        </>
      )}
      .{" "}
      <span className="quiet">
        Seen on {count(proofs, "outcome")} of {CLASSIFIER_WORDS[classifier]}.
      </span>
    </p>
  );
}

const between = ({ low, high }: Share): string => ` (${precisely(low)} to ${precisely(high)})`;
