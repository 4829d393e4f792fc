import type { BitSource } from "#core/random/BitSource.ts"

/** What the sample draws with; every method takes a fixed number of words, so that a stream of draws stays aligned. */
export interface Draws {
  /** Uniform in [0, 1), 32 bits. */
  unit(): number
  /** Uniform integer in 0..n-1; off by at most n / 2^32, which a sample does not mind. */
  below(n: number): number
  /** Uniform integer in low..high, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
}

/** Draws from a (seeded) source of bits. */
export function drawsFrom(bits: BitSource): Draws {
  const unit = (): number => bits.u32() / 4_294_967_296
  const below = (n: number): number => Math.floor(unit() * n)
  return {
    unit,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => unit() < probability
  }
}
