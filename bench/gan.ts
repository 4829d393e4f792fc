/**
 * What is a DP-GAN worth beside columns drawn independently? One epsilon a process; compare with bench/synth.ts census.
 *
 *     node bench/gan.ts [EPSILON [STEPS [BATCH]]]
 *
 * On 48,842 rows x 14 columns of 2 to 100 values, generated, structure known. To reach: 1,000 steps of batch 500 within 8
 * minutes of CPU. Errors are total variation distances of all columns and all pairs. The shares of single columns are the exact
 * ones here (noisy in a synthesis), for the network as for the independent columns, so that the figures are those of training.
 */
import { Effect } from "effect"
import { seededBits } from "#core/random/BitSource.ts"
import { uniformInt } from "#core/random/uniformInt.ts"
import { Noise } from "#privacy/dp/Noise.ts"
import { pureRho } from "#privacy/dp/accounting/pureRho.ts"
import { zcdpRho } from "#privacy/dp/accounting/zcdpRho.ts"
import { ganMultiplier } from "#privacy/synthesis/gan/ganNoise.ts"
import { generatorOf } from "#privacy/synthesis/gan/Generator.ts"
import { trainGan } from "#privacy/synthesis/gan/trainGan.ts"
import { censusSizes, drawTable } from "./synthTables.ts"

const [epsilon, steps, batch] = [process.argv[2] ?? 1, process.argv[3] ?? 1000, process.argv[4] ?? 500].map(Number) as [
  number,
  number,
  number
]
const delta = 1e-9
const BLOCK = 1000
const table = drawTable("census", censusSizes, 48_842)
const { sizes, rows, columns } = table
const shares = sizes.map((size, c) => {
  const own = new Float64Array(size)
  for (const code of columns[c]!) own[code]! += 1 / rows
  return own
})
const threshold = Math.floor((batch / rows) * 2 ** 32)
const multiplier = ganMultiplier(threshold / 2 ** 32, steps, epsilon, delta)

const begun = process.cpuUsage()
const settings = { steps, batch, multiplier }
const { weights, parameters } = await Effect.runPromise(
  Effect.provide(trainGan(columns, shares, threshold, settings), Noise.layer)
)
const { user, system } = process.cpuUsage(begun)

const bits = seededBits("rows")
const generator = generatorOf(weights, BLOCK)
const made = sizes.map(() => new Uint16Array(rows))
const sampling = process.cpuUsage()
for (let from = 0; from < rows; from += BLOCK) {
  const places = generator.make(BLOCK, bits)
  for (let i = 0; i < BLOCK && from + i < rows; i++)
    for (let c = 0; c < sizes.length; c++) made[c]![from + i] = places[i * sizes.length + c]! - weights.offsets[c]!
}
const sampled = process.cpuUsage(sampling)
const shuffled = columns.map((column) => {
  const own = column.slice()
  for (let i = own.length - 1; i > 0; i--) {
    const j = uniformInt(bits, i + 1)
    const moved = own[i]!
    own[i] = own[j]!
    own[j] = moved
  }
  return own
})

function variation(other: ReadonlyArray<Uint16Array>, of: ReadonlyArray<number>): number {
  const cells = new Float64Array(of.reduce((n, c) => n * sizes[c]!, 1))
  for (let i = 0; i < rows; i++) {
    let [a, b] = [0, 0]
    for (const c of of) {
      a = a * sizes[c]! + columns[c]![i]!
      b = b * sizes[c]! + other[c]![i]!
    }
    cells[a]! += 1
    cells[b]! -= 1
  }
  return cells.reduce((sum, value) => sum + Math.abs(value), 0) / 2 / rows
}
const mean = (list: ReadonlyArray<number>): string => (list.reduce((a, b) => a + b, 0) / list.length).toFixed(4)
const singles = sizes.map((_, c) => [c])
const pairs = sizes.flatMap((_, a) => sizes.flatMap((_, b) => (a < b ? [[a, b]] : [])))

console.log(
  `epsilon ${epsilon}, delta ${delta}: multiplier ${multiplier.toFixed(3)}, ${steps} steps of ${batch}, critic of ${parameters} numbers`
)
console.log(
  `training ${((user + system) / 1e6).toFixed(1)} s of CPU, rows ${((sampled.user + sampled.system) / 1e6).toFixed(1)} s`
)
console.log(
  `charged rho ${pureRho(epsilon).toFixed(4)}, where marginals at this epsilon cost ${zcdpRho(epsilon, delta).toFixed(4)}`
)
for (const [name, other] of [
  ["gan", made],
  ["independent", shuffled]
] as const)
  console.log(
    `${name.padEnd(12)} 1-way ${mean(singles.map((of) => variation(other, of)))}  2-way ${mean(pairs.map((of) => variation(other, of)))}`
  )
