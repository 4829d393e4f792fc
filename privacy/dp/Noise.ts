import { Context, Effect, Layer } from "effect"
import { secureBits } from "#core/random/BitSource.ts"
import type { BitSource } from "#core/random/BitSource.ts"
import type { Choose } from "./quantile/approximateQuantiles.ts"
import { gaussianSampler } from "./sampler/gaussianSampler.ts"
import type { Rational } from "./sampler/Rational.ts"
import { roundedNormal } from "./sampler/roundedNormal.ts"
import { exponentialMechanism } from "./selection/exponentialMechanism.ts"
import { permuteAndFlip } from "./selection/permuteAndFlip.ts"

/** Draws between two chances for other fibers; about 10 ms of work. */
const STRETCH = 16_384

/**
 * Draws made for one answer, whether it needs them or not: how long one draw takes tells a little about its size (a rank
 * of correlation 0.14 with the words it used), among this many it tells less than 0.01.
 */
const LEAST = 256

/**
 * The one place from which noise comes into a release. Nothing else in the house may draw it: not SQL, not Math.random.
 *
 * The noise that was drawn is never stored and never logged.
 */
export class Noise extends Context.Service<
  Noise,
  {
    /** n independent draws of N_Z(variance), safe integers. */
    gaussian(variance: Rational, n: number): Effect.Effect<Float64Array>
    /** Choices by the exponential mechanism at eps. */
    chooser(eps: Rational): Effect.Effect<Choose>
    /** Picks of one of the largest scores by permute-and-flip at eps; one subject moves each score by at most `sensitivity`. */
    picker(eps: Rational): Effect.Effect<(scores: ReadonlyArray<number>, sensitivity: number) => number>
    /**
     * n rounded draws of a continuous normal law, for sums that lie on a grid of whole numbers. Not exact like `gaussian`, and a
     * hundred times as fast: drawn in doubles from 64 bits each, cut at 9.4 scales, which about 1e-20 of a normal law passes.
     */
    rounded(scale: number, n: number): Effect.Effect<Float64Array>
    /** Of n rows each with chance threshold / 2^32, independently: the numbers of those drawn. */
    sample(threshold: number, n: number): Effect.Effect<Uint32Array>
    /** 128 fresh bits in hexadecimal, for choosing which groups of a subject count in one release. */
    readonly salt: Effect.Effect<string>
  }
>()("privacy/dp/Noise") {
  /** Noise from the operating system's generator. */
  static readonly layer: Layer.Layer<Noise> = Layer.sync(Noise, () => overBits(secureBits()))

  /** Noise from given bits: for tests that replay, never for a release. */
  static layerOver(bits: BitSource): Layer.Layer<Noise> {
    return Layer.succeed(Noise, overBits(bits))
  }
}

function overBits(bits: BitSource): Noise["Service"] {
  const gaussian = Effect.fnUntraced(function* (variance: Rational, n: number) {
    const draw = gaussianSampler(variance)
    const noise = new Float64Array(n)
    for (let from = 0; from < n; from += STRETCH) {
      if (from > 0) yield* Effect.yieldNow
      const to = Math.min(n, from + STRETCH)
      for (let i = from; i < to; i++) noise[i] = draw(bits)
    }
    for (let i = n; i < LEAST; i++) draw(bits)
    return noise
  })
  const salt = Effect.sync(() => Array.from({ length: 4 }, () => bits.u32().toString(16).padStart(8, "0")).join(""))
  const chooser = (eps: Rational): Effect.Effect<Choose> =>
    Effect.succeed((misses, sensitivity) => exponentialMechanism(bits, misses, sensitivity, eps))
  const picker: Noise["Service"]["picker"] = (eps) =>
    Effect.succeed((scores, sensitivity) => permuteAndFlip(bits, scores, sensitivity, eps))
  const rounded: Noise["Service"]["rounded"] = (scale, n) => Effect.sync(() => roundedNormal(bits, scale, n))
  const sample: Noise["Service"]["sample"] = (threshold, n) =>
    Effect.sync(() => {
      const drawn: Array<number> = []
      for (let row = 0; row < n; row++) if (bits.u32() < threshold) drawn.push(row)
      return Uint32Array.from(drawn)
    })
  return Noise.of({ gaussian, chooser, picker, rounded, sample, salt })
}
