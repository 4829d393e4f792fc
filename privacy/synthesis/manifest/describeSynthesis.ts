import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import type { Synthesis } from "../makeSynthesis.ts"
import type { Conditions } from "../rules/matchingCodes.ts"
import type { NoisyMarginals } from "./NoisyMarginals.ts"

/** How a file was written. */
export interface SyntheticFile {
  readonly sha256: string
  readonly bytes: number
  readonly rows: number
  readonly seed: string
  readonly fixed: Conditions
}

/** What a synthetic release cost and whom it protects. */
export interface SynthesisLoss {
  readonly rhoUnits: bigint
  readonly learningUnits: bigint
  readonly epsilon: number
  readonly delta: number
  readonly selectionDelta: number
  readonly unit: string
  readonly rowsPerSubject: number
}

/**
 * The manifest of a synthetic file: every marginal that was measured, how noisy, at what cost, and the hash of what came out;
 * preprocessing, rules and fit. It says nothing about the noise itself.
 */
export function describeSynthesis(
  marginals: NoisyMarginals,
  { model, fit }: Pick<Synthesis, "model" | "fit">,
  loss: SynthesisLoss,
  file: SyntheticFile
) {
  const { columns, keys, rules, algorithm, variant, readings } = marginals
  return {
    format: "assay-synthesis/1",
    file,
    algorithm,
    ...(variant === undefined ? {} : { variant }),
    loss: {
      rho: rhoUnits.toRho(loss.rhoUnits),
      rhoUnits: String(loss.rhoUnits),
      epsilon: loss.epsilon,
      delta: loss.delta,
      selectionDelta: loss.selectionDelta
    },
    unit: { subject: loss.unit, rowsPerSubject: loss.rowsPerSubject },
    preprocessing: { rhoUnits: String(loss.learningUnits), columns, keys },
    rules,
    measurements: readings.map(({ clique, joined, counts, variance, rhoUnits: units }) => ({
      columns: clique.map((column) => columns[column]!.name),
      query: `select ${clique.map((c) => quoteIdentifier(columns[c]!.name)).join(", ")}, count(*) group by all`,
      joined,
      cells: counts.length,
      sigma: Math.sqrt(Number(variance[0]) / Number(variance[1])),
      variance,
      rhoUnits: units,
      paidBefore: units === "0",
      sha256: sha256Hex(canonicalJson(counts))
    })),
    fit: { ...marginals.fit, loss: fit.loss, stepsTaken: fit.steps, treeCells: model.tree.cells },
    marginals: sha256Hex(canonicalJson(marginals))
  }
}
