import type { CoverProblem } from "./coverProblem.ts"
import type { Cover } from "./PricedOffer.ts"

/** Starting points that the search tries beside the plain greedy one. */
const starts = 32
/** More copies of one thing than this are not worth an attacker's while. */
const mostPurchases = 4096

/**
 * Searches for a cheap cover: greedily by cost for what is still missing, once from nothing and once from each of the most promising
 * items, also among the items of the relaxed cover alone; then purchases that turned out needless are given back, dearest first.
 *
 * @param taken  how much of each item the relaxed cover takes, from `coverBound`
 * @returns      undefined if the cells cannot all be had
 */
export function findCover(problem: CoverProblem, taken: Float64Array): Cover | undefined {
  if (!problem.coverable) return undefined
  const all = problem.items.map((_, j) => j)
  const relaxed = all.filter((j) => taken[j]! > 1e-9)
  const promising = [...all].sort((a, b) => perGain(problem, a) - perGain(problem, b)).slice(0, starts)
  let best: Cover | undefined
  const consider = (pool: ReadonlyArray<number>, first: number | undefined): void => {
    const cover = greedy(problem, pool, first)
    if (cover !== undefined && (best === undefined || cover.fen < best.fen)) best = cover
  }
  consider(all, undefined)
  consider(relaxed, undefined)
  for (const first of new Set([...promising, ...relaxed])) consider(all, first)
  return best
}

const perGain = ({ items }: CoverProblem, j: number): number =>
  items[j]!.fen / (items[j]!.gain * items[j]!.classes.length)

function greedy(problem: CoverProblem, pool: ReadonlyArray<number>, first: number | undefined): Cover | undefined {
  const { items, classes } = problem
  const missing = new Float64Array(classes).fill(1)
  const times = new Int32Array(items.length)
  const buy = (j: number): void => {
    times[j]!++
    for (const c of items[j]!.classes) missing[c] = Math.max(0, missing[c]! - items[j]!.gain)
  }
  if (first !== undefined) buy(first)
  for (let bought = 0; missing.some((rest) => rest > 1e-12); bought++) {
    let best = -1
    let least = Infinity
    for (const j of pool) {
      const { gain, fen, classes: given } = items[j]!
      let useful = 0
      for (const c of given) useful += Math.min(gain, missing[c]!)
      const rate = useful > 1e-12 ? fen / useful : Infinity
      if (rate < least) [least, best] = [rate, j]
    }
    if (best < 0 || bought > mostPurchases) return undefined
    buy(best)
  }
  return giveBack(problem, times)
}

function giveBack({ items, classes }: CoverProblem, times: Int32Array): Cover {
  const got = new Float64Array(classes)
  for (let j = 0; j < items.length; j++) for (const c of items[j]!.classes) got[c]! += times[j]! * items[j]!.gain
  const bought = items.map((_, j) => j).filter((j) => times[j]! > 0)
  for (const j of bought.sort((a, b) => items[b]!.fen - items[a]!.fen)) {
    const { gain, classes: given } = items[j]!
    while (times[j]! > 0 && given.every((c) => got[c]! - gain >= 1 - 1e-12)) {
      times[j]!--
      for (const c of given) got[c]! -= gain
    }
  }
  const parts = bought.filter((j) => times[j]! > 0).map((j) => ({ offer: items[j]!.offer, times: times[j]! }))
  return { parts, fen: bought.reduce((sum, j) => sum + times[j]! * items[j]!.fen, 0) }
}
