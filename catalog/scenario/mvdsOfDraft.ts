import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import type { KeyRule } from "#core/release/KeyRule.ts"
import type { Measure } from "#core/release/Measure.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import { rhoUnits } from "#privacy/dp/accounting/rhoUnits.ts"
import type { AggregateShape, NoisePlan } from "#privacy/dp/aggregate/AggregatePlan.ts"
import { planNoise } from "#privacy/dp/aggregate/planNoise.ts"
import { boundDepth } from "#pricing/depth/boundDepth.ts"
import { publicNumber } from "#pricing/evidence/publicNumber.ts"
import { mvds } from "#pricing/scenario/mvds.ts"
import type { Mvds, MvdsStep } from "#pricing/scenario/mvds.ts"
import type { Scenario } from "#pricing/scenario/Scenario.ts"
import { readPricePolicy } from "#pricing/quote/readPricePolicy.ts"
import type { ProductFile } from "../product/ProductFile.ts"

/** A step before anything was released: what it would be if the release were drawn as declared. */
export interface PlannedStep extends MvdsStep {
  readonly halfWidth95: number | null
  readonly rho: number
  /** Share of the base price that goes with its upper bound in bits, in minor units. */
  readonly addsFen: number
}

export interface PlannedMvds extends Omit<Mvds, "steps" | "further"> {
  readonly steps: ReadonlyArray<PlannedStep>
  readonly further: ReadonlyArray<PlannedStep>
}

/** More subjects than any release of this house has: the bound where nobody said how many there are. */
const mostSubjects = 1e9
/** Stands for noise so large that no number could be published. */
const mostNoise = 2 ** 100

/** What rows are worth to a scenario is a matter of columns; there is no noise to trade against. */
const notAggregated = (product: string): BadInput =>
  new BadInput({
    code: "mvds.kind",
    message: `${product} gives rows and no aggregates, so there is no smallest dataset to compute from its noise.`,
    fix: "Ask for the columns that the scenario needs."
  })

/**
 * Computes the MVDS of a scenario within a product file that has no release yet, from what its steward wrote: public domain sizes,
 * bounds and the noise that epsilon buys. No table is opened.
 *
 * @param when  ISO instant
 */
export const mvdsOfDraft = Effect.fn("mvdsOfDraft")(function* (scenario: Scenario, file: ProductFile, when: string) {
  const { release: spec, product } = file
  if (spec.kind !== "dp_aggregate") return yield* notAggregated(product)
  const keys = spec.by.map((by) => (typeof by === "string" ? by : Object.keys(by)[0]!))
  const groups = [...keys, ...spec.measures.map(({ name }) => name)].map((name) => ({ name, columns: [{ name }] }))
  const stated = (field: string, value: number) => publicNumber(value, "", `product:${product}#release.${field}`, when)
  const bitsOf = (columns: ReadonlyArray<string>) => {
    const chosen = keys.filter((name) => columns.includes(name))
    const noise = noiseOf(spec, columns)
    const measures = spec.measures.filter(({ name }) => columns.includes(name))
    return Effect.succeed(
      boundDepth(
        chosen.map((name) => {
          const size = domainSize(spec.keys?.[name], spec.population?.groups?.[name])
          return { name, domain: size === undefined ? null : stated(`keys.${name}`, size) }
        }),
        measures.map((measure) => ({
          name: measure.name,
          range: stated(`measures.${measure.name}`, rangeOf(measure, spec)),
          noiseVariance: stated("epsilon", noise?.get(measure.name)?.variance ?? mostNoise)
        }))
      )
    )
  }
  const offered = { purposes: file.terms.purposes, strata: {}, quality: {} }
  const found = yield* mvds({ ...scenario, quality: {} }, groups, offered, bitsOf, when)
  const whole = (yield* bitsOf(groups.map(({ name }) => name))).high
  const { policy } = readPricePolicy(file.price, product, when)
  const withNoise = (base: ReadonlyArray<string>, step: MvdsStep): PlannedStep => {
    const own = noiseOf(spec, [...base, ...step.columns])?.get(step.group)
    return {
      ...step,
      halfWidth95: own?.halfWidth ?? null,
      rho: own?.rho ?? 0,
      addsFen: whole === 0 ? 0 : Math.ceil((policy.base.value * step.addsBits) / whole)
    }
  }
  const chosen = found.steps.flatMap(({ columns }) => columns)
  return {
    ...found,
    steps: found.steps.map((step, i) =>
      withNoise(
        found.steps.slice(0, i).flatMap(({ columns }) => columns),
        step
      )
    ),
    further: found.further.map((step) => withNoise(chosen, step))
  } satisfies PlannedMvds as PlannedMvds
})

