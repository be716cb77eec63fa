/** Keeps an eye on the models that are set: one may retire while the process runs, and should not do so unnoticed. */
import type { Now } from "../ports/now.ts";
import type { ClaudeSettings } from "../settings-claude.ts";
import { checkModels, type ModelCheck } from "./model-check.ts";

const LOOK_EVERY_MS = 24 * 60 * 60_000;
/** Nobody was there, or somebody has to act and wants to see that it helped. */
const LOOK_AGAIN_MS = 5 * 60_000;

export interface ModelWatch {
  /** What is known to be wrong with models that are set, as of the last look; none before the first one has ended. */
  troubles(): readonly ModelCheck[];
  /** Resolves after the first look, whatever it found. */
  readonly first: Promise<void>;
  stop(): void;
}

/** @param tell hears of each trouble once, until it has changed */
export function watchModels(
  settings: ClaudeSettings,
  now: Now,
  tell: (trouble: ModelCheck) => void,
): ModelWatch {
  let troubles: readonly ModelCheck[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const told = new Set(troubles.map(({ message }) => message));
    const found = (await checkModels(settings, now())).filter(({ status }) => status !== "ok");
    // A key that is not accepted is the same trouble for both models.
    troubles = [...new Map(found.toReversed().map((each) => [each.message, each])).values()].toReversed();
    if (stopped) return;
    for (const trouble of troubles) if (!told.has(trouble.message)) tell(trouble);
    timer = setTimeout(() => void look(), troubles.length === 0 ? LOOK_EVERY_MS : LOOK_AGAIN_MS);
    timer.unref();
  }

  const first = look();
  return {
    troubles: () => troubles.filter(({ isKnown }) => isKnown),
    first,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
