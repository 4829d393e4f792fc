import { zeros } from "./Layer.ts"
import type { Layer } from "./Layer.ts"

const [BETA1, BETA2, TINY] = [0.5, 0.9, 1e-8]

type Values = Layer["weights"]

/** Adaptive moments for some layers. */
export interface Adam {
  /** Moves the layers against their gradients; `part` of the rate, so that steps can grow small. */
  step(layers: ReadonlyArray<Layer>, gradients: ReadonlyArray<Layer>, part: number): void
}

/** @source Kingma, Ba 2015 (arXiv 1412.6980), with the betas of GANs */
export const Adam = (shapes: ReadonlyArray<Layer>, rate: number): Adam => {
  const [first, second] = [shapes.map(zeros), shapes.map(zeros)]
  let time = 0
  const move = (w: Values, g: Values, m: Values, v: Values, size: number): void => {
    const correct = Math.sqrt(1 - BETA2 ** time)
    for (let i = 0; i < w.length; i++) {
      m[i] = BETA1 * m[i]! + (1 - BETA1) * g[i]!
      v[i] = BETA2 * v[i]! + (1 - BETA2) * g[i]! * g[i]!
      w[i]! -= (size * m[i]!) / (Math.sqrt(v[i]!) / correct + TINY)
    }
  }
  return {
    step: (layers, gradients, part) => {
      time += 1
      const size = (rate * part) / (1 - BETA1 ** time)
      for (const [i, { weights, bias }] of layers.entries()) {
        move(weights, gradients[i]!.weights, first[i]!.weights, second[i]!.weights, size)
        move(bias, gradients[i]!.bias, first[i]!.bias, second[i]!.bias, size)
      }
    }
  }
}
