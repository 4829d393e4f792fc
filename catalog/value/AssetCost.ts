import type { Money } from "#core/money/Money.ts"
import type { CostEntry } from "#pricing/value/bookValue.ts"

/** A cost of one asset as it is put into the ledger; a mistake is reversed by a negative amount. */
export interface AssetCostEntry extends Omit<CostEntry, "amount"> {
  /** Key of an asset, such as `core.order` or `release.orders_by_state`. */
  readonly asset: string
  readonly amount: Money
  readonly note: string
}

/** A row of the cost ledger. */
export interface AssetCost extends AssetCostEntry {
  readonly id: string
  /** Entered by hand, or measured: seconds of work, bytes on the shelf. */
  readonly kind: "entered" | "cpu" | "storage"
  /** Seconds or bytes; 0 for what was entered. */
  readonly quantity: number
}
