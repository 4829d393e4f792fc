import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import type { Measure } from "#core/release/Measure.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { PlannedKey, PlannedMeasure, Statistic } from "./AggregatePlan.ts"
import { columnFamily } from "./columnFamily.ts"
import type { TableFacts } from "./TableFacts.ts"

/** Bounds beyond this many steps would let noise and sums leave the integers that a number holds exactly. */
const MOST_STEPS = 2 ** 40

/** Checks the measures of a release and derives what one subject can change in one group. */
export const planMeasures = Effect.fnUntraced(function* (
  spec: ReleaseSpec,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>
): Effect.fn.Return<ReadonlyArray<PlannedMeasure>, BadInput | Refused> {
  const taken = new Set(keys.map((key) => key.name))
  const measures: Array<PlannedMeasure> = []
  for (const measure of spec.measures) {
    if (taken.has(measure.name)) {
      return yield* new BadInput({
        code: "release.measure",
        message: `The name ${measure.name} stands for two columns of the release.`,
        fix: "Give each key and each measure its own name.",
        where: { asset: table.asset, field: `release.measures.${measure.name}` }
      })
    }
    taken.add(measure.name)
    measures.push("count" in measure ? yield* planCount(measure, spec, table) : yield* planSum(measure, table, keys))
  }
  return measures
})

const unbounded = (table: TableFacts, measure: string, what: string, fix: string): Refused =>
  new Refused({
    code: "release.unbounded",
    message: `The measure ${measure} has no ${what}, so no noise could hide one subject.`,
    fix,
    where: { asset: table.asset, field: `release.measures.${measure}` }
  })

const planCount = Effect.fnUntraced(function* (
  measure: Extract<Measure, { count: unknown }>,
  spec: ReleaseSpec,
  table: TableFacts
): Effect.fn.Return<PlannedMeasure, Refused> {
  const rows = spec.bounds?.rows_per_group
  if (measure.count === "rows" && rows === undefined) {
    return yield* unbounded(
      table,
      measure.name,
      "bound on rows per subject and group",
      "Set bounds.rows_per_group from what is publicly known."
    )
  }
  const linf = measure.count === "rows" ? rows! : 1
  const base = {
    name: measure.name,
    lower: 0,
    upper: linf,
    step: 1,
    restrictCurrency: false,
    weight: measure.weight ?? 1,
    linf
  }
  return { ...base, kind: measure.count }
})

type ColumnMeasure = Exclude<Measure, { count: unknown }>

const columnOf = (measure: ColumnMeasure): string =>
  "sum" in measure
    ? measure.sum
    : "mean" in measure
      ? measure.mean
      : "variance" in measure
        ? measure.variance
        : measure.of

const planSum = Effect.fnUntraced(function* (
  measure: ColumnMeasure,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>
): Effect.fn.Return<PlannedMeasure, BadInput | Refused> {
  const { name, lower, upper } = measure
  const columnName = columnOf(measure)
  const where = { asset: table.asset, field: `release.measures.${name}` }
  const wrong = (message: string, fix: string): BadInput =>
    new BadInput({ code: "release.measure", message, fix, where })
  if (lower === undefined || upper === undefined) {
    return yield* unbounded(
      table,
      name,
      "lower and upper bound",
      "Set lower and upper for one subject's sum in one group, from what is publicly known."
    )
  }
  const column = table.columns.find((candidate) => candidate.name === columnName)
  if (column === undefined) {
    return yield* wrong(
      `${table.asset} has no column ${columnName}.`,
      "Name a column that `assay show` lists for this asset."
    )
  }
  const family = columnFamily(column.type)
  const onGrid = family === "integer"
  if (columnName.startsWith("_") || !["integer", "decimal", "float"].includes(family)) {
    return yield* wrong(`The column ${columnName} cannot be summed.`, "Name a numeric column.")
  }
  if (!onGrid && measure.step === undefined) {
    return yield* wrong(
      `The column ${columnName} is not integer; noise is added to integers only.`,
      "Give the measure a `step`, the public grid its values are rounded to, such as 0.01."
    )
  }
  const step = measure.step ?? 1
  const [low, high] = [Math.round(lower / step), Math.round(upper / step)]
  const exact = [lower / step - low, upper / step - high].every((rest) => Math.abs(rest) < 1e-6)
  const linf = Math.max(Math.abs(low), Math.abs(high))
  // Squares of a variance must stay exact integers too.
  const most = "variance" in measure ? 2 ** 22 : MOST_STEPS
  if (!exact || low > high || linf === 0 || linf > most) {
    return yield* wrong(
      `The bounds of ${name} are not ordered multiples of its step within 2^${Math.log2(most)} steps.`,
      "Set lower <= upper, not both zero, on the grid of the column (integers where it has no step)."
    )
  }
  const money = yield* planCurrency(measure, table, keys)
  return {
    name,
    kind: "sum",
    column: columnName,
    columnType: column.type,
    lower: low,
    upper: high,
    step,
    ...money,
    weight: measure.weight ?? 1,
    linf,
    ...statisticOf(measure, low, high)
  }
})

/** Candidates of a quantile: enough for four thousandths of the range, few enough to count per group. */
const MOST_CANDIDATES = 256

/** A range of one point has no spread: its half is taken as one step, so that noise is still drawn. */
function statisticOf(
  measure: ColumnMeasure,
  low: number,
  high: number
): { readonly statistic?: Statistic; readonly linf?: number } {
  if ("sum" in measure) return {}
  if ("quantile" in measure) {
    const over = Math.round(measure.quantile * 1000)
    const width = Math.max(1, Math.ceil((high - low) / (MOST_CANDIDATES - 1)))
    const candidates = Math.ceil((high - low) / width) + 1
    return { linf: 1, statistic: { kind: "quantile", over, under: 1000, width, candidates } }
  }
  const center = Math.floor((low + high) / 2)
  return {
    linf: Math.max(1, high - center),
    statistic: { kind: "mean" in measure ? "mean" : "variance", center }
  }
}

/** A sum of money is of one currency: the declared one, the only one the sources declare, or one per group. */
const planCurrency = Effect.fnUntraced(function* (
  measure: ColumnMeasure,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>
): Effect.fn.Return<{ currency?: string; restrictCurrency: boolean }, Refused> {
  const hasCurrency = table.columns.some((column) => column.name === "currency")
  const isMoney = columnOf(measure).endsWith("_minor") && hasCurrency
  if (!isMoney)
    return { ...(measure.currency === undefined ? {} : { currency: measure.currency }), restrictCurrency: false }
  if (measure.currency !== undefined) return { currency: measure.currency, restrictCurrency: true }
  if (keys.some((key) => key.source.column === "currency" && key.source.call === undefined))
    return { restrictCurrency: false }
  const [only, second] = table.currencies ?? []
  if (only !== undefined && second === undefined) return { currency: only, restrictCurrency: true }
  return yield* new Refused({
    code: "release.currency",
    message: `The sum ${measure.name} could mix currencies.`,
    fix: "Declare `currency: CNY` (or another) at the measure, so that only rows in it count, or group by currency.",
    where: { asset: table.asset, field: `release.measures.${measure.name}` }
  })
})
