/** What the subjects of one sold version earned by one sale. */
export interface EarnedSale {
  readonly product: string
  /** `2026-11`, of the payment. */
  readonly month: string
  readonly currency: string
  /** Of each subject, in millionths of a minor unit. */
  readonly micro: number
  /** How many subjects it was made with; exact, for the house's own books. */
  readonly touched: number
}

/** What a house owes the subjects of a product for a month. */
export interface ProductBenefit {
  readonly product: string
  readonly month: string
  /** Whole minor units, rounded down once over all sales: never more than the floors of what was sold. */
  readonly total: { readonly minor: number; readonly currency: string }
}

/** Adds up what subjects earned, by product and month, oldest first; this is what a ledger books. Exact in whole numbers. */
export function benefitOfProduct(sales: ReadonlyArray<EarnedSale>): ReadonlyArray<ProductBenefit> {
  const sums = new Map<string, { readonly sale: EarnedSale; micro: bigint }>()
  for (const sale of sales) {
    const key = `${sale.month} ${sale.product} ${sale.currency}`
    const sum = sums.get(key) ?? { sale, micro: 0n }
    sum.micro += BigInt(sale.micro) * BigInt(sale.touched)
    sums.set(key, sum)
  }
  return [...sums.keys()].sort().map((key) => {
    const { sale, micro } = sums.get(key)!
    const total = { minor: Number(micro / 1_000_000n), currency: sale.currency }
    return { product: sale.product, month: sale.month, total }
  })
}
