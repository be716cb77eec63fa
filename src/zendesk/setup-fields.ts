/** The two ticket fields that agents can filter and report by: the intent, and how sure the router was of it. */
import type { Change, IntentOption } from "./setup.ts";

/**
 * An option's value is also a tag, and no tag may belong to two fields: these prefixes are used nowhere else, not even
 * by our own tags on tickets.
 */
const INTENT_PREFIX = "sy_field_intent_";
const CONFIDENCE_PREFIX = "sy_field_confidence_";
export const FIELD_TITLES = {
  intent_field: "Switchyard intent",
  confidence_field: "Switchyard confidence",
} as const;
const LEVELS = ["High", "Medium", "Low"];
/** Zendesk's word for a drop-down. */
const DROP_DOWN = "tagger";

export interface FieldOption {
  readonly id?: number | undefined;
  readonly name: string;
  readonly value: string;
}

export interface FoundField {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly active: boolean;
  readonly created_at: string;
  readonly options: readonly FieldOption[];
}

interface WantedField {
  readonly thing: keyof typeof FIELD_TITLES;
  readonly title: string;
  readonly description: string;
  readonly options: readonly FieldOption[];
}

export const wantedFields = (intents: readonly IntentOption[]): WantedField[] => [
  {
    thing: "intent_field",
    title: FIELD_TITLES.intent_field,
    description: "What the customer wants, as Switchyard understood it.",
    options: intents.map(({ id, name }) => ({ name, value: `${INTENT_PREFIX}${id}` })),
  },
  {
    thing: "confidence_field",
    title: FIELD_TITLES.confidence_field,
    description: "How sure Switchyard was of the intent.",
    options: LEVELS.map((level) => ({ name: level, value: `${CONFIDENCE_PREFIX}${level.toLowerCase()}` })),
  },
];

export const planFields = (intents: readonly IntentOption[], fields: readonly FoundField[]): Change[] =>
  wantedFields(intents).map((wanted) => planField(wanted, fields));

function planField(wanted: WantedField, fields: readonly FoundField[]): Change {
  const { thing, title: name, description, options } = wanted;
  const present = fields.find((field) => field.title === name);
  const id = present?.id ?? null;
  const change = (action: Change["action"], detail: string, send: Change["send"] = []): Change => ({
    action,
    thing,
    id,
    name,
    details: [detail],
    send,
  });
  if (present !== undefined && present.type !== DROP_DOWN)
    return change("refuse", `a field of this title is there, but no drop-down (${present.type}): rename it`);
  const values = new Set(options.map(({ value }) => value));
  const rival = fields.find(
    (field) => field !== present && field.options.some(({ value }) => values.has(value)),
  );
  if (rival !== undefined)
    return change(
      "refuse",
      `the field "${rival.title}" uses the same values: rename them there, or delete it`,
    );
  if (present === undefined)
    return change("create", `drop-down, ${options.length} options`, [
      { type: DROP_DOWN, title: name, description, custom_field_options: options },
    ]);
  return repaired(present, options, change);
}

/** Options are only added or renamed: taking one away would take it off every ticket that has it. */
function repaired(
  present: FoundField,
  options: readonly FieldOption[],
  change: (action: Change["action"], detail: string, send?: Change["send"]) => Change,
): Change {
  const known = new Map(present.options.map((option) => [option.value, option]));
  const missing = options.filter(({ value }) => !known.has(value));
  const renamed = options.flatMap((option) => {
    const old = known.get(option.value);
    return old === undefined || old.name === option.name ? [] : [{ ...option, id: old.id }];
  });
  const unused = present.options.length + missing.length - options.length;
  const kept =
    unused > 0 ? `; ${unused} that the table no longer has stay for the tickets that carry them` : "";
  if (missing.length + renamed.length === 0) {
    const asleep = present.active ? "" : ", deactivated: activate it in Admin Center";
    return change("keep", `${present.options.length} options${asleep}${kept}`);
  }
  const detail = `${missing.length} more options, ${renamed.length} with a new name${kept}`;
  return change(
    "update",
    detail,
    [...missing, ...renamed].map((option) => ({ ...option })),
  );
}
