/** A dense layer: `weights[input * outputs + output]` and one bias for each output. */
export interface Layer {
  readonly inputs: number
  readonly outputs: number
  readonly weights: Float32Array | Float64Array
  readonly bias: Float32Array | Float64Array
}

/** @param uniform  0..1, to draw the first weights from; public, no secret is in it */
export const Layer = (inputs: number, outputs: number, uniform: () => number, scale = 1): Layer => {
  const limit = scale * Math.sqrt(6 / (inputs + outputs))
  return {
    inputs,
    outputs,
    weights: Float32Array.from({ length: inputs * outputs }, () => limit * (2 * uniform() - 1)),
    bias: new Float32Array(outputs)
  }
}

/** A layer of the same shape that holds zeros: gradients, moments. */
export const zeros = ({ inputs, outputs }: Layer): Layer => ({
  inputs,
  outputs,
  weights: new Float32Array(inputs * outputs),
  bias: new Float32Array(outputs)
})

/** The same in doubles: sums of private gradients, whose rounding must not depend on how many rows there are. */
export const wideZeros = ({ inputs, outputs }: Layer): Layer => ({
  inputs,
  outputs,
  weights: new Float64Array(inputs * outputs),
  bias: new Float64Array(outputs)
})
