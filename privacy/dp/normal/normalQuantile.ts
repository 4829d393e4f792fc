import { normalTail } from "./normalTail.ts"

/**
 * The x with Pr[Z >= x] = p for a standard normal Z, by bisection on the tail; as exact as the tail is.
 * @param p  in (0, 1)
 * @throws   RangeError outside: a bug in the caller
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError("a probability lies between 0 and 1")
  if (p > 0.5) return -normalQuantile(1 - p)
  let low = 0
  let high = 40
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (normalTail(middle) > p) low = middle
    else high = middle
  }
  return high
}
