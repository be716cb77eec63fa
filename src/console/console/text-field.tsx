import { Field, Hint, Label, Textarea } from "@zendeskgarden/react-forms";
import { FieldMessage } from "./field-message.tsx";

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly issue: string | undefined;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, hint, value, issue, onChange }: TextFieldProps) {
  return (
    <Field>
      <Label>{label}</Label>
      {hint !== undefined && <Hint>{hint}</Hint>}
      <Textarea
        isCompact
        minRows={3}
        maxRows={10}
        value={value}
        {...(issue === undefined ? {} : { validation: "error" })}
        onChange={(event) => onChange(event.target.value)}
      />
      <FieldMessage issue={issue} />
    </Field>
  );
}
