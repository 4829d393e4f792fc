import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Param } from "#core/warehouse/Session.ts"
import type { AggregateShape } from "../aggregate/AggregatePlan.ts"
import { keySourceSql } from "../aggregate/keySourceSql.ts"
import { publicDomainParams } from "../aggregate/publicDomainParams.ts"
import { publicDomainSql } from "../aggregate/publicDomainSql.ts"
import { rowValueSql } from "../aggregate/rowValueSql.ts"

/** The rows that count, as SQL: subject `s`, keys `k0`.., values `v0`.. in steps, null where there is none. */
export interface Contribution {
  /** a query in parentheses; every expression in it is total: no row can make it fail */
  readonly rows: string
  /** of the same rows blocks that hold one in fifty, to judge how rows lie; always the same ones */
  readonly sample: string
  readonly params: Readonly<Record<string, Param>>
  readonly keys: ReadonlyArray<string>
  readonly values: number
  /** per measure: the place of its values among `v0`..; undefined for counts, and measures of one column share theirs */
  readonly valueOf: ReadonlyArray<number | undefined>
}

/**
 * The SQL of the rows that a release reads: those with a subject and with all keys.
 * @param relation  schema and name of the table or view to read, already permitted
 */
export function contributionSql(shape: AggregateShape, relation: ReadonlyArray<string>): Contribution {
  const params: Record<string, Param> = {}
  const keys = shape.keys.map((_, i) => `k${i}`)
  const keySql = shape.keys.map((key, i) => {
    if (key.domain === undefined) return `cast(${keySourceSql(key.source)} as varchar) as k${i}`
    Object.assign(params, publicDomainParams(key.domain, `k${i}`))
    return `cast(${publicDomainSql(key.domain, keySourceSql(key.source), `k${i}`)} as integer) as k${i}`
  })
  const values: Array<string> = []
  const places = new Map<string, number>()
  const valueOf = shape.measures.map((measure) => {
    if (measure.kind !== "sum") return undefined
    const same = JSON.stringify([measure.column, measure.step, measure.restrictCurrency && measure.currency])
    const known = places.get(same)
    if (known !== undefined) return known
    const place = values.length
    places.set(same, place)
    values.push(`${rowValueSql(measure, place, params)} as v${place}`)
    return place
  })
  const selected = ["cast(subject_id as varchar) as s", ...keySql, ...values].join(", ")
  const rowsOf = (source: string): string => {
    const rows = `select ${selected} from ${source} where cast(subject_id as varchar) <> ''`
    const complete = keys.map((key) => `${key} is not null`).join(" and ")
    return complete === "" ? `(${rows})` : `(select * from (${rows}) where ${complete})`
  }
  const table = quoteIdentifier(...relation)
  return {
    rows: rowsOf(table),
    sample: rowsOf(`${table} tablesample system(2 percent) repeatable (7)`),
    params,
    keys,
    values: values.length,
    valueOf
  }
}
