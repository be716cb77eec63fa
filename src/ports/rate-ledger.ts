/** What all processes of an installation know together of the account's rate limits: one text, changed in turn. */
export interface RateLedger {
  /**
   * Nobody else changes it meanwhile, in whatever process. @param turn gets what the last one left; null at
   * first, and when that was empty
   */
  change<Result>(
    turn: (kept: string | null) => { readonly kept: string; readonly result: Result },
  ): Promise<Result>;
}
