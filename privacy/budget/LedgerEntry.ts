/** One row of the ledger. `open` until committed: interrupted, or still running. */
export interface LedgerEntry {
  readonly releaseId: string
  readonly population: string
  readonly kind: "release" | "census"
  readonly period: string
  readonly epoch: number
  readonly purpose: string
  readonly buyer: string
  readonly product: string
  readonly planHash: string
  /** where the unit is a subject's month: the only month that it touches */
  readonly month: string | null
  /** units of 2^-40 */
  readonly rhoUnits: number
  /** units of 2^-60 */
  readonly deltaUnits: number
  readonly reservedAt: string
  readonly committedAt: string | null
}
