import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Refused } from "#core/Refused.ts"
import type { Measure } from "#core/release/Measure.ts"
import { measureColumns } from "#core/release/measureColumns.ts"
import { measuredColumn } from "#core/release/measuredColumn.ts"
import type { ReleaseSpec } from "#core/release/ReleaseSpec.ts"
import type { PlannedKey, PlannedMeasure } from "./AggregatePlan.ts"
import { boundMeasure } from "./boundMeasure.ts"
import { columnFamily } from "./columnFamily.ts"
import type { TableFacts } from "./TableFacts.ts"

/** Checks the measures of a release and derives what one subject can change in one group; one entry per released column. */
export const planMeasures = Effect.fnUntraced(function* (
  spec: ReleaseSpec,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>
): Effect.fn.Return<ReadonlyArray<PlannedMeasure>, BadInput | Refused> {
  const taken = new Set(keys.map((key) => key.name))
  const measures: Array<PlannedMeasure> = []
  for (const measure of spec.measures) {
    const columns = measureColumns(measure)
    const double = columns.find((name, i) => taken.has(name) || columns.indexOf(name) !== i)
    if (double !== undefined) {
      return yield* new BadInput({
        code: "release.measure",
        message: `The name ${double} stands for two columns of the release.`,
        fix: "Give each key and each measure its own name.",
        where: { asset: table.asset, field: `release.measures.${measure.name}` }
      })
    }
    for (const name of columns) taken.add(name)
    if ("count" in measure) measures.push(yield* planCount(measure, spec, table))
    else measures.push(...joined(yield* planSum(measure, table, keys), measure, measures.length))
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

const planSum = Effect.fnUntraced(function* (
  measure: ColumnMeasure,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>
): Effect.fn.Return<PlannedMeasure, BadInput | Refused> {
  const { name, lower, upper } = measure
  const columnName = measuredColumn(measure)
  const where = { asset: table.asset, field: `release.measures.${name}` }
  const wrong = (message: string, fix: string): BadInput =>
    new BadInput({ code: "release.measure", message, fix, where })
  if (lower === undefined || upper === undefined) {
    return yield* unbounded(
      table,
      name,
      "lower and upper bound",
      "Set lower and upper for one subject's sum in one group, from what is publicly known, or write dp to have them found for a part of the loss."
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
  const range = { lower: lower === "dp", upper: upper === "dp" }
  // Where a mechanism finds a bound, everything scales with it: it stands for 2^20 steps until it is found.
  const far = 2 ** 20
  const low = lower === "dp" ? -far : Math.round(lower / step)
  const high = upper === "dp" ? Math.max(far, low + far) : Math.round(upper / step)
  const exact = [lower, upper].every((bound, i) => bound === "dp" || Math.abs(bound / step - [low, high][i]!) < 1e-6)
  const bound = boundMeasure(
    {
      name,
      kind: "sum",
      column: columnName,
      columnType: column.type,
      step,
      restrictCurrency: false,
      weight: measure.weight ?? 1,
      ...(range.lower || range.upper ? { range } : {}),
      ...statisticOf(measure)
    },
    low,
    high
  )
  if (!exact || bound === undefined) {
    return yield* wrong(
      `The bounds of ${name} are not ordered multiples of its step within 2^${"variance" in measure ? 22 : 40} steps.`,
      "Set lower <= upper, not both zero, on the grid of the column (integers where it has no step)."
    )
  }
  return { ...bound, ...(yield* planCurrency(measure, table, keys)) }
})

/** What is made of the values; its places on the grid follow from the bounds. */
function statisticOf(measure: ColumnMeasure): Pick<PlannedMeasure, "statistic"> {
  if ("sum" in measure) return {}
  if ("mean" in measure) return { statistic: { kind: "mean", center: 0 } }
  if ("variance" in measure) return { statistic: { kind: "variance", center: 0 } }
  if ("histogram" in measure) return { statistic: { kind: "bands", place: 0, width: 1, candidates: measure.bands + 1 } }
  const share = "quantile" in measure ? measure.quantile : Math.min(...measure.quantiles)
  return { statistic: { kind: "quantile", over: Math.round(share * 1000), under: 1000, width: 1, candidates: 1 } }
}

/** A measure of several columns: each its own, all drawn together with the first. Quantiles rise. */
function joined(first: PlannedMeasure, measure: ColumnMeasure, place: number): ReadonlyArray<PlannedMeasure> {
  const { statistic } = first
  const columns = measureColumns(measure)
  if (statistic === undefined || !("quantiles" in measure || "histogram" in measure)) return [first]
  const order =
    "quantiles" in measure
      ? columns.map((_, i) => i).sort((a, b) => measure.quantiles[a]! - measure.quantiles[b]!)
      : columns.map((_, i) => i)
  return order.map((column, i): PlannedMeasure => ({
    ...first,
    name: columns[column]!,
    statistic:
      "quantiles" in measure
        ? ({ ...statistic, over: Math.round(measure.quantiles[column]! * 1000) } as typeof statistic)
        : ({ ...statistic, place: column } as typeof statistic),
    ...(i === 0 ? {} : { together: place })
  }))
}

/** A sum of money is of one currency: the declared one, the only one the sources declare, or one per group. */
const planCurrency = Effect.fnUntraced(function* (
  measure: ColumnMeasure,
  table: TableFacts,
  keys: ReadonlyArray<PlannedKey>
): Effect.fn.Return<{ currency?: string; restrictCurrency: boolean }, Refused> {
  const hasCurrency = table.columns.some((column) => column.name === "currency")
  const isMoney = measuredColumn(measure).endsWith("_minor") && hasCurrency
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
