import { classificationPolicyOf, type Policies, policiesOf } from "../../triage/policies.ts";
import { languagesWords } from "../../triage/policy-words.ts";
import type { RoutingTable } from "../../triage/routing-table.ts";
import type { Group } from "./answers.ts";
import { GroupField } from "./group-field.tsx";
import type { IssueAt } from "./issues.ts";
import { NumberField } from "./number-field.tsx";
import { PercentField } from "./percent-field.tsx";
import { PoliciesForm } from "./policies-form.tsx";
import { PriorityField } from "./priority-field.tsx";
import { TextField } from "./text-field.tsx";
import { WordsField } from "./words-field.tsx";

const SLIDER = { min: 0, max: 100, step: 5 };
const TYPED = { min: 0, max: 100, step: 1 };

interface SettingsFormProps {
  readonly table: RoutingTable;
  readonly groups: readonly Group[];
  readonly issueAt: IssueAt;
  readonly onChange: (patch: Partial<RoutingTable>) => void;
}

export function SettingsForm({ table, groups, issueAt, onChange }: SettingsFormProps) {
  const policies = policiesOf(table);
  return (
    <>
      <h3>When no row decides</h3>
      <GroupField
        label="Fallback group"
        hint="Looks after tickets that fit no row, that nobody could be sure about, or whose group is missing."
        value={table.fallback.group}
        groups={groups}
        missing="Choose another: until then, tickets that nobody can place stay without a group."
        issue={issueAt("fallback.group")}
        onChange={(group) => onChange({ fallback: { group } })}
      />
      <fieldset className="minimum-field">
        <legend>Minimum confidence</legend>
        <PercentField
          label="Minimum confidence"
          hint={minimumHint(policies)}
          value={table.min_confidence}
          slider={SLIDER}
          typed={TYPED}
          onChange={(min_confidence) => onChange({ min_confidence })}
        />
      </fieldset>
      <PoliciesForm
        policies={policies}
        issueAt={issueAt}
        onChange={(patch) => onChange({ policies: { ...policies, ...patch } })}
      />
      <h3>How tickets are read</h3>
      <TextField
        label="Guidance"
        hint="For the classifier, in your own words: how to treat emotion, implicit requests, several issues in one ticket."
        value={table.guidance}
        issue={issueAt("guidance")}
        onChange={(guidance) => onChange({ guidance })}
      />
      <PriorityField
        table={table}
        issue={issueAt("priority_order")}
        onChange={(priority_order) => onChange({ priority_order })}
      />
      <ReadingFields table={table} issueAt={issueAt} onChange={onChange} />
    </>
  );
}

const minimumHint = ({ target_accuracy }: Policies): string =>
  target_accuracy === undefined
    ? "Less certain tickets go to people instead. A row can ask for more or less."
    : "Less certain tickets go to people instead. A row can ask for more or less, and the target accuracy on the Confidence page for more.";

function ReadingFields({ table, issueAt, onChange }: Omit<SettingsFormProps, "groups">) {
  const reading = classificationPolicyOf(table);
  const named = languagesWords(reading);
  return (
    <>
      <WordsField
        label="Languages for the larger model"
        hint={
          named === ""
            ? "Codes such as th or pt-BR. Tickets in these languages are read by Claude’s larger model at once."
            : `Read by Claude’s larger model at once: ${named}.`
        }
        words={reading.larger_model_languages}
        issue={issueAt("classification.larger_model_languages")}
        onChange={(larger_model_languages) =>
          onChange({ classification: { ...reading, larger_model_languages } })
        }
      />
      <NumberField
        label="Ask in two steps above (rows)"
        hint="With more rows than this, Claude is asked for the category first, then for the intent inside it."
        value={reading.cascade_above}
        issue={issueAt("classification.cascade_above")}
        onChange={(cascade_above = Number.NaN) => onChange({ classification: { ...reading, cascade_above } })}
      />
    </>
  );
}
