import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { Noise } from "../../dp/Noise.ts"
import { Adam } from "./Adam.ts"
import { Critic, criticGradients } from "./Critic.ts"
import { firstWeights, generatorGradients, generatorLayers, generatorOf } from "./Generator.ts"
import type { GeneratorWeights } from "./Generator.ts"
import type { Layer } from "./Layer.ts"
import { settleShares } from "./settleShares.ts"

export interface GanSettings {
  readonly steps: number
  /** rows of a batch on average */
  readonly batch: number
  /** noise in clips */
  readonly multiplier: number
}

export interface TrainedGan {
  readonly weights: GeneratorWeights
  /** share of real rows whose gradient was clipped would be an exact figure: only public facts stand here */
  readonly parameters: number
}

/** Whole numbers to one clip: sums of clipped gradients are rounded to this grid before noise. */
const GRID = 2 ** 24
const FAKES = 250
const CRITIC_RATE = 5e-3
const GENERATOR_RATE = 1e-3
/** How strongly the shares of generated codes are drawn to the noisy ones. */
const ANCHOR = 50
/** Of each step's weights in the mean that rows are made with. */
const FRESH = 0.01

/**
 * Trains a generator against a critic that alone sees real rows: Poisson batches, each row's gradient clipped to 1, Gaussian noise
 * on the sum. What the generator learns from is noisy already: the critic, and the shares of each column.
 *
 * One row moves a sum by at most 1 before rounding to the grid and by at most 1 + sqrt(parameters) / grid after; the noise is
 * larger by that factor. The noise is rounded normal noise in doubles, not an exact sampler: see `Noise.rounded`.
 * @param columns  codes; rows without secret are not told apart from others
 * @param shares   noisy shares of the codes of each column, paid before
 */
export const trainGan = Effect.fn("trainGan")(function* (
  columns: ReadonlyArray<Uint16Array>,
  shares: ReadonlyArray<Float64Array>,
  threshold: number,
  { steps, batch, multiplier }: GanSettings
): Effect.fn.Return<TrainedGan, never, Noise> {
  const noise = yield* Noise
  const d = columns.length
  const rows = columns[0]?.length ?? 0
  const offsets = shares.reduce<Array<number>>((list, own) => [...list, list.at(-1)! + own.length], [0])
  const width = offsets[d]!
  // First weights, latent draws and given codes carry no secret, so they may come from a seed.
  const bits = seededBits(yield* noise.salt)
  const uniform = (): number => bits.u32() / 4_294_967_296
  const target = Float32Array.from(shares.flatMap((own) => [...own]))
  const most = Math.ceil(batch + 12 * Math.sqrt(batch)) + 64
  const critic = Critic(width, d, Math.max(most, FAKES), uniform)
  const weights = firstWeights(offsets, shares, uniform)
  const mean = structuredClone(weights)
  const generator = generatorOf(weights, FAKES)
  const [criticStep, generatorStep] = [Adam(critic.layers, CRITIC_RATE), Adam(generatorLayers(weights), GENERATOR_RATE)]
  const parameters = critic.layers.reduce((sum, layer) => sum + layer.weights.length + layer.bias.length, 0)
  const scale = multiplier * (GRID + Math.sqrt(parameters))
  const places = new Int32Array(most * d)
  for (let step = 0; step < steps; step++) {
    // In the second half steps grow small, so that noise evens out.
    const part = Math.min(1, 2 * (1 - step / steps))
    const sums = criticGradients(critic)
    // A batch that outgrows its room would be a chance of 1e-30; its end is cut off, which no neighbour makes larger.
    const drawn = (yield* noise.sample(threshold, rows)).subarray(0, most)
    for (let i = 0; i < drawn.length; i++)
      for (let c = 0; c < d; c++) places[i * d + c] = offsets[c]! + columns[c]![drawn[i]!]!
    critic.back(slopesOf(critic.score(places, drawn.length), drawn.length, true), sums)
    for (const { weights: w, bias } of sums) {
      for (const part of [w, bias]) {
        const draws = yield* noise.rounded(scale, part.length)
        for (let i = 0; i < part.length; i++) part[i] = (Math.round(part[i]! * GRID) + draws[i]!) / (GRID * batch)
      }
    }
    const made = generator.make(FAKES, bits)
    const fakes = criticGradients(critic)
    critic.back(slopesOf(critic.score(made, FAKES), FAKES, false), fakes)
    addScaled(sums, fakes, 1 / FAKES)
    criticStep.step(critic.layers, sums, part)
    const slopes = critic.backPlaces(slopesOf(critic.score(made, FAKES), FAKES, true), width)
    for (let i = 0; i < FAKES; i++)
      for (let v = 0; v < width; v++)
        slopes[i * width + v] = (slopes[i * width + v]! + ANCHOR * (generator.shares[v]! - target[v]!)) / FAKES
    const gradients = generatorGradients(weights)
    generator.back(slopes, gradients)
    generatorStep.step(generatorLayers(weights), gradients, part)
    blend(generatorLayers(mean), generatorLayers(weights), Math.max(FRESH, 1 / (step + 1)))
    yield* Effect.yieldNow
  }
  settleShares(mean, target, bits)
  return { weights: mean, parameters }
})

/** Of the log loss by each score: towards real (1) or away from it. */
function slopesOf(scores: Float32Array, n: number, real: boolean): Float32Array {
  const slopes = new Float32Array(n)
  for (let i = 0; i < n; i++) slopes[i] = real ? -1 / (1 + Math.exp(scores[i]!)) : 1 / (1 + Math.exp(-scores[i]!))
  return slopes
}

function addScaled(to: ReadonlyArray<Layer>, from: ReadonlyArray<Layer>, factor: number): void {
  for (const [k, { weights, bias }] of from.entries()) {
    for (let i = 0; i < weights.length; i++) to[k]!.weights[i]! += factor * weights[i]!
    for (let i = 0; i < bias.length; i++) to[k]!.bias[i]! += factor * bias[i]!
  }
}

function blend(to: ReadonlyArray<Layer>, from: ReadonlyArray<Layer>, share: number): void {
  for (const [k, { weights, bias }] of from.entries()) {
    for (let i = 0; i < weights.length; i++) to[k]!.weights[i]! += share * (weights[i]! - to[k]!.weights[i]!)
    for (let i = 0; i < bias.length; i++) to[k]!.bias[i]! += share * (bias[i]! - to[k]!.bias[i]!)
  }
}
