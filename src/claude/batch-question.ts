/** A question of a batch by its name: which ticket, which model, which of its steps, and what text was asked about. */
import type { Tier } from "./road.ts";

export interface BatchQuestion {
  readonly ticketId: number;
  readonly tier: Tier;
  /** 1, or of a large table 2. */
  readonly step: number;
  readonly fingerprint: string;
}

const LETTERS = { small: "s", larger: "l" } as const satisfies Record<Tier, string>;
const NAME = /^t(\d+)-([sl])([12])-([0-9a-f]{16})$/;

/** The API takes at most 64 letters, digits, `_` and `-`. */
export const nameOf = ({ ticketId, tier, step, fingerprint }: BatchQuestion): string =>
  `t${ticketId}-${LETTERS[tier]}${step}-${fingerprint}`;

/** Null: it is not one of ours. */
export function questionOf(name: string): BatchQuestion | null {
  const [, ticketId, letter, step, fingerprint] = NAME.exec(name) ?? [];
  if (fingerprint === undefined) return null;
  const tier: Tier = letter === LETTERS.small ? "small" : "larger";
  return { ticketId: Number(ticketId), tier, step: Number(step), fingerprint };
}
