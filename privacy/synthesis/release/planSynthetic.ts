import { Effect } from "effect"
import type { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import type { SyntheticSpec } from "#core/release/SyntheticSpec.ts"
import { rhoUnits } from "../../dp/accounting/rhoUnits.ts"
import type { AggregatePlan, Prediction } from "../../dp/aggregate/AggregatePlan.ts"
import type { PublicInfo } from "../../dp/aggregate/PublicInfo.ts"
import type { TableFacts } from "../../dp/aggregate/TableFacts.ts"
import { Rational } from "../../dp/sampler/Rational.ts"
import { estimateTotal } from "../model/estimateTotal.ts"
import type { NoisyMarginals } from "../manifest/NoisyMarginals.ts"
import { planSynthesis } from "../planSynthesis.ts"
import type { SynthesisPlan } from "../planSynthesis.ts"

/** A synthetic release of a home: how it is made, and its outline for the ledger, the census and the commit protocol. */
export interface SyntheticPlan {
  readonly synthesis: SynthesisPlan
  readonly outline: AggregatePlan
}

const WORST = 0.3

/** Into how many equal readings a mechanism's loss would go if it were all spent like a single column's. */
const parts = { independent: 1, mst: 3, aim: 16 / 0.9 } as const

/**
 * Plans a synthetic release of a home. Without public knowledge of the population the outline has no prediction: a census is due.
 * @param earlier  noisy marginals of the same asset and period that were paid before
 * @param info     paid figures; what the file declares comes first
 */
export const planSynthetic = Effect.fn("planSynthetic")(function* (
  spec: SyntheticSpec,
  table: TableFacts,
  earlier: ReadonlyArray<NoisyMarginals>,
  info?: PublicInfo
): Effect.fn.Return<SyntheticPlan, BadInput | Refused> {
  const header = table.columns.map(({ name }) => name)
  if (!header.includes("subject_id")) {
    return yield* new Refused({
      code: "release.unit",
      message: "A release protects subjects, and its table has no column subject_id.",
      fix: "Release from an asset that carries subject_id.",
      where: { asset: table.asset, field: "release.unit" }
    })
  }
  const identifying = Object.keys(spec.columns).find((name) => name === "subject_id" || name.startsWith("_"))
  if (identifying !== undefined) {
    return yield* new Refused({
      code: "release.identifier",
      message: `The column ${identifying} identifies subjects or records and cannot be imitated.`,
      fix: "Write `{ type: key }` under another name to have keys made anew.",
      where: { asset: table.asset, field: `release.columns.${identifying}` }
    })
  }
  const cap = spec.rows_per_subject ?? 1
  const asked = {
    algorithm: spec.algorithm,
    domain: spec.columns,
    rules: spec.constraints ?? [],
    epsilon: spec.epsilon,
    delta: spec.delta,
    workload: spec.workload ?? 2,
    rowsPerSubject: cap,
    asset: table.asset,
    statement: table.statement,
    rows: spec.rows
  }
  const plan = yield* planSynthesis(asked, header, earlier)
  const declared = spec.population?.subjects
  const known = declared === undefined ? (info ?? readSize(plan)) : { subjects: declared, source: "declared" as const }
  const censusUnits = known?.censusUnits ?? 0n
  const outline: AggregatePlan = {
    hash: plan.hash,
    shape: {
      asset: table.asset,
      keys: [],
      measures: [],
      l0: cap,
      minSubjects: 0,
      epsilon: spec.epsilon,
      delta: spec.delta
    },
    noise: {
      // Where everything was paid before, an entry of the smallest unit still says that a release took place.
      chargeUnits: plan.units > 0n ? plan.units : 1n,
      censusUnits,
      measures: [],
      ...(plan.selectionDelta === 0
        ? {}
        : { selection: { rhoUnits: plan.learningUnits, delta: plan.selectionDelta, variance: Rational(1n), tau: 0 } })
    }
  }
  const synthesis = { ...plan, units: plan.units - censusUnits }
  if (known === undefined) return { synthesis, outline }
  const prediction = yield* predict(spec, synthesis, known, table.asset)
  return { synthesis, outline: { ...outline, prediction } }
})

/** Readings that were paid before tell how many rows there are. */
function readSize({ paid }: SynthesisPlan): PublicInfo | undefined {
  if (paid.length === 0) return undefined
  const readings = paid.map(({ clique, counts, variance }) => ({
    clique,
    values: counts,
    precision: new Float64Array(counts.length).fill(Number(variance.den) / Number(variance.num))
  }))
  return { subjects: Math.round(estimateTotal(readings)), source: "paid" }
}

/** How noisy the share of one value of a middling column is, from public sizes alone; refused above 30 %. */
const predict = Effect.fnUntraced(function* (
  { algorithm, epsilon, rows, rows_per_subject: cap = 1 }: SyntheticSpec,
  { columns, units, learningUnits }: SynthesisPlan,
  { subjects, source }: PublicInfo,
  asset: string
): Effect.fn.Return<Prediction, Refused> {
  const rho = rhoUnits.toRho(units - learningUnits)
  const sigma = rho === 0 ? 0 : cap * Math.sqrt((parts[algorithm] * columns.length) / (2 * rho))
  const absolute = Math.sqrt(2 / Math.PI) * sigma
  const sizes = columns.map((column) => ("need" in column ? 32 : column.size)).sort((a, b) => a - b)
  const value = (subjects * (1 + cap)) / 2 / sizes[sizes.length >> 1]!
  if (absolute / value > WORST) {
    return yield* new Refused({
      code: "release.useless",
      message: `At epsilon ${epsilon} this release would be useless: the count of a value would be off by about ${Math.round((100 * absolute) / value)} %.`,
      fix: `It would do with about ${Math.ceil((subjects * absolute) / value / WORST).toLocaleString("en")} subjects, fewer columns or fewer bins.`,
      where: { asset, field: "release.epsilon" }
    })
  }
  const measures = [{ name: "rows", absoluteError: absolute, medianRelativeError: absolute / value }]
  return { subjects, source, cells: rows, measures }
})
