import type { Rational } from "../../dp/sampler/Rational.ts"
import type { Clique } from "../model/Clique.ts"

/** One noisy marginal as it was drawn: the noise law and what it cost, never the noise. */
export interface Reading {
  readonly clique: Clique
  /** over the domain with rare values joined, instead of the domain as it is */
  readonly joined: boolean
  /** noisy rows per cell, safe integers */
  readonly counts: Float64Array
  readonly variance: Rational
  /** of 2^-40 rho; 0 for one that an earlier product paid */
  readonly rhoUnits: bigint
}
