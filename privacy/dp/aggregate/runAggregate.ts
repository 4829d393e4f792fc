import { Effect } from "effect"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { Noise } from "../Noise.ts"
import type { AggregatePlan, PlannedKey } from "./AggregatePlan.ts"
import type { Cells } from "./Cells.ts"
import { drawMeasure } from "./drawMeasure.ts"
import type { Figures } from "./drawMeasure.ts"
import { peelCells } from "./peelCells.ts"
import { readGroups } from "./readGroups.ts"
import type { ReleasedColumn, ReleasedTable } from "./ReleasedTable.ts"
import { selectKeys } from "./selectKeys.ts"
import type { KeptKeys } from "./selectKeys.ts"
import { topRows } from "./topRows.ts"

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
  if (plan.shape.measures.some(({ range }) => range !== undefined && range.found !== true))
    throw new RangeError("a release runs only after the bounds that it pays for were found")
  const { shape, noise } = plan
  const { salt } = yield* Noise
  const groups = yield* readGroups(shape, relation, yield* salt)
  const kept: KeptKeys =
    noise.selection === undefined
      ? { tuples: [[]], placeOf: () => 0 }
      : yield* selectKeys(shape, groups, noise.selection)
  const all = layOut(shape.keys, kept)
  const cells = noise.peel === undefined ? all : yield* peelCells(shape, groups, kept, all, noise.peel)
  const measures: Array<ReleasedColumn> = []
  const drawn = new Map<number, ReadonlyArray<Figures>>()
  for (const [i, measure] of shape.measures.entries()) {
    const first = measure.together ?? i
    if (first === i) drawn.set(i, yield* drawMeasure(plan, groups, kept, cells, i))
    const figures = drawn.get(first)!.find(({ place }) => place === i)!
    const counts = measure.statistic?.kind === "bands"
    const integral = counts || (measure.statistic === undefined && Number.isInteger(measure.step))
    const scale = counts ? 1 : measure.statistic?.kind === "variance" ? measure.step ** 2 : measure.step
    const inUnit = (steps: number): number => (scale === 1 ? steps : toUnit(steps, scale))
    measures.push({
      name: measure.name,
      type: integral ? "BIGINT" : "DOUBLE",
      role: "measure",
      values: Array.from(cells.order, (cell) => inUnit(figures.values[cell]!)),
      halfWidths: Array.from(cells.order, (cell) => inUnit(figures.halfWidths[cell]!))
    })
  }
  const keys = shape.keys.map((key, i): ReleasedColumn => ({
    name: key.name,
    type: key.source.type,
    role: "key",
    values: Array.from(cells.order, (cell) => cells.valueOf(i, cell))
  }))
  const table = { rows: cells.length, columns: [...keys, ...measures] }
  return noise.peel === undefined ? topRows(table, shape.top) : table
})

const toUnit = (steps: number, step: number): number => Number((steps * step).toPrecision(15))

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
  return { length, publicCells, order, indexOf, valueOf: (key, cell) => values[key]![indexOf(key, cell)]! }
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
