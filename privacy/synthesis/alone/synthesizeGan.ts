import { Clock, Effect, FileSystem } from "effect"
import { BadInput } from "#core/BadInput.ts"
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
import { ganRows, passingShare } from "../gan/ganRows.ts"
import type { Allowed } from "../gan/ganRows.ts"
import { generatorLayers } from "../gan/Generator.ts"
import { learnGan } from "../gan/learnGan.ts"
import { planGan } from "../gan/planGan.ts"
import type { SynthesisRequest } from "../planSynthesis.ts"
import { matchingCodes } from "../rules/matchingCodes.ts"
import { exportRows } from "./exportRows.ts"
import { openTable } from "./openTable.ts"
import type { AloneOptions } from "./synthesizeFile.ts"

/** Rarer than this a row is not waited for. */
const LEAST_SHARE = 0.002

/**
 * Synthetic rows of a file by a generative network, without a home: plan, charge the ledger beside the file, learn, write. The
 * manifest says what marginals of the same epsilon would have cost, and how such networks compare.
 */
export const synthesizeGan = Effect.fn("synthesizeGan")(function* (
  file: string,
  request: Omit<SynthesisRequest, "algorithm">,
  { subject, ledger, rows, seed, fixed, out }: Omit<AloneOptions, "earlier">
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
  const { columns, potentials, orders, readings, weights, total } = learned
  const allowed: Array<Allowed> = []
  for (const [name, condition] of Object.entries(fixed)) {
    const column = columns.findIndex((own) => own.name === name)
    if (column < 0) {
      return yield* new BadInput({
        code: "synth.fix",
        message: `The column ${name} cannot be fixed: no row is made with it.`,
        fix: `Fix one of ${columns.map((own) => own.name).join(", ")}.`
      })
    }
    allowed.push({ column, codes: yield* matchingCodes(columns[column]!, condition) })
  }
  const passing = passingShare(weights, potentials, allowed)
  if (passing < LEAST_SHARE) {
    return yield* new BadInput({
      code: "synth.impossible",
      message: "The network makes hardly any row that the rules and the fixed columns let pass.",
      fix: "Fix fewer columns, or use --algorithm aim, which needs no luck."
    })
  }
  const count = rows ?? Math.round(total)
  const made = { shape: { columns, keys: plan.marginals.keys, orders }, rows: ganRows(weights, potentials, allowed) }
  const written = yield* exportRows(made, count, seed, out)
  const loss = {
    rho: rhoUnits.toRho(plan.units),
    rhoUnits: String(plan.units),
    epsilon: request.epsilon,
    delta: request.delta,
    chargedDelta: plan.chargedDelta
  }
  const manifest = {
    format: "assay-gan/1" as const,
    algorithm: "gan" as const,
    file: { ...written, rows: count, seed, fixed },
    loss,
    unit: { subject: subject ?? "row", rowsPerSubject: 1 },
    preprocessing: { rhoUnits: String(plan.marginals.learningUnits), columns, keys: plan.marginals.keys },
    rules: request.rules,
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
      accountant: "Renyi divergence of the sampled Gaussian, arXiv 1908.10530",
      weights: sha256Hex(canonicalJson(generatorLayers(weights).map((layer) => Array.from(layer.weights))))
    },
    passing,
    comparison: {
      rhoOfMarginalsAtTheSameEpsilon: zcdpRho(request.epsilon, request.delta),
      note:
        "Charged by eps tanh(eps/2), since the guarantee of sampled training has no zCDP form. On our bench's wide table networks were " +
        "no nearer to the truth in pairs of columns than independent columns, and far behind MST and AIM: use aim unless a network is asked for."
    }
  }
  const files = yield* FileSystem.FileSystem
  yield* Effect.mapError(
    files.writeFileString(`${out}.manifest.json`, `${canonicalJson(manifest)}\n`),
    () =>
      new Unavailable({
        code: "synth.write",
        message: `${out}.manifest.json could not be written.`,
        fix: "Check the folder after --out."
      })
  )
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
