/** What setup keeps in `.env`: the signing secret, the fields' ids, and a record of what it made, by account. */
import { type Made, THINGS, type Thing } from "../zendesk/setup.ts";

export const SECRET_NAME = "ZENDESK_WEBHOOK_SECRET";
/** `webhook:01ABC@acme,trigger:123@acme`: what `--undo` may delete. */
export const RECORD_NAME = "ZENDESK_SETUP_MADE";
export const SWEEP_NAME = "SWEEP_SECONDS";
/** The ids of the ticket fields, for whoever writes them. */
export const FIELD_NAMES: Readonly<Partial<Record<Thing, string>>> = {
  intent_field: "ZENDESK_INTENT_FIELD_ID",
  confidence_field: "ZENDESK_CONFIDENCE_FIELD_ID",
};
/** The current one, and the one before it: deliveries that are under way still carry that. */
const SECRETS_KEPT = 2;

const ENTRY = /^([a-z_]+):([\w-]+)@(.+)$/;
const entriesOf = (text: string): { made: Made; account: string }[] =>
  text.split(",").flatMap((entry) => {
    const [, name, id = "", account = ""] = ENTRY.exec(entry.trim()) ?? [];
    const thing = THINGS.find((candidate) => candidate === name);
    return thing === undefined ? [] : [{ made: { thing, id }, account }];
  });

/** What was made in this account; entries of other accounts are not ours to touch. */
export const recordOf = (text: string, account: string): Made[] =>
  entriesOf(text).flatMap((entry) => (entry.account === account ? [entry.made] : []));

export const hasWebhook = (text: string): boolean =>
  entriesOf(text).some(({ made }) => made.thing === "webhook");

/** The record with this account's part replaced; null when nothing is left of it. */
export function recordWith(text: string, account: string, made: readonly Made[]): string | null {
  const others = entriesOf(text).filter((entry) => entry.account !== account);
  const entries = [...others, ...made.map((each) => ({ made: each, account }))];
  if (entries.length === 0) return null;
  return entries.map((entry) => `${entry.made.thing}:${entry.made.id}@${entry.account}`).join(",");
}

/** The newest first; null when the secret is known already. */
export const secretsWith = (present: readonly string[], secret: string): string[] | null =>
  present.includes(secret) ? null : [secret, ...present].slice(0, SECRETS_KEPT);
