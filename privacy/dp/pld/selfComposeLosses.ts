import { composeLosses } from "./composeLosses.ts"
import { fft } from "./fft.ts"
import type { LossDistribution } from "./LossDistribution.ts"

/** Mass that truncation may cut off at either end; it is added to the infinite loss. */
const TAIL = 1e-15
/** Slopes of the Chernoff bound, in standard deviations of the sum; 8.3 is best for a normal law. */
const SLOPES = [3, 5, 7, 8.3, 10, 13, 18, 25]

/**
 * The loss of k runs of one mechanism. Beyond a few runs by a power in the transform domain, on the window that holds all
 * but 2e-15 of the mass.
 * @param k  an integer >= 1
 */
export function selfComposeLosses(one: LossDistribution, k: number): LossDistribution {
  if (k === 1) return one
  const whole = (one.mass.length - 1) * k + 1
  if (whole <= 4096) {
    let all = one
    for (let i = 1; i < k; i++) all = composeLosses(all, one)
    return all
  }
  const { low, high, cut } = window(one, k)
  const length = high - low + 1
  const n = 2 ** Math.ceil(Math.log2(Math.max(length, one.mass.length)))
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  re.set(one.mass)
  fft(re, im, false)
  for (let i = 0; i < n; i++) {
    const [x, y] = power(re[i]!, im[i]!, k)
    re[i] = x
    im[i] = y
  }
  fft(re, im, true)
  const mass = new Float64Array(length)
  for (let i = 0; i < length; i++) mass[i] = Math.max(0, re[(low + i) % n]!)
  const kept = k * Math.log1p(-one.infinity)
  return { grid: one.grid, first: one.first * k + low, mass, infinity: Math.min(1, -Math.expm1(kept) + cut) }
}

/** (x + iy)^k by repeated squaring. */
function power(x: number, y: number, k: number): readonly [number, number] {
  let [re, im] = [1, 0]
  let [a, b] = [x, y]
  for (let rest = k; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) [re, im] = [re * a - im * b, re * b + im * a]
    ;[a, b] = [a * a - b * b, 2 * a * b]
  }
  return [re, im]
}

/** Indices, counted from k times the first, outside of which the sum of k losses has at most TAIL on either side. */
function window(one: LossDistribution, k: number): { low: number; high: number; cut: number } {
  const { mass } = one
  let [total, mean] = [0, 0]
  for (let i = 0; i < mass.length; i++) {
    total += mass[i]!
    mean += i * mass[i]!
  }
  mean /= total
  let variance = 0
  for (let i = 0; i < mass.length; i++) variance += (i - mean) ** 2 * mass[i]!
  const spread = Math.sqrt((k * variance) / total)
  let high = (mass.length - 1) * k
  let low = 0
  for (const slope of SLOPES) {
    const s = slope / spread
    high = Math.min(high, Math.ceil(k * mean + (k * logMoment(mass, s, mean) - Math.log(TAIL)) / s))
    low = Math.max(low, Math.floor(k * mean - (k * logMoment(mass, -s, mean) - Math.log(TAIL)) / s))
  }
  return { low, high, cut: (low > 0 ? TAIL : 0) + (high < (mass.length - 1) * k ? TAIL : 0) }
}

/** log of the sum of mass times e^(s (i - mean)). */
function logMoment(mass: Float64Array, s: number, mean: number): number {
  const top = Math.max(s * (mass.length - 1 - mean), -s * mean)
  let sum = 0
  for (let i = 0; i < mass.length; i++) sum += mass[i]! * Math.exp(s * (i - mean) - top)
  return top + Math.log(sum)
}
