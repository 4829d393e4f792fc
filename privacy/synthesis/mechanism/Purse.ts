/** The privacy loss that a mechanism may still use, in units of 2^-40 rho. It was charged to a ledger before. */
export interface Purse {
  readonly left: bigint
  /** @throws RangeError beyond what is left: a bug in the mechanism */
  spend(units: bigint): void
}

/** @param units  what was charged */
export const Purse = (units: bigint): Purse => {
  let left = units
  return {
    get left() {
      return left
    },
    spend: (asked) => {
      if (asked <= 0n || asked > left) throw new RangeError("a mechanism spends what it was given and no more")
      left -= asked
    }
  }
}
