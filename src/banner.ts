/** Where to look: printed once, when the server listens. */
import { styleText } from "node:util";
import type { Classifier } from "./ports.ts";
import type { Sandbox } from "./sandbox/start.ts";
import type { Settings } from "./settings.ts";

export interface BannerFacts {
  readonly settings: Settings;
  readonly serverUrl: string;
  readonly classifier: Classifier;
  readonly sandbox: Sandbox | null;
  /** Opens the console once, within 15 minutes. */
  readonly signInCode: string;
}

const bold = (text: string): string => styleText("bold", text, { stream: process.stdout });
const faint = (text: string): string => styleText("dim", text, { stream: process.stdout });

export function bannerOf({ settings, serverUrl, classifier, sandbox, signInCode }: BannerFacts): string {
  const consoleLink = `${settings.publicUrl ?? serverUrl}/console#code=${signInCode}`;
  const webhook = settings.webhooks
    ? `${settings.publicUrl ?? serverUrl}/webhooks/zendesk`
    : `off: new tickets are looked for every ${settings.sweepMs / 1_000} seconds`;
  const answers =
    classifier.kind === "claude"
      ? `Claude (${settings.claude?.model})`
      : "the local classifier (set ANTHROPIC_API_KEY to use Claude)";
  const rows: [string, string][] =
    sandbox === null
      ? [
          [
            "Account",
            `${settings.zendesk?.account}, ${settings.mode === "shadow" ? "shadow mode: nothing is written to tickets" : "live"}`,
          ],
          ["Console", `${consoleLink} ${faint("(signs in once, within 15 minutes)")}`],
          ["Webhook", webhook],
          ["Classifier", answers],
        ]
      : [
          [
            "Inbox",
            `${bold(`${serverUrl}/sandbox`)} ${faint("(a simulated Zendesk account; tickets are arriving)")}`,
          ],
          ["Console", `${consoleLink} ${faint("(signs in once, within 15 minutes)")}`],
          [
            "Webhook",
            settings.webhooks ? `${webhook} ${faint(`(secret ${sandbox.webhookSecret})`)}` : webhook,
          ],
          [
            "Zendesk API",
            `${sandbox.url}/api/v2 ${faint(`(simulated; token ${sandbox.credentials.token})`)}`,
          ],
          ["Classifier", answers],
        ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(12)} ${value}`);
  return `\n${bold("Switchyard is running.")} ${faint("Ctrl-C ends it.")}\n\n${lines.join("\n")}\n\n`;
}
