/**
 * The accounts of the journal by what they stand for. Assets and expenses grow by debits, revenue and debts by credits.
 *
 * @source product.md, the executive's needs; pricing.md, "What the executive sees"
 */
export const accounts = {
  /** What a buyer owes. */
  receivable: (buyer: string): string => `receivable/${buyer}`,
  bank: "bank",
  revenue: (product: string): string => `revenue/${product}`,
  /** Collected for the tax office. */
  tax: (country: string): string => `tax/${country}`,
  /** Owed to those who share in the revenue: sources, and subjects for what they allow. */
  payable: (party: string): string => `payable/${party}`,
  sharing: (product: string): string => `sharing/${product}`
} as const
