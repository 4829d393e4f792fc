import type { BitSource } from "#core/random/BitSource.ts"
import { generatorOf } from "./Generator.ts"
import type { GeneratorWeights } from "./Generator.ts"

const ROUNDS = 6
const ROWS = 1000
const BLOCKS = 4

/**
 * Moves the last biases until the shares of generated codes are the noisy ones again, from which training drifts: each by the log
 * of their ratio, a few times over. Post-processing of noisy figures.
 * @param target  noisy share of each place of the one-hot layer
 * @param bits    seeded
 */
export function settleShares(weights: GeneratorWeights, target: Float32Array, bits: BitSource): void {
  const generator = generatorOf(weights, ROWS)
  const { bias } = weights.last
  for (let round = 0; round < ROUNDS; round++) {
    const shares = new Float64Array(target.length)
    for (let block = 0; block < BLOCKS; block++) {
      generator.make(ROWS, bits)
      for (let v = 0; v < target.length; v++) shares[v]! += generator.shares[v]! / BLOCKS
    }
    for (let v = 0; v < target.length; v++) bias[v]! += Math.log((target[v]! + 1e-6) / (shares[v]! + 1e-6))
  }
}
