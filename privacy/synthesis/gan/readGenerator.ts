import type { GanFile } from "./GanFile.ts"
import { FIRST, LATENT, SECOND } from "./Generator.ts"
import type { GeneratorWeights } from "./Generator.ts"
import type { Layer } from "./Layer.ts"

/** The generator of a file; undefined where its parts do not fit each other or hold what is no number. */
export function readGenerator({ columns, layers, cumulative }: GanFile): GeneratorWeights | undefined {
  const offsets = [0]
  for (const { size } of columns) offsets.push(offsets.at(-1)! + size)
  const width = offsets.at(-1)!
  const latent = layerOf(layers.latent, LATENT, FIRST)
  const condition = layerOf(layers.condition, width, FIRST)
  const middle = layerOf(layers.middle, FIRST, SECOND)
  const last = layerOf(layers.last, SECOND, width)
  const shares = cumulative.map((text, c) => numbersOf(text, columns[c]?.size ?? -1, Float64Array))
  if (shares.length !== columns.length || columns.length === 0 || shares.includes(undefined)) return undefined
  if (latent === undefined || condition === undefined || middle === undefined || last === undefined) return undefined
  return { offsets, latent, condition, middle, last, cumulative: shares as ReadonlyArray<Float64Array> }
}

function layerOf(own: GanFile["layers"]["last"], inputs: number, outputs: number): Layer | undefined {
  const weights = numbersOf(own.weights, inputs * outputs, Float32Array)
  const bias = numbersOf(own.bias, outputs, Float32Array)
  const fits = own.inputs === inputs && own.outputs === outputs
  return fits && weights !== undefined && bias !== undefined ? { inputs, outputs, weights, bias } : undefined
}

function numbersOf<A extends Float32Array | Float64Array>(
  text: string,
  length: number,
  make: { readonly BYTES_PER_ELEMENT: number; new (bytes: ArrayBuffer): A }
): A | undefined {
  const bytes = Buffer.from(text, "base64")
  if (bytes.length !== length * make.BYTES_PER_ELEMENT) return undefined
  const numbers = new make(Uint8Array.from(bytes).buffer)
  return numbers.every((value) => Number.isFinite(value)) ? numbers : undefined
}
