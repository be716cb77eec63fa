/** `classify --show-prompt`: what would be sent to Claude, how large it is and what it would cost. Sends nothing. */
import type { Settings } from "../settings.ts";
import { CLAUDE_DEFAULTS } from "../settings-claude.ts";
import type { Ticket } from "../triage/ticket.ts";
import { labelled, type Screen } from "./output.ts";
import type { RoutingSource } from "./routing-source.ts";
import { adapters } from "./shell.ts";

export async function showPrompt(
  ticket: Ticket,
  { table }: RoutingSource,
  { claude }: Settings,
  screen: Screen,
): Promise<void> {
  const { promptVersion, renderRequest, requestFor } = await import("../claude/prompt.ts");
  const { estimateOf } = await import("../claude/estimate.ts");
  const { questionsOf } = await import("../claude/cascade.ts");
  const { readPrices } = await adapters();
  const { model, layout, noteLanguage, cacheTtl } = claude ?? CLAUDE_DEFAULTS;
  const style = { layout, noteLanguage, cacheTtl };
  const [scope, ...later] = questionsOf(table);
  const request = requestFor({ ...style, table, ticket, model, scope });
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
