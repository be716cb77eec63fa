import { Field, Input, Label, Range } from "@zendeskgarden/react-forms";
import { useId } from "react";

interface Bounds {
  /** Percent. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

interface PercentFieldProps {
  readonly label: string;
  readonly hint: string;
  /** 0 to 1. */
  readonly value: number;
  readonly slider: Bounds;
  /** What may be typed, which can be finer and wider than what can be slid to. */
  readonly typed: Bounds;
  readonly onChange: (value: number) => void;
}

/** A share of 1, by a slider for the rough and a number for the exact. */
export function PercentField({ label, hint, value, slider, typed, onChange }: PercentFieldProps) {
  const id = useId();
  const points = Number((value * 100).toFixed(1));
  const set = (text: string): void => {
    const wanted = Number.parseFloat(text);
    if (!Number.isFinite(wanted)) return;
    const held = Math.min(typed.max, Math.max(typed.min, Math.round(wanted / typed.step) * typed.step));
    onChange(Number((held / 100).toFixed(3)));
  };
  return (
    <>
      <div className="slider-line">
        <Field>
          <Label hidden>{label}</Label>
          <Range
            {...slider}
            value={points}
            aria-valuetext={`${points}%`}
            aria-describedby={id}
            onChange={(event) => set(event.target.value)}
          />
        </Field>
        <Field>
          <Label hidden>{label} in percent</Label>
          <Input
            isCompact
            type="number"
            {...typed}
            value={points}
            onChange={(event) => set(event.target.value)}
          />
        </Field>
        <span aria-hidden="true">%</span>
      </div>
      <p className="quiet" id={id}>
        {hint}
      </p>
    </>
  );
}
