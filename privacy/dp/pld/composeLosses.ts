import { fft } from "./fft.ts"
import type { LossDistribution } from "./LossDistribution.ts"

/** Below so many products the sum is done directly, with no rounding but its own. */
const DIRECT = 4_000_000

/**
 * The loss of two mechanisms run on the same data, fixed in advance: the convolution, infinite if either is.
 * @throws RangeError if the grids differ: a bug in the caller
 */
export function composeLosses(a: LossDistribution, b: LossDistribution): LossDistribution {
  if (a.grid !== b.grid) throw new RangeError("losses compose on one grid")
  const length = a.mass.length + b.mass.length - 1
  const mass = a.mass.length * b.mass.length <= DIRECT ? direct(a.mass, b.mass) : byTransform(a.mass, b.mass, length)
  const infinity = 1 - (1 - a.infinity) * (1 - b.infinity)
  return { grid: a.grid, first: a.first + b.first, mass, infinity }
}

function direct(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1)
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!
    if (x === 0) continue
    for (let j = 0; j < b.length; j++) out[i + j]! += x * b[j]!
  }
  return out
}

/** Both real sequences in one complex transform: one as its real part, one as its imaginary part. */
function byTransform(a: Float64Array, b: Float64Array, length: number): Float64Array {
  const n = 2 ** Math.ceil(Math.log2(length))
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  re.set(a)
  im.set(b)
  fft(re, im, false)
  const outRe = new Float64Array(n)
  const outIm = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const m = (n - k) & (n - 1)
    // a-hat = (z_k + conj z_m) / 2, b-hat = (z_k - conj z_m) / 2i
    const [ar, ai] = [(re[k]! + re[m]!) / 2, (im[k]! - im[m]!) / 2]
    const [br, bi] = [(im[k]! + im[m]!) / 2, (re[m]! - re[k]!) / 2]
    outRe[k] = ar * br - ai * bi
    outIm[k] = ar * bi + ai * br
  }
  fft(outRe, outIm, true)
  const out = outRe.slice(0, length)
  for (let i = 0; i < length; i++) if (out[i]! < 0) out[i] = 0
  return out
}
