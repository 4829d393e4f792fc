import { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { sha256Hex } from "#core/json/sha256Hex.ts"
import { Refused } from "#core/Refused.ts"
import { pureRho } from "../../dp/accounting/pureRho.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import { planSynthesis } from "../planSynthesis.ts"
import type { SynthesisPlan, SynthesisRequest } from "../planSynthesis.ts"

/** A training that can be charged and run. */
export interface GanPlan {
  readonly hash: string
  /** bins, values and single columns: a tenth of epsilon at half of delta */
  readonly marginals: SynthesisPlan
  /** of the training */
  readonly epsilon: number
  readonly delta: number
  readonly steps: number
  readonly batch: number
  /** of 2^-40 rho, marginals and training together */
  readonly units: bigint
  /** that a ledger takes beside rho */
  readonly chargedDelta: number
}

const MECHANISM = "gan/1"
const MARGINAL_SHARE = 0.1
const STEPS = 1000
const BATCH = 500

/**
 * Splits (epsilon, delta) between noisy marginals and training, which add up to it by plain composition, and derives the charge.
 *
 * The amplified guarantee of training on samples has no zCDP form, so the ledger takes eps tanh(eps / 2), which covers every
 * mechanism of that eps, and its delta. That is far more than marginals of the same eps cost.
 */
export const planGan = Effect.fn("planGan")(function* (
  request: Omit<SynthesisRequest, "algorithm">,
  header: ReadonlyArray<string>
): Effect.fn.Return<GanPlan, BadInput | Refused> {
  if (request.rowsPerSubject !== 1) {
    return yield* new Refused({
      code: "synth.gan",
      message: "A network is trained row by row, so it protects one row of a subject and not several.",
      fix: "Leave out --rows-per-subject: one row of each subject is drawn; or use --algorithm aim.",
      where: { field: "rowsPerSubject" }
    })
  }
  const [epsilon, delta] = [request.epsilon * (1 - MARGINAL_SHARE), request.delta / 2]
  const part = { ...request, algorithm: "independent" as const, epsilon: request.epsilon * MARGINAL_SHARE, delta }
  const marginals = yield* planSynthesis(part, header)
  return {
    hash: sha256Hex(canonicalJson({ mechanism: MECHANISM, ...request, steps: STEPS, batch: BATCH })),
    marginals,
    epsilon,
    delta,
    steps: STEPS,
    batch: BATCH,
    units: marginals.units + rhoUnits.charge(pureRho(epsilon)),
    chargedDelta: marginals.selectionDelta + delta
  }
})
