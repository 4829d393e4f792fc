import type { Layer } from "./Layer.ts"

const SLOPE = 0.2

/** Sums of a layer for n rows of dense inputs: y = x W + b. */
export function forward({ inputs, outputs, weights, bias }: Layer, x: Float32Array, n: number, y: Float32Array): void {
  for (let i = 0; i < n; i++) {
    const to = i * outputs
    for (let o = 0; o < outputs; o++) y[to + o] = bias[o]!
    for (let k = 0; k < inputs; k++) {
      const input = x[i * inputs + k]!
      if (input === 0) continue
      const from = k * outputs
      for (let o = 0; o < outputs; o++) y[to + o]! += input * weights[from + o]!
    }
  }
}

/** Sums of a layer whose inputs are ones at the given places, `width` of them a row, added to what stands in y. */
export function forwardPlaces(
  { outputs, weights }: Layer,
  places: Int32Array,
  n: number,
  width: number,
  y: Float32Array
): void {
  for (let i = 0; i < n; i++) {
    const to = i * outputs
    for (let k = 0; k < width; k++) {
      const place = places[i * width + k]!
      if (place < 0) continue
      const from = place * outputs
      for (let o = 0; o < outputs; o++) y[to + o]! += weights[from + o]!
    }
  }
}

/** What reaches a layer's inputs from what reached its outputs: dx = dy W'. */
export function backInputs({ inputs, outputs, weights }: Layer, dy: Float32Array, n: number, dx: Float32Array): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < inputs; k++) {
      let sum = 0
      const from = k * outputs
      for (let o = 0; o < outputs; o++) sum += dy[i * outputs + o]! * weights[from + o]!
      dx[i * inputs + k] = sum
    }
  }
}

/** Adds to a gradient what n rows say about weights and bias. */
export function addGradient(gradient: Layer, x: Float32Array, dy: Float32Array, n: number): void {
  const { inputs, outputs, weights, bias } = gradient
  for (let i = 0; i < n; i++) {
    const at = i * outputs
    for (let o = 0; o < outputs; o++) bias[o]! += dy[at + o]!
    for (let k = 0; k < inputs; k++) {
      const input = x[i * inputs + k]!
      if (input === 0) continue
      const to = k * outputs
      for (let o = 0; o < outputs; o++) weights[to + o]! += input * dy[at + o]!
    }
  }
}

/** The same for inputs that are ones at places; the bias is not touched. */
export function addGradientPlaces(
  gradient: Layer,
  places: Int32Array,
  dy: Float32Array,
  n: number,
  width: number
): void {
  const { outputs, weights } = gradient
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < width; k++) {
      const place = places[i * width + k]!
      if (place < 0) continue
      const to = place * outputs
      for (let o = 0; o < outputs; o++) weights[to + o]! += dy[i * outputs + o]!
    }
  }
}

/** Leaky rectifier in place. */
export function leak(y: Float32Array, length: number): void {
  for (let i = 0; i < length; i++) if (y[i]! < 0) y[i]! *= SLOPE
}

/** Its derivative times what came back, in place; the sign of the output is that of the sum. */
export function leakBack(output: Float32Array, dy: Float32Array, length: number): void {
  for (let i = 0; i < length; i++) if (output[i]! < 0) dy[i]! *= SLOPE
}
