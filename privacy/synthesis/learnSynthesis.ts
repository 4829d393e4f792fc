import { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import type { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { Noise } from "../dp/Noise.ts"
import { boundRows } from "./encode/boundRows.ts"
import { codeTable } from "./encode/codeTable.ts"
import { learnColumns } from "./encode/learnColumns.ts"
import type { NoisyMarginals } from "./manifest/NoisyMarginals.ts"
import { writeReadings } from "./manifest/writeReadings.ts"
import { mechanisms } from "./mechanism/mechanisms.ts"
import { Purse } from "./mechanism/Purse.ts"
import { workloadOf } from "./mechanism/workloadOf.ts"
import type { SynthesisPlan, SynthesisRequest } from "./planSynthesis.ts"
import { compileRules } from "./rules/compileRules.ts"

/** 1 MB of model: trees of more cells take longer to fit and seldom pay. */
const MODEL_CELLS = 131_072
const FIT = { steps: 1000, tolerance: 1e-4 }

/** What a synthesis has learned. */
export interface LearnedSynthesis {
  readonly marginals: NoisyMarginals
  readonly rounds: number
}

export interface SynthesisTable {
  /** SQL of the table to learn from */
  readonly relation: string
  /** the column that says whose a row is; absent: each row is a subject of its own */
  readonly subject?: string
  /** schema in which working tables may stand, and the beginning of their names */
  readonly scratch: readonly [schema: string, name: string]
}

/**
 * Learns the noisy marginals of a table. The loss of the plan was charged before; every call draws anew.
 *
 * Working tables hold exact codes; they are dropped whatever happens.
 */
export const learnSynthesis = Effect.fn("learnSynthesis")(function* (
  plan: SynthesisPlan,
  { relation, subject, scratch: [schema, name] }: SynthesisTable
): Effect.fn.Return<LearnedSynthesis, BadInput | Refused | WarehouseError, Warehouse | Noise> {
  const warehouse = yield* Warehouse
  const { request, units, learningUnits, selectionDelta, paid } = plan
  const cap = request.rowsPerSubject
  const [bounded, coded] = [`${name}_rows`, `${name}_codes`]
  const drop = Effect.ignore(
    Effect.forEach([bounded, coded], (table) => warehouse.run(`drop table if exists ${quoteIdentifier(schema, table)}`))
  )
  const learn = Effect.gen(function* () {
    const names = plan.columns.map((column) => column.name)
    const rows = subject === undefined ? relation : yield* boundRows(relation, subject, names, cap, [schema, bounded])
    const columns = yield* learnColumns(plan.columns, rows, { units: learningUnits, delta: selectionDelta, cap })
    const { potentials } = yield* compileRules(columns, request.rules)
    const source = yield* codeTable(columns, potentials, rows, [schema, coded], cap)
    const purse = Purse(units - learningUnits)
    // Everything was paid before: nothing is read.
    const nothing = purse.left === 0n
    const { readings, rounds } = nothing
      ? { readings: paid, rounds: 0 }
      : yield* mechanisms[mechanismOf(request)]({
          source,
          purse,
          workload: workloadOf(columns.length, request.workload),
          rules: potentials,
          paid,
          modelCells: MODEL_CELLS
        })
    const marginals: NoisyMarginals = {
      format: "assay-marginals/1",
      algorithm: request.algorithm,
      ...(request.variant === undefined ? {} : { variant: request.variant }),
      columns,
      keys: plan.keys,
      rules: request.rules,
      readings: writeReadings(readings),
      fit: FIT
    }
    return { marginals, rounds }
  })
  return yield* Effect.ensuring(learn, drop)
})

const mechanismOf = ({ algorithm, variant }: SynthesisRequest): keyof typeof mechanisms =>
  algorithm === "aim" && variant !== undefined ? `aim-${variant}` : algorithm
