/**
 * What is known of a ticket before, or instead of, asking Claude: its nearest confirmed examples and the intents that this
 * machine finds likeliest.
 */
import type { Examples, LabelChance, Neighbour, Retrieved } from "../ports/examples.ts";
import type { Now } from "../ports/now.ts";
import type { RoutingVersion } from "../triage/routing-table.ts";
import type { Ticket } from "../triage/ticket.ts";
import { type Embedder, restAfter } from "./embedder.ts";
import { alikeFrom, handed, nearTo, WANTED } from "./handed.ts";
import { chancesOf, familiarityOf, reads, type Sketch } from "./judgement.ts";
import type { Knowledge } from "./knowledge.ts";
import { createKnownTables } from "./known-tables.ts";
import { languageOf } from "./language.ts";
import { LEARNER } from "./learn.ts";
import { abstentionAmong, chosen, type Vote, voteOf, type Wanted } from "./neighbours.ts";
import { understands } from "./shelf.ts";
import { type Judge, WORDS_MODEL } from "./words-judge.ts";

type Routing = Pick<RoutingVersion, "version" | "table">;

export interface RetrievalSettings {
  /** Null: only what the routing table says. */
  readonly examples: Examples | null;
  /** Asked once, on first need. Null: words alone. */
  readonly embedder: () => Promise<Embedder | null>;
  /** Where the learned model survives a restart; null: nowhere. */
  readonly folder: string | null;
  readonly now: Now;
  /** What is read of a ticket; redacted when the embedder is somebody else's. Absent: subject and description. */
  readonly textOf?: (ticket: Pick<Ticket, "subject" | "description">) => string;
  /** Something did not work in the background, and will be tried again. */
  readonly trouble?: (error: unknown) => void;
}

export interface Retrieval {
  /** Calibrated, the likeliest first. */
  localLabels(ticket: Ticket, routing: Routing): Promise<readonly LabelChance[]>;
  /** Confirmed examples only, nearest first. */
  nearestExamples(
    ticket: Ticket,
    routing: Routing,
    wanted?: Partial<Wanted> & { floor?: number },
  ): Promise<Neighbour[]>;
  /** How the nearest examples vote. */
  vote(ticket: Ticket, routing: Routing): Promise<Vote>;
  retrieve(ticket: Ticket, routing: Routing): Promise<Retrieved>;
  /** For the local classifier. */
  readonly judge: Judge;
  /** Resolves when everything that is stored now has been learned. */
  prepare(routing: Routing): Promise<void>;
  close(): void;
}

const LIMITS = { textChars: 8_000, sketches: 64 } as const;

const wholeText = ({ subject, description }: Pick<Ticket, "subject" | "description">): string =>
  `${subject}\n${description}`;

export function createRetrieval(settings: RetrievalSettings): Retrieval {
  const { textOf = wholeText, trouble = () => undefined } = settings;
  const closing = new AbortController();
  let opened: Promise<Embedder | null> | null = null;
  const embedder = (): Promise<Embedder | null> => {
    opened ??= settings.embedder().catch((error: unknown) => {
      trouble(error);
      return null;
    });
    return opened;
  };
  const tables = createKnownTables({ ...settings, embedder, signal: closing.signal }, trouble);
  const sketch = createSketches(embedder, settings.now, trouble);
  const sketchOf = (ticket: Ticket): Promise<Sketch> =>
    sketch(textOf(ticket).slice(0, LIMITS.textChars).trim());

  const chances = async (seen: Sketch, known: Knowledge): Promise<LabelChance[]> =>
    chancesOf(seen, { ...known, embedder: await embedder() });
  const labelsFor = async (ticket: Ticket, known: Knowledge): Promise<LabelChance[]> =>
    chances(await sketchOf(ticket), known);

  return {
    localLabels: async (ticket, routing) => labelsFor(ticket, await tables.of(routing)),
    async nearestExamples(ticket, routing, wanted = {}) {
      const near = nearTo(await sketchOf(ticket), await tables.of(routing), wanted.floor);
      return chosen(near, { excludeTicketId: ticket.id, topLabels: [], ...WANTED, ...wanted });
    },
    vote: async (ticket, routing) =>
      voteOf(nearTo(await sketchOf(ticket), await tables.of(routing)), ticket.id),
    retrieve: async (ticket, routing) =>
      handed(await sketchOf(ticket), await tables.of(routing), await embedder(), ticket.id),
    async judge(text, routing) {
      const { rows, words, shelf, learned, version } = await tables.of(routing);
      const seen = await sketch(text);
      const encoder = await embedder();
      const views = [...(seen.vector === null || encoder === null ? [] : [encoder.name]), LEARNER];
      const chances = chancesOf(seen, { learned, words, shelf, embedder: encoder });
      const near = nearTo(seen, { learned, words, shelf });
      return {
        chances,
        familiarity: familiarityOf(seen, shelf, encoder),
        reads: reads(seen, chances, { shelf, embedder: encoder }),
        words,
        rows,
        abstention: abstentionAmong(near, alikeFrom(seen, encoder)),
        model: learned === null ? WORDS_MODEL : views.join("+"),
        version,
      };
    },
    prepare: (routing) => tables.prepare(routing),
    close: () => closing.abort(new Error("Retrieval was closed.")),
  };
}

/** The last texts, so that one ticket is read once by all who ask about it. */
function createSketches(
  embedder: () => Promise<Embedder | null>,
  now: Now,
  trouble: (error: unknown) => void,
) {
  const sketches = new Map<string, Promise<Sketch>>();
  let restsUntil = 0;
  const draw = async (text: string): Promise<Sketch> => {
    const language = await languageOf(text);
    const reader = await embedder();
    if (reader === null || text === "" || !understands(reader, language) || now() < restsUntil)
      return { text, language, vector: null };
    try {
      const [vector = null] = await reader.embed([text], "ticket");
      return { text, language, vector };
    } catch (error) {
      // A provider that does not answer is not waited for by every ticket anew.
      restsUntil = now() + restAfter(error);
      sketches.delete(text);
      trouble(error);
      return { text, language, vector: null };
    }
  };
  return (text: string): Promise<Sketch> => {
    const known = sketches.get(text);
    if (known !== undefined) return known;
    const drawn = draw(text);
    sketches.set(text, drawn);
    for (const oldest of [...sketches.keys()].slice(0, Math.max(0, sketches.size - LIMITS.sketches)))
      sketches.delete(oldest);
    return drawn;
  };
}
