import type { Estimate } from "../model/estimate.ts"
import { estimate } from "../model/estimate.ts"
import { estimateTotal } from "../model/estimateTotal.ts"
import { mirrorDescent } from "../model/mirrorDescent.ts"
import type { Potential } from "../model/Potential.ts"
import { Joining } from "./Joining.ts"
import { measurementOf } from "./measurementOf.ts"
import type { Reading } from "./Reading.ts"

/** How the last fit is made; written into the manifest. */
export interface FitSettings {
  readonly steps: number
  readonly tolerance: number
}

export interface FittedReadings extends Estimate {
  readonly joining: Joining
}

/**
 * The model that readings lead to, from nothing but them: whoever holds the noisy marginals gets the same one.
 * @param rules  over the domain as it is; their columns are never joined
 */
export function fitReadings(
  sizes: ReadonlyArray<number>,
  readings: ReadonlyArray<Reading>,
  rules: ReadonlyArray<Potential>,
  settings: FitSettings
): FittedReadings {
  const ruled = new Set(rules.flatMap(({ clique }) => clique))
  const joinable = new Set(readings.flatMap(({ clique, joined }) => (joined ? clique : [])))
  const joining = Joining(sizes, readings, (column) => joinable.has(column) && !ruled.has(column))
  const measurements = readings.map((reading) => measurementOf(sizes, joining, reading))
  const fitted = estimate(joining.sizes, measurements, rules, estimateTotal(measurements), {
    optimise: mirrorDescent,
    ...settings
  })
  return { ...fitted, joining }
}
