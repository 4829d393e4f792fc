import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { conditionModel } from "./conditionModel.ts"
import type { TableShape } from "./decode/csvLines.ts"
import { readingsOf } from "./manifest/readingsOf.ts"
import type { NoisyMarginals } from "./manifest/NoisyMarginals.ts"
import { fitReadings } from "./mechanism/fitReadings.ts"
import type { Joining } from "./mechanism/Joining.ts"
import type { FitResult } from "./model/FitProblem.ts"
import type { GraphicalModel } from "./model/GraphicalModel.ts"
import type { Potential } from "./model/Potential.ts"
import { roundedRows } from "./rows/roundedRows.ts"
import type { RowSource } from "./rows/RowSource.ts"
import { splitJoined } from "./rows/splitJoined.ts"
import { compileRules } from "./rules/compileRules.ts"
import { matchingCodes } from "./rules/matchingCodes.ts"
import type { Conditions } from "./rules/matchingCodes.ts"

/** Ready to make rows. */
export interface Synthesis {
  readonly rows: RowSource
  readonly shape: TableShape
  readonly model: GraphicalModel
  readonly fit: FitResult
}

const impossible = new BadInput({
  code: "synth.impossible",
  message: "The rules and the fixed columns leave no row at all.",
  fix: "Loosen a rule, or fix fewer columns."
})

/**
 * What noisy marginals lead to: the fitted model and its rows. Pure post-processing, the same for everyone who holds them.
 * @param fixed  columns that every row is to have so; exact, nothing is rejected
 */
export const makeSynthesis = Effect.fn("makeSynthesis")(function* (
  marginals: NoisyMarginals,
  fixed: Conditions = {}
): Effect.fn.Return<Synthesis, BadInput> {
  const { columns, keys, rules, fit: settings } = marginals
  const { potentials: forbidden, orders } = yield* compileRules(columns, rules)
  const readings = readingsOf(marginals)
  const sizes = columns.map(({ size }) => size)
  const fitted = fitReadings(sizes, readings, forbidden, settings)
  if (!fitted.fit.possible) return yield* impossible
  const masks = yield* masksOf(columns, fixed)
  const model =
    masks.length === 0
      ? fitted.model
      : conditionModel(fitted.model, [...fitted.potentials, ...forbidden], joinMasks(fitted.joining, masks))
  if (model === undefined) return yield* impossible
  const rows = splitJoined(
    roundedRows(model),
    fitted.joining,
    readings,
    (column) => masks.find((mask) => mask.column === column)?.codes
  )
  return { rows, shape: { columns, keys, orders }, model, fit: fitted.fit }
})

interface Mask {
  readonly column: number
  readonly codes: Uint8Array
}

const masksOf = Effect.fnUntraced(function* (
  columns: NoisyMarginals["columns"],
  fixed: Conditions
): Effect.fn.Return<ReadonlyArray<Mask>, BadInput> {
  const masks: Array<Mask> = []
  for (const [name, condition] of Object.entries(fixed)) {
    const column = columns.findIndex((own) => own.name === name)
    if (column < 0) {
      return yield* new BadInput({
        code: "synth.fix",
        message: `The column ${name} cannot be fixed: no row is made with it.`,
        fix: `Fix one of ${columns.map((own) => own.name).join(", ")}.`
      })
    }
    masks.push({ column, codes: yield* matchingCodes(columns[column]!, condition) })
  }
  return masks
})

/** A joined value may be if one of those it stands for may. */
function joinMasks(joining: Joining, masks: ReadonlyArray<Mask>): ReadonlyArray<Potential> {
  return masks.map(({ column, codes }) => {
    const logs = new Float64Array(joining.sizes[column]!).fill(Number.NEGATIVE_INFINITY)
    codes.forEach((may, code) => {
      if (may === 1) logs[joining.codes[column]?.[code] ?? code] = 0
    })
    return { clique: [column], logs }
  })
}
