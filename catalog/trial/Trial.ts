import type { Money } from "#core/money/Money.ts"

/** What a buyer may try of a version before buying it: for a time, so many calls, and so much money. */
export interface Trial {
  readonly id: string
  readonly buyer: string
  readonly product: string
  readonly version: string
  readonly purpose: string
  /** ISO instants. */
  readonly startedAt: string
  readonly endsAt: string
  readonly calls: { readonly cap: number; readonly used: number }
  /** What the calls cost by the product's tariff; invoiced with the month like any metered use, and never more than the cap. */
  readonly spend: { readonly cap: Money; readonly used: Money }
  readonly state: "open" | "exhausted" | "expired" | "ended" | "converted"
  /** The order that it was converted to; the trial lasts until that is paid. */
  readonly order: string | null
}
