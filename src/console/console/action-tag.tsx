import { Tag } from "@zendeskgarden/react-tags";
import type { DecisionJson } from "../../triage/decision-json.ts";
import { ACTION_WORDS } from "../wording.ts";

const HUES = { assign: "green", review: "yellow", skip: "grey" } as const;

export const ActionTag = ({ action }: Pick<DecisionJson, "action">) => (
  <Tag size="small" hue={HUES[action]}>
    <span>{ACTION_WORDS[action]}</span>
  </Tag>
);
