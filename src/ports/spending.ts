/** What Claude has cost, by day, for the whole installation: every process adds to the same sums. */
export interface Spending {
  /** US dollars spent on that day so far. @param day in UTC, as 2026-11-22 */
  spent(day: string): Promise<number>;
  add(day: string, usd: number): Promise<void>;
}
