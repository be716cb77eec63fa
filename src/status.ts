/** How the whole is doing, for the console's banners and the log at start. */
import type { Classifier, Store, Zendesk } from "./ports.ts";
import type { Settings } from "./settings.ts";
import { groupsByName } from "./triage/decide.ts";
import { tableWarnings, type Warning } from "./triage/table-warnings.ts";
import type { AccountWatch } from "./worker/account-watch.ts";

export interface StatusSources {
  readonly settings: Settings;
  readonly store: Store;
  readonly zendesk: Zendesk;
  readonly classifier: Classifier;
  readonly watch: AccountWatch;
}

export async function statusOf({ settings, store, zendesk, classifier, watch }: StatusSources) {
  const [routing, jobs] = await Promise.all([store.routing.current(), store.jobs.counts()]);
  const groups = await zendesk.groups().catch(() => null);
  const problem = watch.problem();
  const warnings: Warning[] = [
    ...(problem === null ? [] : [{ code: "zendesk_problem", message: problem }]),
    ...(groups === null ? [] : tableWarnings(routing.table, groupsByName(groups))),
  ];
  return {
    account: settings.zendesk?.account ?? "sandbox",
    sandbox: settings.zendesk === null,
    mode: settings.mode,
    classifier: {
      kind: classifier.kind,
      model: classifier.kind === "claude" ? (settings.claude?.model ?? null) : null,
    },
    routing_version: routing.version,
    jobs,
    warnings,
  };
}
