import { Effect } from "effect"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"
import type { CodedTable } from "./CodedTable.ts"
import type { OpenedTables } from "./openTables.ts"

/** Codes of one column: the last is for all rarer categories. */
const CODES = 20_000
const BINS = 20
/** Quantiles of the real file between which ranks are linear. */
const RANKS = 400
const CHUNK = 20_000

/** What turns values of a column into numbers, the same for every file. */
type Coding =
  | { readonly name: string; readonly kind: "number"; readonly ranks: Float64Array; readonly bins: Float64Array }
  | { readonly name: string; readonly kind: "category"; readonly size: number; readonly dictionary: string }

/** The opened files as numbers. */
export interface CodedTables {
  readonly real: CodedTable
  readonly synthetic: CodedTable
  readonly holdout?: CodedTable
}

/** Codes every opened file alike; about 6 bytes a cell are held, and a stretch of rows at a time as the engine gives them. */
export const codeTables = Effect.fn("codeTables")(function* (
  opened: OpenedTables
): Effect.fn.Return<CodedTables, WarehouseError, Warehouse> {
  const codings = yield* learnCodings(opened)
  const real = yield* codeTable("real", codings)
  const synthetic = yield* codeTable("synthetic", codings)
  if (opened.rows.holdout === undefined) return { real, synthetic }
  return { real, synthetic, holdout: yield* codeTable("holdout", codings) }
})

/** Learns the codes of all columns that are no keys from the opened files. */
const learnCodings = Effect.fn("learnCodings")(function* ({
  columns,
  rows
}: OpenedTables): Effect.fn.Return<ReadonlyArray<Coding>, WarehouseError, Warehouse> {
  const { query, run } = yield* Warehouse
  const parts = Object.keys(rows)
  const codings: Array<Coding> = []
  for (const [i, { name, kind }] of columns.entries()) {
    if (kind === "key") continue
    const cell = quoteIdentifier(name)
    if (kind === "number") {
      const [row] = yield* query<{ q: ReadonlyArray<number> }>(
        `select to_json(quantile_disc(${cell}, [${Array.from({ length: RANKS + 1 }, (_, k) => k / RANKS).join(", ")}])) as q from core.real`
      )
      const ranks = Float64Array.from(JSON.parse(String(row!.q)) as ReadonlyArray<number>)
      const bins = new Set(Array.from({ length: BINS - 1 }, (_, k) => ranks[Math.round(((k + 1) * RANKS) / BINS)]!))
      codings.push({ name, kind, ranks, bins: Float64Array.from(bins) })
      continue
    }
    const dictionary = quoteIdentifier("core", `codes_${i}`)
    const all = parts.map((part) => `select ${cell} as v from core.${part}`).join(" union all ")
    yield* run(
      `create table ${dictionary} as select v, least(row_number() over (order by count(*) desc, v), ${CODES})::integer as code from (${all}) where v is not null group by v`
    )
    const [top] = yield* query<{ size: number }>(`select coalesce(max(code), 0) + 1 as size from ${dictionary}`)
    codings.push({ name, kind, size: top!.size, dictionary })
  }
  return codings
})

/** Reads one opened file into typed arrays, a stretch of rows at a time. */
const codeTable = Effect.fn("codeTable")(function* (
  part: "real" | "synthetic" | "holdout",
  codings: ReadonlyArray<Coding>
): Effect.fn.Return<CodedTable, WarehouseError, Warehouse> {
  const { query, columns: read } = yield* Warehouse
  const [counted] = yield* query<{ n: number }>(`select count(*) as n from core.${part}`)
  const rows = counted!.n
  const columns = codings.map((coding) => ({
    name: coding.name,
    kind: coding.kind,
    size: coding.kind === "number" ? coding.bins.length + 2 : coding.size,
    codes: new Uint16Array(rows),
    place: new Float32Array(rows)
  }))
  const cells = codings.map((coding, i) =>
    coding.kind === "number" ? `t.${quoteIdentifier(coding.name)} as c${i}` : `d${i}.code as c${i}`
  )
  const joins = codings.flatMap((coding, i) =>
    coding.kind === "number"
      ? []
      : [`left join ${coding.dictionary} as d${i} on d${i}.v = t.${quoteIdentifier(coding.name)}`]
  )
  for (let from = 0; from < rows; from += CHUNK) {
    const { values, length } = yield* read(
      `select ${cells.join(", ")} from (select rowid as r, * from core.${part} where rowid >= ${from} and rowid < ${from + CHUNK}) as t ` +
        `${joins.join(" ")} order by t.r`
    )
    for (const [i, coding] of codings.entries()) {
      const source = values[`c${i}`] as ReadonlyArray<number | null>
      const { codes, place } = columns[i]!
      for (let row = 0; row < length; row++) {
        const value = source[row]
        if (value === null || value === undefined || Number.isNaN(value)) {
          place[from + row] = -9
          continue
        }
        codes[from + row] = coding.kind === "number" ? 1 + above(coding.bins, value) : value
        place[from + row] = coding.kind === "number" ? rankOf(coding.ranks, value) : value
      }
    }
  }
  return { rows, columns }
})

/** How many of the ascending bounds are below the value. */
function above(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (bounds[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Where a value stands among the real ones, 0..1, linear between quantiles; outside a little more, so that it differs. */
function rankOf(ranks: Float64Array, value: number): number {
  const n = ranks.length - 1
  if (value < ranks[0]!) return -0.05
  if (value > ranks[n]!) return 1.05
  const i = above(ranks, value)
  if (i === 0 || ranks[i] === value) return i / n
  const [low, high] = [ranks[i - 1]!, ranks[i]!]
  return (i - 1 + (value - low) / (high - low)) / n
}
