import { Field, Fieldset, Hint, Label, Radio } from "@zendeskgarden/react-forms";
import { useId } from "react";
import type { ChoiceWords } from "../../triage/policy-words.ts";

interface ChoiceFieldProps<Choice extends string> {
  readonly legend: string;
  /** In the order in which they are shown. */
  readonly choices: Readonly<Record<Choice, ChoiceWords>>;
  readonly value: Choice;
  readonly onChange: (value: Choice) => void;
}

/** One of a few, each with a sentence about what it does. */
export function ChoiceField<Choice extends string>(props: ChoiceFieldProps<Choice>) {
  const { legend, choices, value, onChange } = props;
  const name = useId();
  return (
    <Fieldset isCompact>
      <Fieldset.Legend>{legend}</Fieldset.Legend>
      {(Object.keys(choices) as Choice[]).map((choice) => (
        <Field key={choice}>
          <Radio name={name} value={choice} checked={value === choice} onChange={() => onChange(choice)}>
            <Label>{choices[choice].label}</Label>
            <Hint>{choices[choice].meaning}</Hint>
          </Radio>
        </Field>
      ))}
    </Fieldset>
  );
}
