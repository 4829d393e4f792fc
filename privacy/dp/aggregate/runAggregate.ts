import { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Noise } from "../Noise.ts"
import type { AggregatePlan, AggregateShape, PlannedKey } from "./AggregatePlan.ts"
import { boundedGroups } from "./boundedGroups.ts"
import type { BoundedGroups } from "./boundedGroups.ts"
import type { ReleasedColumn, ReleasedTable } from "./ReleasedTable.ts"
import { selectKeys } from "./selectKeys.ts"
import type { KeptKeys } from "./selectKeys.ts"

/**
 * Makes a planned release: bounds and totals in the warehouse, key selection and noise here. Its loss must have been
 * reserved before it is called; every call draws anew.
 *
 * Cells are the kept key tuples crossed with all public values, zeros included, sorted by the keys in the order of `by`.
 * Figures are published as drawn: rounding negative ones away would bias every sum over cells.
 * @param relation  schema and name of the table or view to read, already permitted
 * @throws          RangeError if the plan has no prediction: a census was due before
 */
export const runAggregate = Effect.fn("runAggregate")(function* (
  plan: AggregatePlan,
  relation: ReadonlyArray<string>
): Effect.fn.Return<ReleasedTable, WarehouseError, Warehouse | Noise> {
  if (plan.prediction === undefined) throw new RangeError("a release runs only after its usefulness was judged")
  const { shape, noise } = plan
  const { gaussian, salt } = yield* Noise
  const groups = yield* boundedGroups(shape, relation, yield* salt)
  const kept: KeptKeys =
    noise.selection === undefined
      ? { tuples: [[]], placeOf: () => 0 }
      : yield* selectKeys(shape, groups, noise.selection)
  const cells = layOut(shape.keys, kept)
  const measures: Array<ReleasedColumn> = []
  for (const [i, measure] of shape.measures.entries()) {
    const draws = yield* gaussian(noise.measures[i]!.variance, cells.length)
    const figures = addNoise(cellTotals(shape, groups, groups.totals[i]!, kept, cells), cells.order, draws)
    const whole = Number.isInteger(measure.step)
    measures.push({
      name: measure.name,
      type: whole ? "BIGINT" : "DOUBLE",
      role: "measure",
      values: measure.step === 1 ? figures : figures.map((steps) => toUnit(steps, measure.step))
    })
  }
  const keys = shape.keys.map((key, i): ReleasedColumn => ({
    name: key.name,
    type: key.source.type,
    role: "key",
    values: Array.from(cells.order, (cell) => cells.valueOf(i, cell))
  }))
  return { rows: cells.length, columns: [...keys, ...measures] }
})

const toUnit = (steps: number, step: number): number => Number((steps * step).toPrecision(15))

/** All cells of the release; `order[r]` is the cell of row r. */
interface Cells {
  readonly length: number
  readonly publicCells: number
  readonly order: Uint32Array
  readonly valueOf: (key: number, cell: number) => string | number | bigint | boolean
}

function layOut(keys: ReadonlyArray<PlannedKey>, kept: KeptKeys): Cells {
  const publicCells = keys.reduce((product, key) => product * (key.domain?.values.length ?? 1), 1)
  const length = kept.tuples.length * publicCells
  const selectedBefore = keys.map((_, i) => keys.slice(0, i).filter((key) => key.domain === undefined).length)
  const publicAfter = keys.map((_, i) =>
    keys.slice(i + 1).reduce((product, key) => product * (key.domain?.values.length ?? 1), 1)
  )
  const values = keys.map((key, i) =>
    key.domain === undefined ? kept.tuples.map((tuple) => parseKey(key, tuple[selectedBefore[i]!]!)) : key.domain.values
  )
  const indexOf = (i: number, cell: number): number =>
    keys[i]!.domain === undefined
      ? Math.floor(cell / publicCells)
      : Math.floor((cell % publicCells) / publicAfter[i]!) % values[i]!.length
  const ranks = keys.map((key, i) => (key.domain === undefined ? rank(values[i]!) : undefined))
  const order = Uint32Array.from({ length }, (_, cell) => cell)
  order.sort((a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const [x, y] = [indexOf(i, a), indexOf(i, b)]
      const difference = ranks[i] === undefined ? x - y : ranks[i]![x]! - ranks[i]![y]!
      if (difference !== 0) return difference
    }
    return a - b
  })
  return { length, publicCells, order, valueOf: (key, cell) => values[key]![indexOf(key, cell)]! }
}

function rank(values: ReadonlyArray<string | number | bigint | boolean>): ReadonlyArray<number> {
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const places = new Map(sorted.map((value, place) => [value, place]))
  return values.map((value) => places.get(value)!)
}

function parseKey(key: PlannedKey, text: string): string | number | bigint | boolean {
  if (key.source.type === "BOOLEAN") return text === "true"
  if (key.source.type !== "BIGINT") return text
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

function cellTotals(
  shape: AggregateShape,
  groups: BoundedGroups,
  totals: ReadonlyArray<number>,
  kept: KeptKeys,
  cells: Cells
): Float64Array {
  const out = new Float64Array(cells.length)
  for (let row = 0; row < groups.length; row++) {
    const tuple: Array<string> = []
    let within = 0
    for (const [i, key] of shape.keys.entries()) {
      const value = groups.keys[i]![row]!
      if (key.domain === undefined) tuple.push(String(value))
      else within = within * key.domain.values.length + Number(value)
    }
    const place = kept.placeOf(tuple)
    if (place !== undefined) out[place * cells.publicCells + within] = totals[row]!
  }
  return out
}

function addNoise(totals: Float64Array, order: Uint32Array, draws: Float64Array): ReadonlyArray<number> {
  return Array.from(order, (cell, row) => totals[cell]! + draws[row]!)
}
