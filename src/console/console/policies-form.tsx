import { Checkbox, Field, Hint, Label } from "@zendeskgarden/react-forms";
import type { Policies } from "../../triage/policies.ts";
import { type ChosenPolicy, POLICY_WORDS } from "../../triage/policy-words.ts";
import { ChoiceField } from "./choice-field.tsx";
import { HoldField } from "./hold-field.tsx";
import type { IssueAt } from "./issues.ts";
import { PercentField } from "./percent-field.tsx";
import { TagField } from "./tag-field.tsx";

const SLIDER = { min: 0, max: 50, step: 5 };
const TYPED = { min: 0, max: 100, step: 1 };

interface PoliciesFormProps {
  readonly policies: Policies;
  readonly issueAt: IssueAt;
  readonly onChange: (patch: Partial<Policies>) => void;
}

/** How the router behaves towards people, rules of the account, and doubt. */
export function PoliciesForm({ policies, issueAt, onChange }: PoliciesFormProps) {
  const choice = { policies, onChange };
  return (
    <>
      <h3>Which tickets are routed</h3>
      <PolicyField of="grouped_by_rule" {...choice} />
      <PolicyField of="grouped_by_person" {...choice} />
      <PolicyField of="agent_created" {...choice} />
      <PolicyField of="side_conversations" {...choice} />
      <PolicyField of="injection" {...choice} />
      <h3>When they are routed</h3>
      <HoldField hold={policies.hold} issueAt={issueAt} onChange={(hold) => onChange({ hold })} />
      <SecondLookField value={policies.retriage} onChange={(retriage) => onChange({ retriage })} />
      <h3>Omnichannel routing</h3>
      <TagField
        label="Auto-routing tag"
        hint="The one that Admin Center names for omnichannel routing. It is set together with the group, so that Zendesk’s own routing begins only then. Empty: none."
        value={policies.auto_routing_tag}
        issue={issueAt("policies.auto_routing_tag")}
        onChange={(auto_routing_tag) => onChange({ auto_routing_tag })}
      />
    </>
  );
}

interface PolicyFieldProps<K extends ChosenPolicy> extends Omit<PoliciesFormProps, "issueAt"> {
  readonly of: K;
}

function PolicyField<K extends ChosenPolicy>({ of, policies, onChange }: PolicyFieldProps<K>) {
  const { name, choices } = POLICY_WORDS[of];
  return (
    <ChoiceField<Policies[K]>
      legend={name}
      choices={choices}
      value={policies[of]}
      onChange={(value) => onChange({ [of]: value })}
    />
  );
}

interface SecondLookFieldProps {
  readonly value: Policies["retriage"];
  readonly onChange: (value: Policies["retriage"]) => void;
}

const SecondLookField = ({ value, onChange }: SecondLookFieldProps) => (
  <fieldset className="minimum-field">
    <legend>Second look</legend>
    <Field>
      <Checkbox
        checked={value.on_comment}
        onChange={(event) => onChange({ ...value, on_comment: event.target.checked })}
      >
        <Label isRegular>Look again when the customer writes again</Label>
        <Hint>
          Only while nobody has touched the ticket. It moves when the new answer is surer than the first.
        </Hint>
      </Checkbox>
    </Field>
    {value.on_comment && (
      <PercentField
        label="How much surer"
        hint="By so many points of confidence the new answer must be surer."
        value={value.margin}
        slider={SLIDER}
        typed={TYPED}
        onChange={(margin) => onChange({ ...value, margin })}
      />
    )}
  </fieldset>
);
