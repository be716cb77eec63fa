import { Field, Label, Select } from "@zendeskgarden/react-forms";
import type { Intent } from "../../triage/routing-table.ts";
import { PRIORITIES } from "../../triage/ticket.ts";
import { MODE_WORDS, PRIORITY_WORDS } from "../wording.ts";
import type { Group } from "./answers.ts";
import { AssignField } from "./assign-field.tsx";
import { ChoiceField } from "./choice-field.tsx";
import { ExamplesField } from "./examples-field.tsx";
import { GroupField } from "./group-field.tsx";
import type { IssueAt } from "./issues.ts";
import { MinimumField } from "./minimum-field.tsx";
import { TextField } from "./text-field.tsx";
import { WordsField } from "./words-field.tsx";

const MODES = {
  live: { label: MODE_WORDS.live, meaning: "Tickets with this intent are routed." },
  shadow: { label: MODE_WORDS.shadow, meaning: "Decisions are recorded; these tickets are not changed." },
  off: { label: MODE_WORDS.off, meaning: "The classifier does not know this intent." },
} as const;

interface RowFormProps {
  readonly intent: Intent;
  readonly groups: readonly Group[];
  readonly tableMinimum: number;
  /** The auto-routing tag of the whole table. */
  readonly tableTag: string | undefined;
  readonly issueAt: IssueAt;
  readonly onChange: (patch: Partial<Intent>) => void;
}

export function RowForm({ intent, groups, tableMinimum, tableTag, issueAt, onChange }: RowFormProps) {
  return (
    <>
      <h3>Where it goes</h3>
      <GroupField
        label="Group"
        value={intent.group}
        groups={groups}
        missing="Until you choose another group, these tickets go to the fallback group."
        issue={issueAt("group")}
        onChange={(group) => onChange({ group })}
      />
      <PriorityField intent={intent} onChange={onChange} />
      <WordsField
        label="Tags"
        hint="Added to the ticket’s own tags. Separate them with blanks."
        words={intent.tags}
        issue={issueAt("tags")}
        onChange={(tags) => onChange({ tags })}
      />
      <MinimumField
        value={intent.min_confidence}
        tableMinimum={tableMinimum}
        issue={issueAt("min_confidence")}
        onChange={(minimum) => onChange({ min_confidence: minimum })}
      />
      <ChoiceField
        legend="Status"
        choices={MODES}
        value={intent.mode}
        onChange={(mode) => onChange({ mode })}
      />
      <h3>Below the group</h3>
      <AssignField
        value={intent.assign}
        tableTag={tableTag}
        issueAt={issueAt}
        onChange={(assign) => onChange({ assign })}
      />
      <h3>What it means</h3>
      <p className="quiet">The classifier reads these words. They decide which tickets get this intent.</p>
      <TextField
        label="Description"
        value={intent.description}
        issue={issueAt("description")}
        onChange={(description) => onChange({ description })}
      />
      <TextField
        label="Not this if"
        hint="What looks similar and belongs elsewhere."
        value={intent.not_this_if ?? ""}
        issue={issueAt("not_this_if")}
        onChange={(not_this_if) => onChange({ not_this_if })}
      />
      <ExamplesField
        examples={intent.examples}
        issue={issueAt("examples")}
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
