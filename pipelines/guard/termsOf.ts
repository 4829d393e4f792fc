import type { ProductTerms } from "#privacy/consent/Operation.ts"
import type { AggregatePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import type { ReleaseDefinition } from "../release/ReleaseDefinition.ts"

/**
 * What a release under differential privacy promises those in it. Keys that are found privately appear from `min_subjects` on; of a public list
 * each appears, whoever is in it.
 */
export const termsOf = (
  { terms, spec }: Pick<ReleaseDefinition, "terms" | "spec">,
  { noise, shape }: Pick<AggregatePlan, "noise" | "shape">
): ProductTerms => ({
  ...terms,
  k: noise.selection === undefined ? 1 : shape.minSubjects,
  epsilon: Math.ceil(spec.epsilon * 1_000_000)
})
