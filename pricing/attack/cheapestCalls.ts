/** The rate of calls up to a count, which the tier before begins at. */
export interface CallTier {
  /** Infinity for the last. */
  readonly upTo: number
  readonly fenPerCall: number
}

/**
 * The cheapest way to make n calls over at most so many accounts, the calls dealt evenly. With rates that never rise one account is
 * cheapest; with free units or rising rates many are.
 *
 * @returns  minor units, rounded up per account, and how many accounts that takes
 */
export function cheapestCalls(
  tiers: ReadonlyArray<CallTier>,
  calls: number,
  mostAccounts: number
): { fen: number; accounts: number } {
  let best = { fen: Infinity, accounts: 1 }
  for (let accounts = 1; accounts <= mostAccounts; accounts++) {
    const fen = accounts * Math.ceil(feeOf(tiers, calls / accounts) - 1e-6)
    if (fen < best.fen) best = { fen, accounts }
  }
  return best
}

function feeOf(tiers: ReadonlyArray<CallTier>, calls: number): number {
  let [fee, from] = [0, 0]
  for (const { upTo, fenPerCall } of tiers) {
    fee += Math.max(0, Math.min(calls, upTo) - from) * fenPerCall
    from = upTo
  }
  return fee
}
