import type { GanFile } from "./GanFile.ts"
import type { GeneratorWeights } from "./Generator.ts"
import type { Layer } from "./Layer.ts"

const base64 = (numbers: Float32Array | Float64Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64")

const layer = ({ inputs, outputs, weights, bias }: Layer): GanFile["layers"]["last"] => ({
  inputs,
  outputs,
  weights: base64(Float32Array.from(weights)),
  bias: base64(Float32Array.from(bias))
})

/** A generator as it stands in its file. */
export const writeGenerator = ({
  latent,
  condition,
  middle,
  last,
  cumulative
}: GeneratorWeights): Pick<GanFile, "layers" | "cumulative"> => ({
  layers: { latent: layer(latent), condition: layer(condition), middle: layer(middle), last: layer(last) },
  cumulative: cumulative.map(base64)
})
