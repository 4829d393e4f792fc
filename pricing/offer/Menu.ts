import type { Evidence } from "../evidence/Evidence.ts"

/** One thing that may be bought of a version: some columns, the rows of one stratum or all, at one accuracy, on published terms. */
export interface Offer {
  readonly id: string
  readonly columns: ReadonlyArray<string>
  /** The stratum; null for all rows. */
  readonly stratum: { readonly column: string; readonly value: string } | null
  /** Rows of it in the released table. */
  readonly rows: Evidence
  /** H(S) of its columns, measured once, at the version's reference release. */
  readonly bits: Evidence
  /** Accuracy as a share of the version's rho, 1 for the version itself; a lower one is made by adding noise, a higher one is a new release, reserved at order. */
  readonly accuracy: Evidence
  /** The steward's factor on the base price, 1 where none is set. */
  readonly factor: Evidence
  /** Name of the terms that it is sold on. */
  readonly terms: string
}

/** What may be bought of a version; published with it and never changed. An arbitrary selection would make `quote` an oracle on the data. */
export interface Menu {
  /** The first offer is the whole version. */
  readonly offers: ReadonlyArray<Offer>
  /** The released rows by value of the column that cuts strata; empty where rows are not cut. */
  readonly strata: ReadonlyArray<{ readonly value: string; readonly rows: Evidence }>
}

/** An offer as a steward declares it in the product file; what is left out is all. */
export interface DeclaredOffer {
  readonly offer: string
  readonly columns?: ReadonlyArray<string>
  readonly rows?: Readonly<Record<string, string | number>>
  readonly accuracy?: number
  readonly factor?: number
}
