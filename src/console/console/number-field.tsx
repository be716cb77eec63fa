import { Field, Hint, Input, Label } from "@zendeskgarden/react-forms";
import { useState } from "react";
import { FieldMessage } from "./field-message.tsx";

interface NumberFieldProps {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly hint?: string;
  readonly value: number | undefined;
  readonly issue: string | undefined;
  /** Undefined: empty. Not a number: something else was typed, which the table refuses. */
  readonly onChange: (value: number | undefined) => void;
}

/** Text, and not the browser's number field: that one answers "empty" for what is no number, and turns under the wheel. */
export function NumberField({
  label,
  isLabelHidden = false,
  hint,
  value,
  issue,
  onChange,
}: NumberFieldProps) {
  const [typed, setTyped] = useState("");
  const shown = Object.is(numberOf(typed), value) ? typed : String(value ?? "");
  return (
    <Field className="number-field">
      <Label hidden={isLabelHidden}>{label}</Label>
      {hint !== undefined && <Hint>{hint}</Hint>}
      <Input
        isCompact
        inputMode="numeric"
        autoComplete="off"
        value={shown}
        {...(issue === undefined ? {} : { validation: "error" })}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(numberOf(event.target.value));
        }}
      />
      <FieldMessage issue={issue} />
    </Field>
  );
}

const numberOf = (text: string): number | undefined => (text.trim() === "" ? undefined : Number(text));
