import type { AggregatePlan, AggregateShape, NoisePlan, PlannedMeasure } from "../aggregate/AggregatePlan.ts"
import { boundMeasure } from "../aggregate/boundMeasure.ts"
import { planNoise } from "../aggregate/planNoise.ts"
import type { FoundBounds } from "./findBounds.ts"

/**
 * A plan with the bounds that were found for it: what is public stays, the rest follows the found range, and noise is as
 * large as these bounds need. The charge, the hash and every share of the loss stay what they were.
 */
export function settleBounds(plan: AggregatePlan, found: ReadonlyArray<FoundBounds>): AggregatePlan {
  const { shape } = plan
  if (found.length === 0) return plan
  const subjects = plan.prediction?.subjects ?? 1
  const first = ({ together, name }: PlannedMeasure): string =>
    together === undefined ? name : shape.measures[together]!.name
  // Beyond some size no noise could be drawn, or a sum could leave the exact integers: bounds give way, by halves, as far as needed.
  for (let giving = 0; ; giving++) {
    const measures = shape.measures.map((measure) => {
      const own = measure.range === undefined ? undefined : found.find(({ name }) => name === first(measure))
      return own === undefined ? measure : settled(measure, own, giving)
    })
    const bound: AggregateShape = { ...shape, measures }
    const noise = planNoise(bound, shape.epsilon, plan.noise.censusUnits)
    const fits = measures.every((measure) => measure.range === undefined || reachOf(measure) * subjects <= 2 ** 52)
    if (noise !== undefined && fits) return { ...plan, shape: bound, noise, ...rescaled(plan, bound, noise) }
  }
}

const reachOf = ({ linf, statistic }: PlannedMeasure): number => (statistic?.kind === "variance" ? linf ** 2 : linf)

function settled(measure: PlannedMeasure, { least, most }: FoundBounds, giving: number): PlannedMeasure {
  const reach = 2 ** ((measure.statistic?.kind === "variance" ? 22 : 40) - giving)
  const within = (bound: number): number => Math.min(reach, Math.max(-reach, bound))
  const { range } = measure
  const lower = range!.lower ? within(range!.upper ? least : Math.min(least, measure.upper)) : measure.lower
  const upper = Math.max(lower, range!.upper ? within(most) : measure.upper)
  // A range of zero alone bounds nothing: it is taken one step wide.
  return boundMeasure({ ...measure, range: { ...range!, found: true } }, lower, lower === 0 && upper === 0 ? 1 : upper)!
}

/** Expected errors are as large as the noise now is; relative ones do not depend on the scale. */
function rescaled(
  plan: AggregatePlan,
  { measures }: AggregateShape,
  noise: NoisePlan
): Pick<AggregatePlan, "prediction"> {
  if (plan.prediction === undefined) return {}
  const sigma = (own: NoisePlan["measures"][number]): number =>
    Math.sqrt(Number(own.variance.num) / Number(own.variance.den))
  return {
    prediction: {
      ...plan.prediction,
      measures: plan.prediction.measures.map((own, i) => {
        const [before, now] = [plan.shape.measures[i]!, measures[i]!]
        const scale =
          now.statistic?.kind === "quantile"
            ? (now.upper - now.lower) / (before.upper - before.lower)
            : now.statistic?.kind === "variance"
              ? (now.linf / before.linf) ** 2
              : sigma(noise.measures[i]!) / sigma(plan.noise.measures[i]!)
        return {
          name: own.name,
          medianRelativeError: own.medianRelativeError,
          absoluteError: own.absoluteError * scale
        }
      })
    }
  }
}
