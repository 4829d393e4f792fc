import type { Estimate } from "../model/estimate.ts"
import { estimate } from "../model/estimate.ts"
import { estimateTotal } from "../model/estimateTotal.ts"
import { mirrorDescent } from "../model/mirrorDescent.ts"
import type { Brief } from "./Brief.ts"
import type { Joining } from "./Joining.ts"
import { measurementOf } from "./measurementOf.ts"
import type { Reading } from "./Reading.ts"

/** A quick fit between two choices of a mechanism, begun where the last one ended. */
export function refitReadings(
  brief: Brief,
  joining: Joining,
  readings: ReadonlyArray<Reading>,
  before?: Estimate
): Estimate {
  const measurements = readings.map((reading) => measurementOf(brief.source.sizes, joining, reading))
  return estimate(joining.sizes, measurements, brief.rules, estimateTotal(measurements), {
    optimise: mirrorDescent,
    steps: 300,
    tolerance: 1e-3,
    ...(before === undefined ? {} : { warm: before.potentials })
  })
}
