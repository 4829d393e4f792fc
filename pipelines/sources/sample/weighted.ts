import type { Draws } from "./Draws.ts"

/**
 * A sampler of 0..n-1 in proportion to the weights, one word a draw.
 *
 * @throws RangeError without a positive weight: a bug in the caller
 * @source Walker's alias method in Vose's form (1991)
 */
export function weighted(weights: ReadonlyArray<number>): (draws: Draws) => number {
  const n = weights.length
  let total = 0
  for (const w of weights) total += w
  if (!(total > 0)) throw new RangeError("weighted: no positive weight")
  const keep = new Float64Array(n)
  const alias = new Int32Array(n)
  const small: Array<number> = []
  const large: Array<number> = []
  for (let i = 0; i < n; i++) {
    keep[i] = (weights[i]! * n) / total
    ;(keep[i]! < 1 ? small : large).push(i)
  }
  while (small.length > 0 && large.length > 0) {
    const i = small.pop()!
    const j = large.pop()!
    alias[i] = j
    keep[j] = keep[j]! - (1 - keep[i]!)
    ;(keep[j]! < 1 ? small : large).push(j)
  }
  for (const i of [...small, ...large]) keep[i] = 1
  return (draws) => {
    const x = draws.unit() * n
    const i = Math.floor(x)
    return x - i < keep[i]! ? i : alias[i]!
  }
}
