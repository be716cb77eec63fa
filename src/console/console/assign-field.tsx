import { Checkbox, Field, Hint, Label } from "@zendeskgarden/react-forms";
import { useState } from "react";
import type { Assignment, PersonAssignment } from "../../triage/assignment.ts";
import { ASSIGN_WORDS, type AssignTo } from "../../triage/assignment-words.ts";
import { ChoiceField } from "./choice-field.tsx";
import type { IssueAt } from "./issues.ts";
import { NumberField } from "./number-field.tsx";
import { assignmentTo } from "./table-edits.ts";
import { TagField } from "./tag-field.tsx";
import { WordsField } from "./words-field.tsx";

interface AssignFieldProps {
  readonly value: Assignment | undefined;
  /** The auto-routing tag of the whole table. */
  readonly tableTag: string | undefined;
  readonly issueAt: IssueAt;
  readonly onChange: (value: Assignment | undefined) => void;
}

type Kind = "omnichannel" | "person";
const kindOf = (to: Assignment["to"]): Kind => (to === "omnichannel" ? to : "person");

/** Who gets the ticket inside the group. */
export function AssignField({ value, tableTag, issueAt, onChange }: AssignFieldProps) {
  // The arrow keys walk through the choices: on the way nothing that was filled in may be lost.
  const [filled, setFilled] = useState<Partial<Record<Kind, Assignment>>>({});
  const choose = (to: AssignTo): void => {
    const now = value === undefined ? filled : { ...filled, [kindOf(value.to)]: value };
    setFilled(now);
    onChange(assignmentTo(to, to === "zendesk" ? undefined : now[kindOf(to)]));
  };
  return (
    <>
      <ChoiceField
        legend="Who gets the ticket"
        choices={ASSIGN_WORDS}
        value={value?.to ?? "zendesk"}
        onChange={choose}
      />
      {value?.to === "omnichannel" && (
        <OmnichannelFields value={value} tableTag={tableTag} issueAt={issueAt} onChange={onChange} />
      )}
      {value !== undefined && value.to !== "omnichannel" && (
        <PersonFields value={value} issueAt={issueAt} onChange={onChange} />
      )}
    </>
  );
}

interface OmnichannelFieldsProps extends AssignFieldProps {
  readonly value: Extract<Assignment, { to: "omnichannel" }>;
}

const OmnichannelFields = ({ value, tableTag, issueAt, onChange }: OmnichannelFieldsProps) => (
  <div className="detail">
    <TagField
      label="Auto-routing tag"
      hint={
        tableTag === undefined
          ? "As set in Admin Center for omnichannel routing. Empty: the one in the table settings, where there is none yet."
          : `As set in Admin Center for omnichannel routing. Empty: ${tableTag}, from the table settings.`
      }
      value={value.tag}
      issue={issueAt("assign.tag")}
      onChange={(tag) => onChange({ ...value, tag })}
    />
    <WordsField
      label="Skills"
      hint="Ids of the skills (attribute values) that the agent must have. Separate them with blanks."
      words={value.skills}
      issue={issueAt("assign.skills")}
      onChange={(skills) => onChange({ ...value, skills })}
    />
  </div>
);

interface PersonFieldsProps extends Omit<AssignFieldProps, "tableTag"> {
  readonly value: PersonAssignment;
}

const PersonFields = ({ value, issueAt, onChange }: PersonFieldsProps) => (
  <div className="detail">
    <Field>
      <Checkbox
        checked={value.returning_customer}
        onChange={(event) => onChange({ ...value, returning_customer: event.target.checked })}
      >
        <Label isRegular>The customer’s last agent first</Label>
        <Hint>Whoever solved this customer’s last ticket in the group, when available.</Hint>
      </Checkbox>
    </Field>
    <NumberField
      label="Give back after (minutes)"
      hint="The ticket returns to the group when that person has done nothing for so long, 5 to 10080 minutes (a week). Empty: never."
      value={value.return_after_minutes}
      issue={issueAt("assign.return_after_minutes")}
      onChange={(minutes) => onChange({ ...value, return_after_minutes: minutes })}
    />
  </div>
);
