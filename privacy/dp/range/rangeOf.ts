import { rangeBinEnds } from "./rangeBins.ts"

/**
 * The range from the lowest to the highest inhabited bin of a noisy histogram of powers of two. A bin is taken to be
 * inhabited from the threshold on; if none reaches it, the fullest one is taken, so that every outcome gives a range.
 * @param counts  noisy, per bin
 * @returns       integers, least <= most
 */
export function rangeOf(counts: ArrayLike<number>, threshold: number): readonly [least: number, most: number] {
  let [first, last, fullest] = [-1, -1, 0]
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin]! > counts[fullest]!) fullest = bin
    if (counts[bin]! < threshold) continue
    if (first < 0) first = bin
    last = bin
  }
  const [low, high] = first < 0 ? [fullest, fullest] : [first, last]
  return [rangeBinEnds(low)[0], rangeBinEnds(high)[1]]
}
