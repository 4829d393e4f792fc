import { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Noise } from "../../dp/Noise.ts"
import type { CodedColumn } from "../encode/CodedColumn.ts"
import { boundRows } from "../encode/boundRows.ts"
import { codeTable } from "../encode/codeTable.ts"
import { learnColumns } from "../encode/learnColumns.ts"
import type { SynthesisTable } from "../learnSynthesis.ts"
import { independent } from "../mechanism/independent.ts"
import { Purse } from "../mechanism/Purse.ts"
import type { Reading } from "../mechanism/Reading.ts"
import { estimateTotal } from "../model/estimateTotal.ts"
import type { Potential } from "../model/Potential.ts"
import { compileRules } from "../rules/compileRules.ts"
import type { Order } from "../rules/orderTables.ts"
import type { GeneratorWeights } from "./Generator.ts"
import type { GanPlan } from "./planGan.ts"
import { ganMultiplier } from "./ganNoise.ts"
import { trainGan } from "./trainGan.ts"

/** What a training has learned; all of it may be published. */
export interface LearnedGan {
  readonly columns: ReadonlyArray<CodedColumn>
  readonly potentials: ReadonlyArray<Potential>
  readonly orders: ReadonlyArray<Order>
  readonly readings: ReadonlyArray<Reading>
  readonly weights: GeneratorWeights
  /** noisy number of rows */
  readonly total: number
  /** chance of a row to be in a batch, as the accountant takes it */
  readonly rate: number
  /** noise in clips */
  readonly multiplier: number
  readonly parameters: number
}

const CHUNK = 50_000

/**
 * Learns the columns of a table by noisy marginals and how they hang together by training. The loss of the plan was charged
 * before; working tables hold exact codes and are dropped whatever happens.
 */
export const learnGan = Effect.fn("learnGan")(function* (
  plan: GanPlan,
  { relation, subject, scratch: [schema, name] }: SynthesisTable
): Effect.fn.Return<LearnedGan, BadInput | Refused | WarehouseError, Warehouse | Noise> {
  const warehouse = yield* Warehouse
  const { marginals, steps, batch, epsilon, delta } = plan
  const [bounded, coded] = [`${name}_rows`, `${name}_codes`]
  const drop = Effect.ignore(
    Effect.forEach([bounded, coded], (table) => warehouse.run(`drop table if exists ${quoteIdentifier(schema, table)}`))
  )
  const learn = Effect.gen(function* () {
    const names = marginals.columns.map((column) => column.name)
    const rows = subject === undefined ? relation : yield* boundRows(relation, subject, names, 1, [schema, bounded])
    const loss = { units: marginals.learningUnits, delta: marginals.selectionDelta, cap: 1 }
    const columns = yield* learnColumns(marginals.columns, rows, loss)
    const { potentials, orders } = yield* compileRules(columns, marginals.request.rules)
    const source = yield* codeTable(columns, potentials, rows, [schema, coded], 1)
    const purse = Purse(marginals.units - marginals.learningUnits)
    const brief = { source, purse, workload: [], rules: potentials, paid: [], modelCells: 0 }
    const { readings } = yield* independent(brief)
    const total = estimateTotal(
      readings.map(({ clique, counts, variance }) => ({
        clique,
        values: counts,
        precision: new Float64Array(counts.length).fill(Number(variance.den) / Number(variance.num))
      }))
    )
    const shares = columns.map((_, c) => sharesOf(readings.find(({ clique }) => clique[0] === c)!.counts))
    const threshold = Math.max(1, Math.min(2 ** 32 - 1, Math.floor((batch / total) * 2 ** 32)))
    const rate = threshold / 2 ** 32
    const multiplier = ganMultiplier(rate, steps, epsilon, delta)
    const codes = yield* readCodes(quoteIdentifier(schema, coded), columns.length)
    const { weights, parameters } = yield* trainGan(codes, shares, threshold, { steps, batch, multiplier })
    return { columns, potentials, orders, readings, weights, total, rate, multiplier, parameters }
  })
  return yield* Effect.ensuring(learn, drop)
})

/** Noisy counts as shares: what fell below zero is nothing. */
function sharesOf(counts: Float64Array): Float64Array {
  const kept = counts.map((count) => Math.max(0, count))
  const sum = kept.reduce((a, b) => a + b, 0)
  return sum > 0 ? kept.map((count) => count / sum) : kept.fill(1 / kept.length)
}

const readCodes = Effect.fnUntraced(function* (table: string, width: number) {
  const warehouse = yield* Warehouse
  const [counted] = yield* warehouse.query<{ n: number }>(`select count(*) as n from ${table}`)
  const codes = Array.from({ length: width }, () => new Uint16Array(counted!.n))
  for (let from = 0; from < counted!.n; from += CHUNK) {
    const { values, length } = yield* warehouse.columns(
      `select * from ${table} where rowid >= ${from} and rowid < ${from + CHUNK} order by rowid`
    )
    for (let c = 0; c < width; c++) {
      const column = values[`c${c}`] as ReadonlyArray<number>
      for (let i = 0; i < length; i++) codes[c]![from + i] = column[i]!
    }
  }
  return codes
})
