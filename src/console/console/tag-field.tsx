import { Field, Hint, Input, Label } from "@zendeskgarden/react-forms";
import { FieldMessage } from "./field-message.tsx";

interface TagFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | undefined;
  readonly issue: string | undefined;
  /** Undefined: empty. */
  readonly onChange: (tag: string | undefined) => void;
}

/** One tag, or none. */
export function TagField({ label, hint, value, issue, onChange }: TagFieldProps) {
  return (
    <Field>
      <Label>{label}</Label>
      <Hint>{hint}</Hint>
      <Input
        isCompact
        value={value ?? ""}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...(issue === undefined ? {} : { validation: "error" })}
        onChange={(event) => onChange(event.target.value.trim() || undefined)}
      />
      <FieldMessage issue={issue} />
    </Field>
  );
}
