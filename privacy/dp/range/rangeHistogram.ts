import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Param } from "#core/warehouse/Session.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { AggregateShape } from "../aggregate/AggregatePlan.ts"
import { keySourceSql } from "../aggregate/keySourceSql.ts"
import { publicDomainParams } from "../aggregate/publicDomainParams.ts"
import { publicDomainSql } from "../aggregate/publicDomainSql.ts"
import { rowValueSql } from "../aggregate/rowValueSql.ts"
import { RANGE_BINS, rangeBinSql } from "./rangeBins.ts"

/**
 * How many subjects have the sum that they would count with in a bin of powers of two: of each subject one group that has
 * a value, chosen by the salt alone, so that one subject is in one bin. Exact, private, in memory only.
 * @param i     place of the measure
 * @param salt  fresh per release
 */
export const rangeHistogram = Effect.fn("rangeHistogram")(function* (
  shape: AggregateShape,
  i: number,
  relation: ReadonlyArray<string>,
  salt: string
): Effect.fn.Return<Float64Array, WarehouseError, Warehouse> {
  const params: Record<string, Param> = { salt }
  const keys = shape.keys.map(({ source, domain }, k) => {
    if (domain === undefined) return `cast(${keySourceSql(source)} as varchar)`
    Object.assign(params, publicDomainParams(domain, `k${k}`))
    return publicDomainSql(domain, keySourceSql(source), `k${k}`)
  })
  const names = keys.map((_, k) => `k${k}`)
  const columns = [...keys.map((sql, k) => `${sql} as k${k}`), `${rowValueSql(shape.measures[i]!, i, params)} as v`]
  const grouped = names.length === 0 ? "" : `where ${names.map((name) => `${name} is not null`).join(" and ")}`
  const warehouse = yield* Warehouse
  const rows = yield* warehouse.query<{ bin: number; n: number }>(
    `with contribution as (
       select cast(subject_id as varchar) as s, ${columns.join(", ")} from ${quoteIdentifier(...relation)}
       where coalesce(cast(subject_id as varchar), '') <> ''
     ), pair as (
       select ${["s", ...names].join(", ")}, sum(v) as v from contribution ${grouped}
       group by ${["s", ...names].join(", ")} having sum(v) is not null
     ), one as (
       select s, arg_min(v, hash(hash($salt, ${["s", ...names].join(", ")}))) as v from pair group by s
     )
     select cast(${rangeBinSql("v")} as integer) as bin, count(*) as n from one group by bin`,
    params
  )
  const counts = new Float64Array(RANGE_BINS)
  for (const { bin, n } of rows) counts[bin] = n
  return counts
})
