import { quoteText } from "#core/warehouse/quoteText.ts"
import type { AggregateShape, PlannedKey } from "../aggregate/AggregatePlan.ts"
import { columnFamily } from "../aggregate/columnFamily.ts"

/** More groups than this are not generated for one subject. */
const MOST = 130

/** Values of the key columns, as SQL, that put rows into different groups. */
export interface BusyTuples {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

/**
 * Rows of key columns that lie in different groups, as many as are asked for or there are: what it takes to see how a
 * subject in too many groups is bounded.
 */
export function busyTuples(shape: AggregateShape, wanted: number): BusyTuples {
  const pools = new Map<string, ReadonlyArray<string>>()
  for (const key of shape.keys) {
    const { column } = key.source
    if (!pools.has(column)) pools.set(column, valuesOf(key, Math.min(wanted, MOST)))
  }
  const lists = [...pools.values()]
  const all = lists.reduce((product, list) => Math.min(MOST, product * list.length), 1)
  const rows = Array.from({ length: Math.min(all, wanted, MOST) }, (_, i) => {
    let rest = i
    return lists.map((list) => {
      const value = list[rest % list.length]!
      rest = Math.floor(rest / list.length)
      return value
    })
  })
  return { columns: [...pools.keys()], rows: shape.keys.length === 0 ? [] : rows }
}

/** Whether one subject can be in more groups than it may count in, here. */
export const canBeTooBusy = (shape: AggregateShape): boolean => busyTuples(shape, shape.l0 + 1).rows.length > shape.l0

const literal = (value: string | number | boolean): string =>
  typeof value === "string" ? quoteText(value) : String(value)

function valuesOf({ source, domain }: PlannedKey, n: number): ReadonlyArray<string> {
  const family = columnFamily(source.columnType)
  const call = source.call?.name
  const through = call === undefined || ["lower", "upper", "trim", "bucket", "date_trunc"].includes(call)
  if (domain !== undefined) {
    if (through) return domain.values.slice(0, n).map(literal)
    if (call === "year") return domain.values.slice(0, n).map((year) => `'${String(year)}-01-15'`)
    return [anyOf(family)]
  }
  const places = Array.from({ length: n }, (_, i) => i)
  if (family === "text" && through) return places.map((i) => `'g${i}'`)
  if (family === "integer" && through) {
    const width = call === "bucket" ? Number(source.call!.argument) : 1
    return places.filter((i) => i < 100).map((i) => String(i * width))
  }
  if (family === "boolean") return ["true", "false"]
  if (family === "day" || family === "instant") {
    const part = call === "date_trunc" ? source.call!.argument : call === undefined ? "day" : "year"
    const months = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[part] ?? 12
    const days = { day: 1, week: 7 }[part] ?? 0
    return places.map((i) => `'${new Date(Date.UTC(2020, i * months, 6 + i * days)).toISOString().slice(0, 10)}'`)
  }
  return [anyOf(family)]
}

const anyOf = (family: ReturnType<typeof columnFamily>): string =>
  family === "text"
    ? "'A'"
    : family === "day" || family === "instant"
      ? "'2026-01-01'"
      : family === "boolean"
        ? "true"
        : "1"
