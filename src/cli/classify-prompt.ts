/** `classify --show-prompt`: what would be sent to Claude, how large it is and what it would cost. Sends nothing. */
import type { Retrieve } from "../ports/examples.ts";
import type { Settings } from "../settings.ts";
import { CLAUDE_DEFAULTS } from "../settings-claude.ts";
import type { Ticket } from "../triage/ticket.ts";
import { labelled, type Screen } from "./output.ts";
import type { RoutingSource } from "./routing-source.ts";
import { adapters } from "./shell.ts";

interface Means {
  readonly settings: Settings;
  /** The examples that go with the ticket. */
  readonly retrieve: Retrieve;
  readonly screen: Screen;
}

export async function showPrompt(
  ticket: Ticket,
  source: RoutingSource,
  { settings, retrieve, screen }: Means,
): Promise<void> {
  const { table } = source;
  const { promptVersion, renderRequest, requestFor } = await import("../claude/prompt.ts");
  const { estimateOf } = await import("../claude/estimate.ts");
  const { firstTtl } = await import("../claude/cache-keeping.ts");
  const { questionsOf } = await import("../claude/cascade.ts");
  const { isForLarger } = await import("../claude/second-opinion.ts");
  const { READING, readPrices } = await adapters();
  const claude = settings.claude ?? CLAUDE_DEFAULTS;
  const { layout, noteLanguage, cachePlan, escalationModel } = claude;
  const cacheTtl = firstTtl(cachePlan);
  const language = await READING.languageOf(`${ticket.subject}\n${ticket.description}`);
  const larger = escalationModel !== null && isForLarger(table, language);
  const model = larger ? escalationModel : claude.model;
  const style = { layout, noteLanguage, cacheTtl, effort: larger ? "medium" : "low" } as const;
  const [scope, ...later] = questionsOf(table);
  // As the server does it: a ticket does not wait for its examples.
  const retrieved = await retrieve(ticket, source).catch(() => null);
  const request = requestFor({ ...style, table, ticket, model, scope, retrieved });
  const estimate = estimateOf(request, readPrices());
  const version = promptVersion(table, style, [scope, ...later]);
  if (screen.json)
    return screen.data({
      prompt_version: version,
      request,
      estimate: {
        prefix_tokens: estimate.prefixTokens,
        ticket_tokens: estimate.ticketTokens,
        output_tokens: estimate.outputTokens,
        cached_usd: estimate.cachedUsd,
        uncached_usd: estimate.uncachedUsd,
      },
    });
  screen.print(`${renderRequest(request)}\n# estimate, at three characters a token\n`);
  screen.print(
    labelled(
      [
        ["Prompt", version],
        ["Model", model],
        [
          "Prefix",
          `${estimate.prefixTokens} tokens, the same for every ticket and kept by Claude for ${cacheTtl}`,
        ],
        ["Ticket", `${estimate.ticketTokens} tokens`],
        ["Answer", `about ${estimate.outputTokens} tokens`],
        [
          "Cost",
          `${dollars(estimate.cachedUsd)}; ${dollars(estimate.uncachedUsd)} when the prefix is not in the cache`,
        ],
        ...(later.length === 0
          ? []
          : [
              [
                "Then",
                `one of ${later.length} second questions: which intent of the category it is`,
              ] as const,
            ]),
      ],
      screen,
    ),
  );
}

const dollars = (usd: number | null): string => (usd === null ? "an unknown price" : `$${usd.toFixed(6)}`);
