/**
 * The largest advantage (true positive rate less false positive rate) that any test can have which decides from a release whether one subject is in
 * it, however much else it knows. rho-zCDP bounds the Kullback-Leibler divergence of the two cases by rho (Renyi order to 1), Pinsker's
 * inequality bounds their total variation, which is the advantage, by the root of half of that; delta of key selection comes on top.
 *
 * @param rho   zCDP loss of the release, 0 or more
 * @param delta probability outside of it, 0 to 1
 * @returns     0 to 1
 * @source      Bun and Steinke 2016, definition 1.1; Pinsker's inequality; Yeom et al. 2018 for the measure
 */
export const membershipAdvantage = (rho: number, delta: number): number =>
  Math.min(1, Math.sqrt(Math.max(0, rho) / 2) + Math.max(0, delta))
