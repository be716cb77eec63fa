import { Checkbox, Field, Input, Label, Range } from "@zendeskgarden/react-forms";
import { useId } from "react";
import { percent } from "../wording.ts";
import { FieldMessage } from "./field-message.tsx";

const STEP = 5;

interface MinimumFieldProps {
  /** 0 to 1; undefined: the table's own. */
  readonly value: number | undefined;
  readonly tableMinimum: number;
  readonly issue: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}

export function MinimumField({ value, tableMinimum, issue, onChange }: MinimumFieldProps) {
  const own = value !== undefined;
  return (
    <fieldset className="minimum-field">
      <legend>Minimum confidence</legend>
      <Field>
        <Checkbox checked={!own} onChange={() => onChange(own ? undefined : tableMinimum)}>
          <Label isRegular>Ask for the table’s minimum confidence ({percent(tableMinimum)})</Label>
        </Checkbox>
      </Field>
      {own && <OwnMinimum value={value} onChange={onChange} />}
      <FieldMessage issue={issue} />
    </fieldset>
  );
}

function OwnMinimum({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const hint = useId();
  const points = Math.round(value * 100);
  const set = (text: string): void => {
    const typed = Number.parseInt(text, 10);
    if (Number.isFinite(typed)) onChange(Math.min(100, Math.max(0, typed)) / 100);
  };
  return (
    <>
      <div className="slider-line">
        <Field>
          <Label hidden>Minimum confidence</Label>
          <Range
            min={0}
            max={100}
            step={STEP}
            value={points}
            aria-valuetext={`${points}%`}
            aria-describedby={hint}
            onChange={(event) => set(event.target.value)}
          />
        </Field>
        <Field>
          <Label hidden>Minimum confidence in percent</Label>
          <Input
            isCompact
            type="number"
            min={0}
            max={100}
            value={points}
            onChange={(event) => set(event.target.value)}
          />
        </Field>
        <span aria-hidden="true">%</span>
      </div>
      <p className="quiet" id={hint}>
        Less certain tickets go to people instead.
      </p>
    </>
  );
}
