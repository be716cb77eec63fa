import { Button, IconButton } from "@zendeskgarden/react-buttons";
import { Field, Input, Label } from "@zendeskgarden/react-forms";
import TrashIcon from "@zendeskgarden/svg-icons/src/16/trash-stroke.svg?react";
import { useId, useRef } from "react";
import { flushSync } from "react-dom";
import type { Policies } from "../../triage/policies.ts";
import { FieldMessage } from "./field-message.tsx";
import type { IssueAt } from "./issues.ts";
import { NumberField } from "./number-field.tsx";
import { type HoldLine, holdLines, holdOf } from "./table-edits.ts";

/** The usual ones; an account can have others. */
const CHANNELS = {
  web: "Web form",
  email: "Email",
  native_messaging: "Messaging",
  chat: "Chat",
  api: "API",
  mobile: "Mobile",
  voice: "Voice",
  whatsapp: "WhatsApp",
  facebook: "Facebook",
};
/** A first wait for whoever has none. */
const USUAL_MINUTES = 10;

interface HoldFieldProps {
  readonly hold: Policies["hold"];
  readonly issueAt: IssueAt;
  readonly onChange: (hold: Policies["hold"]) => void;
}

/** Channels whose tickets wait for people first, and for how long. */
export function HoldField({ hold, issueAt, onChange }: HoldFieldProps) {
  const lines = holdLines(hold);
  const box = useRef<HTMLFieldSetElement>(null);
  const known = useId();
  const change = (next: readonly HoldLine[], thenFocus: string): void => {
    flushSync(() => onChange(holdOf(next)));
    box.current?.querySelector<HTMLElement>(thenFocus)?.focus();
  };
  const issues = lines.map(({ entry, place }) => ({
    channel: issueAt(`policies.hold.${entry}.channel.${place}`),
    minutes: issueAt(`policies.hold.${entry}.minutes`),
  }));
  const isOnLine = issues.some(({ channel, minutes }) => (channel ?? minutes) !== undefined);
  return (
    <fieldset className="lines-field" ref={box}>
      <legend>Wait for people first</legend>
      <p className="quiet">
        A ticket of such a channel is routed when nobody has touched it for so long. All others are routed at
        once.
      </p>
      <datalist id={known}>
        {Object.entries(CHANNELS).map(([channel, label]) => (
          <option key={channel} value={channel}>
            {label}
          </option>
        ))}
      </datalist>
      {lines.map((line, index) => (
        <HoldLineFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          key={index}
          line={line}
          number={index + 1}
          known={known}
          issue={issues[index]}
          onChange={(next) => onChange(holdOf(lines.with(index, { ...line, ...next })))}
          onRemove={() => change(lines.toSpliced(index, 1), ".add")}
        />
      ))}
      <FieldMessage issue={isOnLine ? undefined : issueAt("policies.hold")} />
      <Button
        size="small"
        className="add"
        onClick={() =>
          change([...lines, { channel: "", minutes: USUAL_MINUTES }], ".hold-line:nth-last-of-type(1) input")
        }
      >
        Add a channel
      </Button>
    </fieldset>
  );
}

interface HoldLineFieldsProps {
  readonly line: HoldLine;
  readonly number: number;
  /** Id of the list of usual channels. */
  readonly known: string;
  readonly issue: { readonly channel: string | undefined; readonly minutes: string | undefined } | undefined;
  readonly onChange: (line: Partial<HoldLine>) => void;
  readonly onRemove: () => void;
}

const HoldLineFields = ({ line, number, known, issue, onChange, onRemove }: HoldLineFieldsProps) => (
  <div className="hold-line">
    <Field>
      <Label>
        Channel <span className="unseen">{number}</span>
      </Label>
      <Input
        isCompact
        list={known}
        value={line.channel}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...(issue?.channel === undefined ? {} : { validation: "error" })}
        onChange={(event) => onChange({ channel: event.target.value.trim() })}
      />
      <FieldMessage issue={issue?.channel} />
    </Field>
    <NumberField
      label="Minutes"
      value={line.minutes}
      issue={issue?.minutes}
      onChange={(minutes = Number.NaN) => onChange({ minutes })}
    />
    <IconButton size="small" aria-label={`Remove channel ${number}`} onClick={onRemove}>
      <TrashIcon />
    </IconButton>
  </div>
);
