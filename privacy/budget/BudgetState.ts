/** A privacy loss as people read it. */
export interface Loss {
  readonly rho: number
  /** eps of the (eps, delta) guarantee that rho gives at the delta of conversion, 1e-9 */
  readonly epsilon: number
  /** 1e-9 of the conversion plus the deltas of key selections; 0 when nothing is spent */
  readonly delta: number
}

/** What the population of a home has spent and has left; open reservations count as spent. */
export interface BudgetState {
  readonly population: string
  readonly cap: Loss
  readonly spent: Loss
  readonly left: Loss
  /** exact: units of 2^-40 */
  readonly spentUnits: bigint
  readonly leftUnits: bigint
  readonly products: ReadonlyArray<{ readonly product: string; readonly releases: number; readonly spent: Loss }>
}
