import { Effect } from "effect"
import { Refused } from "#core/Refused.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import { choiceEpsilon } from "../../dp/accounting/choiceEpsilon.ts"
import { gaussianVariance } from "../../dp/accounting/gaussianVariance.ts"
import { keyThreshold } from "../../dp/keys/keyThreshold.ts"
import { Noise } from "../../dp/Noise.ts"
import { approximateQuantiles } from "../../dp/quantile/approximateQuantiles.ts"
import { roundUpVariance } from "../../dp/sampler/roundUpVariance.ts"
import { binEdges } from "./binEdges.ts"
import type { CodedColumn } from "./CodedColumn.ts"
import { gridSql } from "./gridSql.ts"
import { labelColumn } from "./labelColumn.ts"
import { numberColumn } from "./numberColumn.ts"
import type { OpenColumn } from "./planColumns.ts"

export interface LearningLoss {
  /** of 2^-40 rho, for all open columns together; charged before */
  readonly units: bigint
  /** for the selection of values, over all columns */
  readonly delta: number
  /** the most rows that one unit of privacy may have */
  readonly cap: number
}

type OpenNumber = Exclude<OpenColumn, { need: "values" }>

/** Candidates among which quantiles are chosen. */
const CANDIDATES = 1000
/** A bucket of the bounds' histogram that nobody is in passes this many standard deviations once in 1e9 times. */
const BUCKET_FLOOR = 6
const LARGEST = 2 ** 52

/** How many equal parts the loss of learning falls into: a column whose bounds and quantiles are both open takes two. */
export const learningParts = (open: ReadonlyArray<OpenColumn>): number =>
  open.reduce((n, column) => n + (column.need === "bounds" && column.quantiles ? 2 : 1), 0)

/**
 * Finds out privately what nobody knows publicly of columns: values that many rows have, bounds, quantiles.
 * @param relation  SQL of the bounded table: at most `cap` rows for each unit of privacy
 */
export const learnColumns = Effect.fn("learnColumns")(function* (
  columns: ReadonlyArray<CodedColumn | OpenColumn>,
  relation: string,
  loss: LearningLoss
): Effect.fn.Return<ReadonlyArray<CodedColumn>, Refused | WarehouseError, Warehouse | Noise> {
  const open = columns.filter((column) => "need" in column)
  if (open.length === 0) return columns as ReadonlyArray<CodedColumn>
  const units = loss.units / BigInt(learningParts(open))
  const delta = loss.delta / Math.max(1, open.filter(({ need }) => need === "values").length)
  const learned: Array<CodedColumn> = []
  for (const column of columns) {
    if (!("need" in column)) learned.push(column)
    else if (column.need === "values") learned.push(yield* findValues(column, relation, units, delta, loss.cap))
    else {
      const bounds = yield* findBounds(column, relation, units, loss.cap)
      const inner = column.quantiles ? yield* findQuantiles(column, bounds, relation, units, loss.cap) : undefined
      learned.push(
        numberColumn(column, binEdges(bounds.lower, bounds.upper, column.bins, column.cuts, inner), column.missing)
      )
    }
  }
  return learned
})

const findValues = Effect.fnUntraced(function* (
  { name, other, missing }: Extract<OpenColumn, { need: "values" }>,
  relation: string,
  units: bigint,
  delta: number,
  cap: number
) {
  const value = `cast(${quoteIdentifier(name)} as varchar)`
  const { values } = yield* (yield* Warehouse).columns(
    `select ${value} as v, count(*) as n from ${relation} where ${value} is not null group by 1`
  )
  const counts = (values["n"] ?? []) as ReadonlyArray<number>
  const variance = roundUpVariance(gaussianVariance(BigInt(cap) ** 2n, units))
  const noise = yield* (yield* Noise).gaussian(variance, counts.length)
  const tau = keyThreshold({ delta, l0: cap, linf: cap, variance: Number(variance.num) / Number(variance.den) })
  const kept = ((values["v"] ?? []) as ReadonlyArray<string>).filter((_, i) => counts[i]! + noise[i]! >= tau)
  return labelColumn(name, kept.sort(), "VARCHAR", missing, other)
})

/** A noisy histogram over signed powers of two: the outermost buckets that are surely not empty. */
const findBounds = Effect.fnUntraced(function* (column: OpenNumber, relation: string, units: bigint, cap: number) {
  if (column.lower !== undefined && column.upper !== undefined) return { lower: column.lower, upper: column.upper }
  const grid = gridSql(column, -LARGEST, LARGEST)
  const { values } = yield* (yield* Warehouse).columns(
    `select sign(g) * cast(floor(log2(abs(g) + 1)) as integer) as bucket, count(*) as n
     from (select ${grid} as g from ${relation}) where g is not null group by 1`
  )
  const counts = new Float64Array(107)
  ;((values["bucket"] ?? []) as ReadonlyArray<number>).forEach(
    (bucket, i) => (counts[53 + bucket]! += (values["n"] as ReadonlyArray<number>)[i]!)
  )
  const variance = roundUpVariance(gaussianVariance(BigInt(cap) ** 2n, units))
  const noise = yield* (yield* Noise).gaussian(variance, counts.length)
  const floor = BUCKET_FLOOR * Math.sqrt(Number(variance.num) / Number(variance.den))
  const found = Array.from(counts, (n, i) => (n + noise[i]! > floor ? i - 53 : undefined)).filter(
    (b) => b !== undefined
  )
  if (found.length === 0) {
    return yield* new Refused({
      code: "synth.bounds",
      message: `No bounds of the column ${column.name} could be found at this loss, which is spent.`,
      fix: "Declare lower and upper in the domain from what is publicly known.",
      where: { field: column.name }
    })
  }
  const outer = (bucket: number): number => Math.sign(bucket) * (2 ** (Math.abs(bucket) + 1) - 2)
  const inner = (bucket: number): number => Math.sign(bucket) * (2 ** Math.abs(bucket) - 1)
  const [first, last] = [found[0]!, found.at(-1)!]
  return {
    lower: Math.max(-LARGEST, first < 0 ? outer(first) : inner(first)),
    upper: Math.min(LARGEST, last > 0 ? outer(last) : inner(last))
  }
})

/** Edges between bins that hold about the same number of rows. */
const findQuantiles = Effect.fnUntraced(function* (
  column: OpenNumber,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  relation: string,
  units: bigint,
  cap: number
) {
  const width = Math.ceil((upper - lower + 1) / CANDIDATES)
  const candidates = Math.ceil((upper - lower + 1) / width)
  const bins = Math.min(column.bins, candidates)
  if (bins < 2) return []
  const { values } = yield* (yield* Warehouse).columns(
    `select (g - (${lower})) // ${width} as place, count(*) as n
     from (select ${gridSql(column, lower, upper)} as g from ${relation}) where g is not null group by 1`
  )
  const counts = new Float64Array(candidates)
  ;((values["place"] ?? []) as ReadonlyArray<number>).forEach(
    (place, i) => (counts[place]! += (values["n"] as ReadonlyArray<number>)[i]!)
  )
  const depth = Math.ceil(Math.log2(bins))
  const eps = choiceEpsilon(BigInt(depth), units)
  if (eps === undefined) return []
  const choose = yield* (yield* Noise).chooser(eps)
  const shares = Array.from({ length: bins - 1 }, (_, i) => i + 1)
  // A subject's rows may fall on both sides of a split; the squares of its parts sum to no more than that of the whole.
  const places = approximateQuantiles(counts, shares, bins, (misses, one) => choose(misses, one * cap))
  return [...new Set(places)].map((place) => lower + (place + 1) * width)
})
