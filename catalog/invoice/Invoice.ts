import type { Buyer } from "../buyer/Buyers.ts"

/** One thing charged. Amounts are whole minor units of the invoice's currency. */
export interface InvoiceLine {
  readonly product: string
  readonly version: string
  /** `licence` for a version that was bought, else the meter. */
  readonly meter: string
  /** The month charged for. */
  readonly period: string
  readonly quantity: string
  /** How a graduated tariff split the quantity; one part for a licence. */
  readonly tiers: ReadonlyArray<{
    readonly from: string
    readonly upTo: string | null
    readonly quantity: string
    readonly minor: number
  }>
  /** What fixed the price: a quote or a tariff, with the hash of its text. */
  readonly priceSnapshot: { readonly id: string; readonly hash: string }
  /** What shows the quantity: the hash of the order, or the chain over the metered events. */
  readonly evidence: string
  readonly net: number
  /** Of the rate in force that day. */
  readonly taxBasisPoints: number
  readonly tax: number
}

/** An invoice or a credit note, as it was issued; never changed. */
export interface Invoice {
  readonly format: "assay-invoice/1"
  /** Without gaps within a year and kind. */
  readonly number: string
  /** The number of the clearing and settlement on the market; absent on older ones. */
  readonly settlement?: string
  readonly kind: "invoice" | "credit note"
  /** The order, or the buyer and month of metered use, that it is about. */
  readonly operation: string
  readonly buyer: Pick<Buyer, "buyer"> & Partial<Pick<Buyer, "legalEntity" | "country" | "taxId">>
  readonly period: string
  readonly currency: string
  /** ISO instant. */
  readonly issuedAt: string
  readonly lines: ReadonlyArray<InvoiceLine>
  readonly net: number
  readonly tax: number
  readonly gross: number
  /** For a credit note: the invoice it takes back from, and why. */
  readonly credits?: { readonly number: string; readonly reason: string }
}
