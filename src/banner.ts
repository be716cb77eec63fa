/** Where to look: printed once, when the server listens. */
import { styleText } from "node:util";
import type { Classifier } from "./ports/classifier.ts";
import type { Sandbox } from "./sandbox/start.ts";
import type { Settings } from "./settings.ts";

export interface BannerFacts {
  readonly settings: Settings;
  readonly serverUrl: string;
  readonly classifier: Classifier;
  readonly sandbox: Sandbox | null;
  /** Opens the console once, within 15 minutes; null: whoever comes has the ADMIN_TOKEN. */
  readonly signInCode: string | null;
}

const bold = (text: string): string => styleText("bold", text, { stream: process.stdout });
const faint = (text: string): string => styleText("dim", text, { stream: process.stdout });

export function bannerOf(facts: BannerFacts): string {
  const lines = (facts.sandbox === null ? accountRows(facts) : sandboxRows(facts, facts.sandbox)).map(
    ([name, value]) => `  ${name.padEnd(12)} ${value}`,
  );
  return `\n${bold("Switchyard is running.")} ${faint("Ctrl-C ends it.")}\n\n${lines.join("\n")}\n\n`;
}

type Row = readonly [string, string];

function accountRows(facts: BannerFacts): Row[] {
  const { zendesk, mode } = facts.settings;
  const effect = mode === "shadow" ? "shadow mode: nothing is written to tickets" : "live";
  return [
    ["Account", `${zendesk?.account}, ${effect}`],
    consoleRow(facts),
    ["Webhook", webhookOf(facts)],
    classifierRow(facts),
  ];
}

function sandboxRows(facts: BannerFacts, { webhookSecret, url, credentials }: Sandbox): Row[] {
  const secret = facts.settings.webhooks ? ` ${faint(`(secret ${webhookSecret})`)}` : "";
  return [
    [
      "Inbox",
      `${bold(`${facts.serverUrl}/sandbox`)} ${faint("(a simulated Zendesk account; tickets are arriving)")}`,
    ],
    consoleRow(facts),
    ["Webhook", `${webhookOf(facts)}${secret}`],
    ["Zendesk API", `${url}/api/v2 ${faint(`(simulated; token ${credentials.token})`)}`],
    classifierRow(facts),
  ];
}

const reachedAt = ({ settings, serverUrl }: BannerFacts): string => settings.publicUrl ?? serverUrl;

const consoleRow = (facts: BannerFacts): Row =>
  facts.signInCode === null
    ? ["Console", `${reachedAt(facts)}/console ${faint("(sign in with ADMIN_TOKEN)")}`]
    : [
        "Console",
        `${reachedAt(facts)}/console#code=${facts.signInCode} ${faint("(signs in once, within 15 minutes)")}`,
      ];

const webhookOf = (facts: BannerFacts): string =>
  facts.settings.webhooks
    ? `${reachedAt(facts)}/webhooks/zendesk`
    : `off: new tickets are looked for every ${facts.settings.sweepMs / 1_000} seconds`;

const classifierRow = ({ classifier, settings }: BannerFacts): Row => [
  "Classifier",
  classifier.kind === "claude"
    ? `Claude (${settings.claude?.model})`
    : "the local classifier (set ANTHROPIC_API_KEY to use Claude)",
];
