import { Clock, Effect, FileSystem } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import type { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { chargeFile } from "../../dp/alone/chargeFile.ts"
import type { FileBudget } from "../../dp/alone/chargeFile.ts"
import type { Noise } from "../../dp/Noise.ts"
import { learnSynthesis } from "../learnSynthesis.ts"
import { makeSynthesis } from "../makeSynthesis.ts"
import { describeSynthesis } from "../manifest/describeSynthesis.ts"
import type { SynthesisLoss } from "../manifest/describeSynthesis.ts"
import type { NoisyMarginals } from "../manifest/NoisyMarginals.ts"
import type { SynthesisPlan, SynthesisRequest } from "../planSynthesis.ts"
import { planSynthesis } from "../planSynthesis.ts"
import type { Conditions } from "../rules/matchingCodes.ts"
import { exportRows } from "./exportRows.ts"
import { openTable } from "./openTable.ts"

/** Which rows are written where. */
export interface RowsAsked {
  /** absent: as many as the model says the table has */
  readonly rows?: number
  readonly seed: string
  readonly fixed: Conditions
  readonly out: string
}

/** Whose rows are whose; without it each row is protected by itself. */
export interface AloneOptions extends RowsAsked {
  readonly subject?: string
  /** path of the ledger; absent: nobody accounts for the loss */
  readonly ledger?: string
  readonly earlier: ReadonlyArray<NoisyMarginals>
}

export interface FileSynthesis {
  readonly manifest: ReturnType<typeof describeSynthesis>
  readonly plan: SynthesisPlan
  readonly rounds: number
  readonly budget?: FileBudget
}

/**
 * Synthetic rows of a file, without a home: plan, charge the ledger beside the file, learn, write. Beside the rows stand their
 * manifest and the noisy marginals that they can be made from again.
 */
export const synthesizeFile = Effect.fn("synthesizeFile")(function* (
  file: string,
  request: SynthesisRequest,
  options: AloneOptions
): Effect.fn.Return<
  FileSynthesis,
  BadInput | Refused | Unavailable | WarehouseError,
  Warehouse | Noise | FileSystem.FileSystem
> {
  const { relation, header } = yield* openTable(file)
  const { subject, ledger, earlier } = options
  const plan = yield* planSynthesis(request, header, earlier)
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const charge = {
    release: newId("rel"),
    at,
    plan: plan.hash,
    rhoUnits: plan.units,
    delta: plan.selectionDelta
  }
  const budget = ledger === undefined ? undefined : yield* chargeFile(ledger, charge)
  const scratch = ["_stage", "synthesis"] as const
  const { marginals, rounds } = yield* learnSynthesis(plan, {
    relation,
    scratch,
    ...(subject === undefined ? {} : { subject })
  })
  // First of all what was paid for: rows can be made of it at any time.
  yield* writeJson(`${options.out}.marginals.json`, marginals)
  const loss: SynthesisLoss = {
    rhoUnits: plan.units,
    learningUnits: plan.learningUnits,
    epsilon: request.epsilon,
    delta: request.delta,
    selectionDelta: plan.selectionDelta,
    unit: subject ?? "row",
    rowsPerSubject: request.rowsPerSubject
  }
  const manifest = yield* writeSynthesis(marginals, loss, options)
  return { manifest, plan, rounds, ...(budget === undefined ? {} : { budget }) }
})

/** Makes the rows that noisy marginals lead to and writes them with their manifest: nothing is read, nothing charged. */
export const writeSynthesis = Effect.fn("writeSynthesis")(function* (
  marginals: NoisyMarginals,
  loss: SynthesisLoss,
  { rows, seed, fixed, out }: RowsAsked
) {
  const synthesis = yield* makeSynthesis(marginals, fixed)
  const count = rows ?? Math.round(synthesis.model.total)
  const written = yield* exportRows(synthesis, count, seed, out)
  const manifest = describeSynthesis(marginals, synthesis, loss, { ...written, rows: count, seed, fixed })
  yield* writeJson(`${out}.manifest.json`, manifest)
  return manifest
})

const writeJson = Effect.fnUntraced(function* (file: string, value: unknown) {
  const files = yield* FileSystem.FileSystem
  yield* Effect.mapError(
    files.writeFileString(file, `${canonicalJson(value)}\n`),
    ({ reason }) =>
      new Unavailable({
        code: "synth.write",
        message: `${file} could not be written (${reason._tag}).`,
        fix: "Check the folder after --out."
      })
  )
})