interface PlannedNoise {
  readonly variance: number
  readonly halfWidth: number
  readonly rho: number
}

/** The noise on each measure if only these columns were released; in the measure's own unit. */
function noiseOf(spec: ReleaseSpec, columns: ReadonlyArray<string>): ReadonlyMap<string, PlannedNoise> | undefined {
  const measures = spec.measures.filter(({ name }) => columns.includes(name))
  if (measures.length === 0) return undefined
  const keys = spec.by
    .map((by) => (typeof by === "string" ? by : Object.keys(by)[0]!))
    .filter((name) => columns.includes(name))
  const shape: AggregateShape = {
    asset: "",
    keys: keys.map((name) => ({
      name,
      source: { column: name, columnType: "", type: "VARCHAR" },
      ...(spec.keys?.[name] === undefined || spec.keys[name] === "dp"
        ? {}
        : { domain: { kind: "list", values: [] } as const })
    })),
    measures: measures.map((measure) => ({
      name: measure.name,
      kind: "sum",
      lower: 0,
      upper: largest(measure, spec),
      step: stepOf(measure),
      restrictCurrency: false,
      weight: measure.weight ?? 1,
      linf: largest(measure, spec)
    })),
    l0: keys.length === 0 ? 1 : (spec.bounds?.groups_per_subject ?? 1),
    minSubjects: spec.bounds?.min_subjects ?? 5,
    epsilon: spec.epsilon,
    delta: spec.delta
  }
  const plan: NoisePlan | undefined = planNoise(shape, spec.epsilon, 0n)
  if (plan === undefined) return undefined
  return new Map(
    plan.measures.map(({ name, variance, halfWidth, rhoUnits: units }, i) => {
      const step = stepOf(measures[i]!)
      const size = (Number(variance.num) / Number(variance.den)) * step ** 2
      return [name, { variance: size, halfWidth: halfWidth * step, rho: rhoUnits.toRho(units) }]
    })
  )
}

const stepOf = (measure: Measure): number => ("sum" in measure ? (measure.step ?? 1) : 1)

/** What one subject can add to one figure at most, in steps. */
function largest(measure: Measure, { bounds }: ReleaseSpec): number {
  if ("count" in measure) return measure.count === "rows" ? (bounds?.rows_per_group ?? 1) : 1
  const step = stepOf(measure)
  // A bound that a mechanism will find is not known yet: noise and figures scale with it alike.
  const [lower, upper] = [measure.lower, measure.upper].map((bound) => (typeof bound === "number" ? bound : undefined))
  return Math.max(1, Math.round(Math.max(Math.abs(lower ?? 0), Math.abs(upper ?? 1)) / step))
}

function rangeOf(measure: Measure, spec: ReleaseSpec): number {
  return (spec.population?.subjects ?? mostSubjects) * largest(measure, spec) * stepOf(measure)
}

const stepDays = { day: 1, week: 7, month: 28, quarter: 89, year: 365 } as const

/** How many values a key can have at most; undefined where nobody said. */
function domainSize(rule: KeyRule | undefined, declared: number | undefined): number | undefined {
  if (rule === undefined || typeof rule === "string") return declared
  if (Array.isArray(rule)) return rule.length
  const { from, to, step } = rule as Exclude<KeyRule, string | ReadonlyArray<unknown>>
  if (typeof from === "number" && typeof to === "number")
    return Math.floor((to - from) / (typeof step === "number" ? step : 1)) + 1
  const days = (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000
  const each = typeof step === "string" ? stepDays[step] : (step ?? 1)
  return Number.isFinite(days) ? Math.floor(days / each) + 1 : undefined
}
