/** A limit for one buyer or one product, below the cap that all share. */
export interface SubCap {
  readonly scope: "buyer" | "product"
  /** id of the buyer or the product */
  readonly name: string
  /** units of 2^-40 rho, for all time */
  readonly rhoUnits: bigint
}
