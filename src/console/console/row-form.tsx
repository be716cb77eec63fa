import { Field, Fieldset, Hint, Input, Label, Radio, Select, Textarea } from "@zendeskgarden/react-forms";
import { type Intent, ROW_MODES } from "../../triage/routing-table.ts";
import { PRIORITIES } from "../../triage/ticket.ts";
import { MODE_WORDS, PRIORITY_WORDS } from "../wording.ts";
import type { Group } from "./answers.ts";
import { ExamplesField } from "./examples-field.tsx";
import { FieldMessage } from "./field-message.tsx";
import { GroupField } from "./group-field.tsx";
import { MinimumField } from "./minimum-field.tsx";
import type { FieldIssues } from "./row-drawer.tsx";

const MODE_HINTS = {
  live: "Tickets with this intent are routed.",
  shadow: "Decisions are recorded; these tickets are not changed.",
  off: "The classifier does not know this intent.",
} as const;

interface RowFormProps {
  readonly intent: Intent;
  readonly groups: readonly Group[];
  readonly tableMinimum: number;
  readonly issues: FieldIssues;
  readonly onChange: (patch: Partial<Intent>) => void;
}

export function RowForm({ intent, groups, tableMinimum, issues, onChange }: RowFormProps) {
  return (
    <>
      <h3>Where it goes</h3>
      <GroupField
        value={intent.group}
        groups={groups}
        issue={issues.get("group")}
        onChange={(group) => onChange({ group })}
      />
      <PriorityField intent={intent} onChange={onChange} />
      <TagsField tags={intent.tags} issue={issues.get("tags")} onChange={(tags) => onChange({ tags })} />
      <MinimumField
        value={intent.min_confidence}
        tableMinimum={tableMinimum}
        issue={issues.get("min_confidence")}
        onChange={(minimum) => onChange({ min_confidence: minimum })}
      />
      <ModeField value={intent.mode} onChange={(mode) => onChange({ mode })} />
      <h3>What it means</h3>
      <p className="quiet">The classifier reads these words. They decide which tickets get this intent.</p>
      <TextField
        label="Description"
        value={intent.description}
        issue={issues.get("description")}
        onChange={(description) => onChange({ description })}
      />
      <TextField
        label="Not this if"
        hint="What looks similar and belongs elsewhere."
        value={intent.not_this_if ?? ""}
        issue={issues.get("not_this_if")}
        onChange={(not_this_if) => onChange({ not_this_if })}
      />
      <ExamplesField
        examples={intent.examples}
        issue={issues.get("examples")}
        onChange={(examples) => onChange({ examples })}
      />
    </>
  );
}

function PriorityField({ intent, onChange }: Pick<RowFormProps, "intent" | "onChange">) {
  const choose = (value: string): void => {
    onChange({ priority: PRIORITIES.find((priority) => priority === value) });
  };
  return (
    <Field>
      <Label>Priority</Label>
      <Select isCompact value={intent.priority ?? ""} onChange={(event) => choose(event.target.value)}>
        <option value="">Don’t change</option>
        {PRIORITIES.map((priority) => (
          <option key={priority} value={priority}>
            {PRIORITY_WORDS[priority]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly issue: string | undefined;
  readonly onChange: (tags: string[]) => void;
}

function TagsField({ tags, issue, onChange }: TagsFieldProps) {
  return (
    <Field>
      <Label>Tags</Label>
      <Hint>Added to the ticket’s own tags. Separate them with blanks.</Hint>
      <Input
        isCompact
        defaultValue={tags.join(" ")}
        autoCapitalize="none"
        spellCheck={false}
        {...(issue === undefined ? {} : { validation: "error" })}
        onChange={(event) => onChange(event.target.value.split(/[\s,]+/).filter(Boolean))}
      />
      <FieldMessage issue={issue} />
    </Field>
  );
}

function ModeField({ value, onChange }: { value: Intent["mode"]; onChange: (mode: Intent["mode"]) => void }) {
  return (
    <Fieldset isCompact>
      <Fieldset.Legend>Status</Fieldset.Legend>
      {ROW_MODES.map((mode) => (
        <Field key={mode}>
          <Radio name="mode" value={mode} checked={value === mode} onChange={() => onChange(mode)}>
            <Label>{MODE_WORDS[mode]}</Label>
            <Hint>{MODE_HINTS[mode]}</Hint>
          </Radio>
        </Field>
      ))}
    </Fieldset>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly issue: string | undefined;
  readonly onChange: (value: string) => void;
}

function TextField({ label, hint, value, issue, onChange }: TextFieldProps) {
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
