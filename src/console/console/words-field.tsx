import { Field, Hint, Input, Label } from "@zendeskgarden/react-forms";
import { useState } from "react";
import { FieldMessage } from "./field-message.tsx";

interface WordsFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly words: readonly string[];
  readonly issue: string | undefined;
  readonly onChange: (words: string[]) => void;
}

/** Several words in one line. What is typed stays as it is typed, blanks and commas included. */
export function WordsField({ label, hint, words, issue, onChange }: WordsFieldProps) {
  const [typed, setTyped] = useState("");
  const written = words.join(" ");
  return (
    <Field>
      <Label>{label}</Label>
      <Hint>{hint}</Hint>
      <Input
        isCompact
        value={wordsIn(typed).join(" ") === written ? typed : written}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...(issue === undefined ? {} : { validation: "error" })}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(wordsIn(event.target.value));
        }}
      />
      <FieldMessage issue={issue} />
    </Field>
  );
}

const wordsIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
