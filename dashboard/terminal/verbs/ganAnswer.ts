import type { Effect } from "effect"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { synthesizeGan } from "#privacy/synthesis/alone/synthesizeGan.ts"
import type { Answer } from "../Verb.ts"

/** What `synth --algorithm gan` answers, with what the same epsilon would have cost otherwise. */
export function ganAnswer(
  { manifest, budget }: Effect.Success<ReturnType<typeof synthesizeGan>>,
  facts: {
    readonly epsilon: number
    readonly delta: number
    readonly out: string
    readonly seconds: number
    readonly peakMemory: number
  }
): Answer {
  const { loss, file, training, measurements, comparison } = manifest
  const left = budget === undefined ? undefined : rhoUnits.toRho(budget.leftUnits)
  return {
    json: {
      rho: loss.rho,
      ...facts,
      rounds: training.steps,
      cliques: measurements.map(({ columns }) => columns),
      loss: null,
      rows: file.rows,
      accounted: budget !== undefined,
      ...(left === undefined ? {} : { left: { rho: left } }),
      comparison
    },
    text: [
      `${file.rows.toLocaleString("en")} rows in ${facts.out} after ${facts.seconds.toFixed(1)} s`,
      `epsilon ${facts.epsilon}, delta ${facts.delta}, rho ${loss.rho.toFixed(6)}: ${(loss.rho / comparison.rhoOfMarginalsAtTheSameEpsilon).toFixed(0)} times what aim costs at this epsilon`,
      comparison.note,
      left === undefined
        ? "accounted: false. Nobody adds this loss up; releases of the same file compose."
        : `accounted: rho ${left.toFixed(6)} left`,
      "beside it: .manifest.json, and .weights.json, from which `assay synth again` makes the rows"
    ].join("\n")
  }
}
