/**
 * The discrete Fourier transform in place, length a power of two; `inverse` divides by the length.
 *
 * Iterative, radix two, with one table of roots computed directly, so errors grow with the logarithm of the length.
 * @throws RangeError if the length is not a power of two: a bug in the caller
 */
export function fft(re: Float64Array, im: Float64Array, inverse: boolean): void {
  const n = re.length
  if ((n & (n - 1)) !== 0 || im.length !== n) throw new RangeError("the transform takes a power of two")
  swapReversed(re, im)
  const cos = new Float64Array(n / 2)
  const sin = new Float64Array(n / 2)
  for (let k = 0; k < n / 2; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / n)
    sin[k] = (inverse ? 1 : -1) * Math.sin((2 * Math.PI * k) / n)
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2
    const stride = n / size
    for (let from = 0; from < n; from += size) {
      for (let j = 0; j < half; j++) {
        const a = from + j
        const b = a + half
        const c = cos[j * stride]!
        const s = sin[j * stride]!
        const x = re[b]! * c - im[b]! * s
        const y = re[b]! * s + im[b]! * c
        re[b] = re[a]! - x
        im[b] = im[a]! - y
        re[a] = re[a]! + x
        im[a] = im[a]! + y
      }
    }
  }
  if (!inverse) return
  for (let i = 0; i < n; i++) {
    re[i] = re[i]! / n
    im[i] = im[i]! / n
  }
}

function swapReversed(re: Float64Array, im: Float64Array): void {
  const n = re.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit
    j ^= bit
    if (i >= j) continue
    const x = re[i]!
    re[i] = re[j]!
    re[j] = x
    const y = im[i]!
    im[i] = im[j]!
    im[j] = y
  }
}
