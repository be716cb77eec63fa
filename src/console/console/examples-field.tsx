import { Button, IconButton } from "@zendeskgarden/react-buttons";
import { Field, Label, Textarea } from "@zendeskgarden/react-forms";
import TrashIcon from "@zendeskgarden/svg-icons/src/16/trash-stroke.svg?react";
import { FieldMessage } from "./field-message.tsx";

interface ExamplesFieldProps {
  readonly examples: readonly string[];
  readonly issue: string | undefined;
  readonly onChange: (examples: string[]) => void;
}

export function ExamplesField({ examples, issue, onChange }: ExamplesFieldProps) {
  return (
    <fieldset className="lines-field">
      <legend>Examples</legend>
      <p className="quiet">What customers write when they want this.</p>
      {examples.map((example, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an example has no name but its place
        <div className="example-line" key={index}>
          <Field>
            <Label hidden>Example {index + 1}</Label>
            <Textarea
              isCompact
              minRows={1}
              maxRows={6}
              value={example}
              onChange={(event) => onChange(examples.with(index, event.target.value))}
            />
          </Field>
          <IconButton
            size="small"
            aria-label={`Remove example ${index + 1}`}
            onClick={() => onChange(examples.toSpliced(index, 1))}
          >
            <TrashIcon />
          </IconButton>
        </div>
      ))}
      <FieldMessage issue={issue} />
      <Button size="small" onClick={() => onChange([...examples, ""])}>
        Add an example
      </Button>
    </fieldset>
  );
}
