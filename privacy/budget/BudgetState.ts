import type { SubCap } from "./SubCap.ts"

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
  /** of what the cap holds down: of any subject all that touched it whole, and the fullest of its months */
  readonly spent: Loss
  /** kept free for releases that were ordered and are not made yet */
  readonly held: Loss
  /** of the cap, what is neither spent nor held */
  readonly left: Loss
  /** exact: units of 2^-40 */
  readonly spentUnits: bigint
  readonly leftUnits: bigint
  readonly capUnits: bigint
  /** of `spentUnits`, what touched subjects whole; the rest is that of one month */
  readonly wholeUnits: bigint
  /** months that were released one by one, and what touched each alone, in units */
  readonly months: ReadonlyArray<{ readonly month: string; readonly units: bigint; readonly spent: Loss }>
  /** of a subject that was there in all of these months: the sum of everything */
  readonly allMonths: Loss
  readonly products: ReadonlyArray<{ readonly product: string; readonly releases: number; readonly spent: Loss }>
  readonly buyers: ReadonlyArray<{ readonly buyer: string; readonly releases: number; readonly spent: Loss }>
  readonly subCaps: ReadonlyArray<
    Pick<SubCap, "scope" | "name"> & { readonly cap: Loss; readonly spent: Loss; readonly left: Loss }
  >
}
