import { Combobox, Field, Hint, Label, Message, Option } from "@zendeskgarden/react-dropdowns";
import { useState } from "react";
import { groupKey } from "../../triage/decide.ts";
import type { Group } from "./answers.ts";
import { asSentence } from "./field-message.tsx";

interface GroupFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly groups: readonly Group[];
  /** What a group that the account does not have means, and what to do. */
  readonly missing: string;
  readonly issue: string | undefined;
  readonly onChange: (group: string) => void;
}

/** One of the account's groups, found by typing. A group that the account does not have stays visible as missing. */
export function GroupField({ label, hint, value, groups, missing, issue, onChange }: GroupFieldProps) {
  const [typed, setTyped] = useState("");
  const known = groups.find((group) => groupKey(group.name) === groupKey(value));
  const names = groups.map((group) => group.name).toSorted((a, b) => a.localeCompare(b));
  const wanted = typed === value ? "" : groupKey(typed);
  const found = names.filter((name) => groupKey(name).includes(wanted));
  const selected = known?.name ?? value;
  return (
    <Field>
      <Label>{label}</Label>
      {known === undefined ? (
        <Hint className="warn-text">
          “{value}” does not exist in the account. {missing}
        </Hint>
      ) : (
        hint !== undefined && <Hint>{hint}</Hint>
      )}
      <Combobox
        isAutocomplete
        isCompact
        listboxAriaLabel="Groups of the account"
        listboxMaxHeight="240px"
        selectionValue={selected}
        renderValue={() => selected}
        {...(issue === undefined ? {} : { validation: "error" })}
        onChange={({ inputValue, selectionValue }) => {
          if (inputValue !== undefined) setTyped(inputValue);
          if (typeof selectionValue === "string") {
            setTyped("");
            onChange(selectionValue);
          }
        }}
      >
        {/* The chosen one stays an option, hidden while it does not match, or the field would forget its label. */}
        {!found.includes(selected) && (
          <Option value={selected} isHidden={wanted !== "" || known !== undefined} />
        )}
        {found.map((name) => (
          <Option key={name} value={name} />
        ))}
        {found.length === 0 && <Option value="" label="No group matches" isDisabled />}
      </Combobox>
      {issue !== undefined && (
        <Message validation="error" validationLabel="Error">
          {asSentence(issue)}
        </Message>
      )}
    </Field>
  );
}
