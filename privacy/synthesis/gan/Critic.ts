import { addGradient, addGradientPlaces, backInputs, forward, forwardPlaces, leak, leakBack } from "./dense.ts"
import { Layer, wideZeros } from "./Layer.ts"

const [FIRST, SECOND] = [48, 24]

/** Says how real a row looks; a row is the places of its codes in the one-hot layer, one for each column. */
export interface Critic {
  readonly layers: readonly [Layer, Layer, Layer]
  /** Scores of n rows; remembered for `back`. */
  score(places: Int32Array, n: number): Float32Array
  /**
   * Clips the gradient of each remembered row to norm 1 and sums them into `gradients`.
   * @param slopes  of the loss by each score
   * @returns       how many were clipped
   */
  back(slopes: Float32Array, gradients: readonly [Layer, Layer, Layer]): number
  /** How the loss of each remembered row moves with each place of the one-hot layer: n x width. */
  backPlaces(slopes: Float32Array, width: number): Float32Array
}

/**
 * A network of two hidden layers over one-hot codes. No batch norm, no dropout: what a row does to the gradient is its own, so
 * its norm is a sum over layers of (|input|^2 + 1) |delta|^2 and no gradient of a single row is ever written down.
 * @param rows  the most rows of one call
 */
export const Critic = (places: number, columns: number, rows: number, uniform: () => number): Critic => {
  const layers = [Layer(places, FIRST, uniform, 2), Layer(FIRST, SECOND, uniform), Layer(SECOND, 1, uniform)] as const
  const [a1, d1] = [new Float32Array(rows * FIRST), new Float32Array(rows * FIRST)]
  const [a2, d2] = [new Float32Array(rows * SECOND), new Float32Array(rows * SECOND)]
  const [scores, d3] = [new Float32Array(rows), new Float32Array(rows)]
  let [seen, n] = [new Int32Array(0), 0]
  const deltas = (slopes: Float32Array): void => {
    d3.set(slopes.subarray(0, n))
    backInputs(layers[2], d3, n, d2)
    leakBack(a2, d2, n * SECOND)
    backInputs(layers[1], d2, n, d1)
    leakBack(a1, d1, n * FIRST)
  }
  return {
    layers,
    score: (of, count) => {
      ;[seen, n] = [of as Int32Array<ArrayBuffer>, count]
      for (let i = 0; i < n; i++) a1.set(layers[0].bias, i * FIRST)
      forwardPlaces(layers[0], of, n, columns, a1)
      leak(a1, n * FIRST)
      forward(layers[1], a1, n, a2)
      leak(a2, n * SECOND)
      forward(layers[2], a2, n, scores)
      return scores
    },
    back: (slopes, gradients) => {
      deltas(slopes)
      let clipped = 0
      for (let i = 0; i < n; i++) {
        const norm = Math.sqrt(
          d3[i]! ** 2 * (1 + square(a2, i, SECOND)) +
            square(d2, i, SECOND) * (1 + square(a1, i, FIRST)) +
            square(d1, i, FIRST) * (1 + columns)
        )
        if (norm <= 1) continue
        clipped += 1
        // A little less than 1, for the rounding of 32-bit sums.
        const factor = (1 - 1e-5) / norm
        d3[i]! *= factor
        for (let k = 0; k < SECOND; k++) d2[i * SECOND + k]! *= factor
        for (let k = 0; k < FIRST; k++) d1[i * FIRST + k]! *= factor
      }
      addGradientPlaces(gradients[0], seen, d1, n, columns)
      for (let i = 0; i < n; i++) for (let k = 0; k < FIRST; k++) gradients[0].bias[k]! += d1[i * FIRST + k]!
      addGradient(gradients[1], a1, d2, n)
      addGradient(gradients[2], a2, d3, n)
      return clipped
    },
    backPlaces: (slopes, width) => {
      deltas(slopes)
      const moved = new Float32Array(n * width)
      backInputs(layers[0], d1, n, moved)
      return moved
    }
  }
}

/** Gradients of a critic, all zero, in doubles. */
export const criticGradients = ({ layers }: Critic): readonly [Layer, Layer, Layer] => [
  wideZeros(layers[0]),
  wideZeros(layers[1]),
  wideZeros(layers[2])
]

function square(x: Float32Array, row: number, width: number): number {
  let sum = 0
  for (let k = row * width; k < (row + 1) * width; k++) sum += x[k]! * x[k]!
  return sum
}
