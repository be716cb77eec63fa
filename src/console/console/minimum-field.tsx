import { Checkbox, Field, Label } from "@zendeskgarden/react-forms";
import { percent } from "../wording.ts";
import { FieldMessage } from "./field-message.tsx";
import { PercentField } from "./percent-field.tsx";

const SLIDER = { min: 0, max: 100, step: 5 };
const TYPED = { min: 0, max: 100, step: 1 };

interface MinimumFieldProps {
  /** 0 to 1; undefined: the table's own. */
  readonly value: number | undefined;
  readonly tableMinimum: number;
  readonly issue: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}

export function MinimumField({ value, tableMinimum, issue, onChange }: MinimumFieldProps) {
  const own = value !== undefined;
  return (
    <fieldset className="minimum-field">
      <legend>Minimum confidence</legend>
      <Field>
        <Checkbox checked={!own} onChange={() => onChange(own ? undefined : tableMinimum)}>
          <Label isRegular>Ask for the table’s minimum confidence ({percent(tableMinimum)})</Label>
        </Checkbox>
      </Field>
      {own && (
        <PercentField
          label="Minimum confidence"
          hint="Less certain tickets go to people instead."
          value={value}
          slider={SLIDER}
          typed={TYPED}
          onChange={onChange}
        />
      )}
      <FieldMessage issue={issue} />
    </fieldset>
  );
}
