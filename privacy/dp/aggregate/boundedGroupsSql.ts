import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Param } from "#core/warehouse/Session.ts"
import type { AggregateShape, PlannedMeasure } from "./AggregatePlan.ts"
import { keySourceSql } from "./keySourceSql.ts"
import { publicDomainParams } from "./publicDomainParams.ts"
import { publicDomainSql } from "./publicDomainSql.ts"
import { rowValueSql } from "./rowValueSql.ts"

/** A group's total is held within 2^52: a clamp to a public range, so nothing can overflow. */
const TOTAL_LIMIT = 2n ** 52n

/**
 * The one statement that reads the table: contribution bounding and integer totals per group.
 *
 * Result columns: k0.. (text of a selected key, or the 0-based place in a public domain), m0.. (integer totals) and,
 * with selected keys, `subjects` of the selected tuple. Selected tuples with fewer than `minSubjects` subjects are not
 * in it. Every expression is total: no row can make it fail.
 * @param relation  schema and name of the table or view to read, already permitted
 * A mean or variance adds c0.. (subjects with a value) and q0.. (their centred squares).
 * Quantile measures add rows with `part` (their place), `bin` (a candidate) and `n` (values at it); `part` is null elsewhere.
 * @param salt      fresh per release; which groups of a subject count depends on it alone, not on other subjects
 */
export function boundedGroupsSql(
  shape: AggregateShape,
  relation: ReadonlyArray<string>,
  salt: string
): { readonly sql: string; readonly params: Record<string, Param> } {
  const keys = shape.keys.map((_, i) => `k${i}`)
  const params: Record<string, Param> = {}
  const keySql = shape.keys.map((key, i) => {
    if (key.domain === undefined) return `cast(${keySourceSql(key.source)} as varchar)`
    Object.assign(params, publicDomainParams(key.domain, `k${i}`))
    return publicDomainSql(key.domain, keySourceSql(key.source), `k${i}`)
  })
  const sums = shape.measures.map((measure, i) =>
    measure.kind === "sum" ? rowValueSql(measure, i, params) : undefined
  )
  const listed = (parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join(", ")
  const rowValues = sums.map((sql, i) => (sql === undefined ? "" : `${sql} as v${i}`))
  const pairValues = sums.map((sql, i) => (sql === undefined ? "" : `sum(v${i}) as v${i}`))
  const cellValues = shape.measures.flatMap((measure, i) => [
    `${boundedSql(measure, i, params)} as m${i}`,
    ...momentsSql(measure, i)
  ])
  const parts = shape.measures.flatMap(({ statistic }, i) => [
    `m${i}`,
    ...(statistic === undefined || statistic.kind === "quantile" ? [] : [`c${i}`]),
    ...(statistic?.kind === "variance" ? [`q${i}`] : [])
  ])
  const totals = parts.map(
    (part) => `cast(least(greatest(coalesce(sum(${part}), 0), -${TOTAL_LIMIT}), ${TOTAL_LIMIT}) as bigint) as ${part}`
  )
  const bounds = keys.length > 0
  if (bounds) {
    params["salt"] = salt
    params["l0"] = BigInt(shape.l0)
  }
  const place = `row_number() over (partition by s order by hash(hash($salt, ${listed(["s", ...keys])})), ${listed(keys)}) <= $l0`
  const ctes = [
    `contribution as (
      select ${listed(["cast(subject_id as varchar) as s", ...keySql.map((sql, i) => `${sql} as k${i}`), ...rowValues])}
      from ${quoteIdentifier(...relation)}
      where coalesce(cast(subject_id as varchar), '') <> ''
    )`,
    `pair as (
      select ${listed(["s", ...keys, "count(*) as n", ...pairValues])}
      from contribution
      ${bounds ? `where ${keys.map((key) => `${key} is not null`).join(" and ")}` : ""}
      group by ${listed(["s", ...keys])}
    )`,
    `cell as (
      select ${listed(["s", ...keys, ...cellValues])}
      from pair
      ${bounds ? `qualify ${place}` : ""}
    )`
  ]
  const histograms = shape.measures.flatMap(({ statistic }, i) =>
    statistic?.kind === "quantile"
      ? `union all by name select ${listed([...keys, `${i} as part`, `m${i} as bin`, "count(*) as n"])} from cell
         where m${i} is not null group by ${listed([...keys, `m${i}`])}`
      : []
  )
  const final = [finalSql(shape, keys, totals, params), ...histograms].join(" ")
  return { sql: `with ${ctes.join(", ")} ${final}`, params }
}

function finalSql(
  shape: AggregateShape,
  keys: ReadonlyArray<string>,
  totals: ReadonlyArray<string>,
  params: Record<string, Param>
): string {
  const selected = keys.filter((_, i) => shape.keys[i]!.domain === undefined)
  if (keys.length === 0) return `select ${totals.join(", ")} from cell`
  const all = keys.join(", ")
  if (selected.length === 0) return `select ${all}, ${totals.join(", ")} from cell group by ${all}`
  params["floor"] = BigInt(shape.minSubjects)
  if (selected.length === keys.length) {
    return `select ${all}, count(*) as subjects, ${totals.join(", ")} from cell group by ${all} having count(*) >= $floor`
  }
  const chosen = selected.join(", ")
  return (
    `, kept as (select ${chosen}, count(distinct s) as subjects from cell group by ${chosen} having count(distinct s) >= $floor) ` +
    `select ${all}, subjects, ${totals.join(", ")} from cell join kept using (${chosen}) group by ${all}, subjects`
  )
}

/** What one subject counts for in one group, within its bounds. */
function boundedSql(measure: PlannedMeasure, i: number, params: Record<string, Param>): string {
  if (measure.kind === "subjects") return "1"
  params[`upper${i}`] = BigInt(measure.upper)
  if (measure.kind === "rows") return `least(n, $upper${i})`
  params[`lower${i}`] = BigInt(measure.lower)
  const clamped = `least(greatest(v${i}, $lower${i}), $upper${i})`
  const { statistic } = measure
  if (statistic === undefined) return `case when v${i} is not null then ${clamped} else 0 end`
  if (statistic.kind === "quantile" || statistic.kind === "bands")
    return `case when v${i} is not null then (${clamped} - $lower${i} + ${statistic.width - 1}) // ${statistic.width} end`
  return `case when v${i} is not null then ${clamped} - (${statistic.center}) else 0 end`
}

/** Who has a value, and how far its square is from that of the largest: see moments.proof.md. */
function momentsSql({ statistic, linf }: PlannedMeasure, i: number): ReadonlyArray<string> {
  if (statistic?.kind !== "mean" && statistic?.kind !== "variance") return []
  const present = `case when v${i} is not null then 1 else 0 end as c${i}`
  if (statistic.kind === "mean") return [present]
  const centred = `(least(greatest(v${i}, $lower${i}), $upper${i}) - (${statistic.center}))`
  return [
    present,
    `case when v${i} is not null then cast(${centred} as bigint) * ${centred} - ${linf ** 2} else 0 end as q${i}`
  ]
}
