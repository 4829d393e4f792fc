import { basename } from "node:path"
import { Clock, Effect, FileSystem } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import { newId } from "#core/ids/newId.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import type { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import { zcdpRho } from "../../dp/accounting/zcdpRho.ts"
import { chargeFile } from "../../dp/alone/chargeFile.ts"
import type { FileBudget } from "../../dp/alone/chargeFile.ts"
import type { Noise } from "../../dp/Noise.ts"
import type { GanFile } from "../gan/GanFile.ts"
import { learnGan } from "../gan/learnGan.ts"
import { planGan } from "../gan/planGan.ts"
import { writeGenerator } from "../gan/writeGenerator.ts"
import type { SynthesisRequest } from "../planSynthesis.ts"
import { openTable } from "./openTable.ts"
import { writeGan } from "./writeGan.ts"
import type { AloneOptions } from "./synthesizeFile.ts"

/**
 * Synthetic rows of a file by a generative network, without a home: plan, charge the ledger beside the file, learn, write. The trained
 * generator stands beside the rows, which can be made of it again; the manifest says what marginals of the same epsilon would have cost, and how such networks compare.
 */
export const synthesizeGan = Effect.fn("synthesizeGan")(function* (
  file: string,
  request: Omit<SynthesisRequest, "algorithm">,
  { subject, ledger, ...asked }: Omit<AloneOptions, "earlier">
): Effect.fn.Return<
  { readonly manifest: GanManifest; readonly budget?: FileBudget },
  BadInput | Refused | Unavailable | WarehouseError,
  Warehouse | Noise | FileSystem.FileSystem
> {
  const { relation, header } = yield* openTable(file)
  const plan = yield* planGan(request, header)
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const charge = { release: newId("rel"), at, plan: plan.hash, rhoUnits: plan.units, delta: plan.chargedDelta }
  const budget = ledger === undefined ? undefined : yield* chargeFile(ledger, charge)
  const scratch = ["_stage", "synthesis"] as const
  const learned = yield* learnGan(plan, { relation, scratch, ...(subject === undefined ? {} : { subject }) })
  const { columns, readings } = learned
  const trained: GanFile = {
    format: "assay-gan-weights/1",
    columns,
    keys: plan.marginals.keys,
    rules: request.rules,
    total: learned.total,
    ...writeGenerator(learned.weights)
  }
  // First of all what was paid for: rows can be made of it at any time.
  const files = yield* FileSystem.FileSystem
  yield* Effect.mapError(
    files.writeFileString(`${asked.out}.weights.json`, `${canonicalJson(trained)}\n`),
    () =>
      new Unavailable({
        code: "synth.write",
        message: `${asked.out}.weights.json could not be written.`,
        fix: "Check the folder after --out."
      })
  )
  const loss = {
    rho: rhoUnits.toRho(plan.units),
    rhoUnits: String(plan.units),
    epsilon: request.epsilon,
    delta: request.delta,
    chargedDelta: plan.chargedDelta
  }
  const manifest = yield* writeGan(trained, asked, {
    weightsFile: basename(`${asked.out}.weights.json`),
    loss,
    unit: { subject: subject ?? "row", rowsPerSubject: 1 },
    preprocessing: { rhoUnits: String(plan.marginals.learningUnits), columns, keys: plan.marginals.keys },
    measurements: readings.map(({ clique, counts, variance, rhoUnits: units }) => ({
      columns: clique.map((column) => columns[column]!.name),
      cells: counts.length,
      sigma: Math.sqrt(Number(variance.num) / Number(variance.den)),
      rhoUnits: String(units),
      sha256: sha256Hex(canonicalJson(Array.from(counts)))
    })),
    training: {
      epsilon: plan.epsilon,
      delta: plan.delta,
      steps: plan.steps,
      batch: plan.batch,
      rate: learned.rate,
      multiplier: learned.multiplier,
      parameters: learned.parameters,
      sampling: "Poisson",
      noise: "rounded normal draws in doubles from 64 random bits each; not an exact discrete sampler",
      accountant: "Renyi divergence of the sampled Gaussian, arXiv 1908.10530"
    },
    comparison: {
      rhoOfMarginalsAtTheSameEpsilon: zcdpRho(request.epsilon, request.delta),
      note:
        "Charged by eps tanh(eps/2), since the guarantee of sampled training has no zCDP form. On our bench's wide table networks were " +
        "no nearer to the truth in pairs of columns than independent columns, and far behind MST and AIM: use aim unless a network is asked for."
    }
  })
  return { manifest, ...(budget === undefined ? {} : { budget }) }
})

/** What a manifest of a network holds that others read. */
export interface GanManifest {
  readonly loss: { readonly rho: number }
  readonly file: { readonly rows: number }
  readonly training: { readonly steps: number; readonly multiplier: number }
  readonly measurements: ReadonlyArray<{ readonly columns: ReadonlyArray<string> }>
  readonly comparison: { readonly rhoOfMarginalsAtTheSameEpsilon: number; readonly note: string }
}
