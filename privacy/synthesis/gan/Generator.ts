import type { BitSource } from "#core/random/BitSource.ts"
import { addGradient, addGradientPlaces, backInputs, forward, forwardPlaces, leak, leakBack } from "./dense.ts"
import { Layer, zeros } from "./Layer.ts"

export const [LATENT, FIRST, SECOND] = [24, 96, 48]

/** Where the codes of each column stand in the one-hot layer: `offsets[c] .. offsets[c + 1] - 1`. */
export type Offsets = ReadonlyArray<number>

/** Everything that rows are made from; made of noisy figures only. */
export interface GeneratorWeights {
  readonly offsets: Offsets
  /** latent and condition to the first hidden layer, then on */
  readonly latent: Layer
  readonly condition: Layer
  readonly middle: Layer
  readonly last: Layer
  /** cumulative noisy shares of the codes of each column */
  readonly cumulative: ReadonlyArray<Float64Array>
}

/** Makes rows as places in the one-hot layer, and learns. */
export interface Generator {
  readonly weights: GeneratorWeights
  /** n rows: one drawn column of each from the noisy shares, the others given it. Remembered for `back`. */
  make(n: number, bits: BitSource): Int32Array
  /** Shares of the codes in the remembered rows. */
  readonly shares: Float32Array
  /** Sums into `gradients` what the slopes at each place say about the weights, through the softmax of each column. */
  back(slopes: Float32Array, gradients: ReadonlyArray<Layer>): void
}

export const generatorLayers = ({ latent, condition, middle, last }: GeneratorWeights): ReadonlyArray<Layer> => [
  latent,
  condition,
  middle,
  last
]

/** @param shares  noisy shares of the codes of each column */
export function firstWeights(
  offsets: Offsets,
  shares: ReadonlyArray<Float64Array>,
  uniform: () => number
): GeneratorWeights {
  const width = offsets.at(-1)!
  const last = Layer(SECOND, width, uniform, 0.5)
  // Before anything is learnt the columns are independent and right one by one.
  shares.forEach((own, c) =>
    own.forEach((share, code) => (last.bias[offsets[c]! + code] = Math.log(Math.max(share, 1e-6))))
  )
  return {
    offsets,
    latent: Layer(LATENT, FIRST, uniform),
    condition: Layer(width, FIRST, uniform, 2),
    middle: Layer(FIRST, SECOND, uniform),
    last,
    cumulative: shares.map((own) => {
      let sum = 0
      return own.map((share) => (sum += share))
    })
  }
}

/** @param rows  the most rows of one call */
export function generatorOf(weights: GeneratorWeights, rows: number): Generator {
  const { offsets, latent, condition, middle, last, cumulative } = weights
  const d = offsets.length - 1
  const width = offsets[d]!
  const noise = new Float32Array(rows * LATENT)
  const drawn = new Int32Array(rows)
  const [a1, d1] = [new Float32Array(rows * FIRST), new Float32Array(rows * FIRST)]
  const [a2, d2] = [new Float32Array(rows * SECOND), new Float32Array(rows * SECOND)]
  const chances = new Float32Array(rows * width)
  const places = new Int32Array(rows * d)
  const shares = new Float32Array(width)
  let n = 0
  const uniform = (bits: BitSource): number => (bits.u32() + 0.5) / 4_294_967_296
  return {
    weights,
    shares,
    make: (count, bits) => {
      n = count
      for (let i = 0; i < n * LATENT; i++) noise[i] = 2 * uniform(bits) - 1
      for (let i = 0; i < n; i++) {
        const c = Math.min(d - 1, Math.floor(uniform(bits) * d))
        drawn[i] = offsets[c]! + codeAt(cumulative[c]!, uniform(bits))
      }
      forward(latent, noise, n, a1)
      forwardPlaces(condition, drawn, n, 1, a1)
      leak(a1, n * FIRST)
      forward(middle, a1, n, a2)
      leak(a2, n * SECOND)
      forward(last, a2, n, chances)
      shares.fill(0)
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < d; c++) {
          const [from, to] = [i * width + offsets[c]!, i * width + offsets[c + 1]!]
          const given = drawn[i]! >= offsets[c]! && drawn[i]! < offsets[c + 1]!
          if (given) chances.fill(0, from, to).fill(1, i * width + drawn[i]!, i * width + drawn[i]! + 1)
          else softmax(chances, from, to)
          places[i * d + c] = given ? drawn[i]! : draw(chances, from, to, uniform(bits)) - i * width
        }
        for (let v = 0; v < width; v++) shares[v]! += chances[i * width + v]! / n
      }
      return places
    },
    back: (slopes, gradients) => {
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < d; c++) {
          const [from, to] = [i * width + offsets[c]!, i * width + offsets[c + 1]!]
          // Also zero where the column was given, since its chances are 0 and 1.
          let mean = 0
          for (let v = from; v < to; v++) mean += chances[v]! * slopes[v]!
          for (let v = from; v < to; v++) slopes[v] = chances[v]! * (slopes[v]! - mean)
        }
      }
      addGradient(gradients[3]!, a2, slopes, n)
      backInputs(last, slopes, n, d2)
      leakBack(a2, d2, n * SECOND)
      addGradient(gradients[2]!, a1, d2, n)
      backInputs(middle, d2, n, d1)
      leakBack(a1, d1, n * FIRST)
      addGradient(gradients[0]!, noise, d1, n)
      addGradientPlaces(gradients[1]!, drawn, d1, n, 1)
    }
  }
}

export const generatorGradients = (weights: GeneratorWeights): ReadonlyArray<Layer> =>
  generatorLayers(weights).map(zeros)

function softmax(x: Float32Array, from: number, to: number): void {
  let [most, sum] = [-Infinity, 0]
  for (let v = from; v < to; v++) if (x[v]! > most) most = x[v]!
  for (let v = from; v < to; v++) sum += x[v] = Math.exp(x[v]! - most)
  for (let v = from; v < to; v++) x[v]! /= sum
}

function draw(chances: Float32Array, from: number, to: number, at: number): number {
  let sum = 0
  for (let v = from; v < to; v++) if ((sum += chances[v]!) > at) return v
  return to - 1
}

function codeAt(cumulative: Float64Array, at: number): number {
  const scaled = at * cumulative.at(-1)!
  for (let code = 0; code < cumulative.length; code++) if (cumulative[code]! > scaled) return code
  return cumulative.length - 1
}
