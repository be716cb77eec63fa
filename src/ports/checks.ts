/** What a round of checks finds. */

export const CHECK_STATES = ["ok", "warning", "error", "skipped"] as const;
export type CheckState = (typeof CHECK_STATES)[number];

export interface Check {
  /** Stable, for programs. */
  readonly id: string;
  readonly title: string;
  readonly state: CheckState;
  /** A plain sentence. */
  readonly message: string;
  /** One line for each thing that it is about, where there are several. */
  readonly details: readonly string[];
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

export interface CheckRound {
  /** Epoch milliseconds: when it ended. */
  readonly ranAt: number;
  readonly checks: readonly Check[];
}

export interface Checks {
  /** The last round of this process; null before the first. */
  latest(): CheckRound | null;
  /** Runs all of them; who asks while a round runs gets that one. */
  run(): Promise<CheckRound>;
}
