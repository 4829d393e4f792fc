import { Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { WarehouseError } from "#core/warehouse/WarehouseError.ts"

/** A column that all files have. */
export interface SharedColumn {
  readonly name: string
  /** `key`: nearly every value differs and they are no numbers, so that values say nothing of a group */
  readonly kind: "number" | "category" | "key"
}

/** What the files have in common; their rows stand in `core.real`, `core.synthetic` and, where given, `core.holdout`. */
export interface OpenedTables {
  readonly columns: ReadonlyArray<SharedColumn>
  /** columns that only some of the files have */
  readonly left: ReadonlyArray<string>
  readonly rows: { readonly real: number; readonly synthetic: number; readonly holdout?: number }
}

export interface RiskFiles {
  readonly real: string
  readonly synthetic: string
  readonly holdout?: string
}

/** Rows of a file that are looked at; of a longer one a sample. */
const ROWS = 200_000

/** Fewer different numbers than this are codes. */
const NUMBERS = 20

/**
 * Opens the files to compare as tables of one schema: numbers and times as doubles, the rest as texts, empty texts as missing.
 */
export const openTables = Effect.fn("openTables")(function* (
  files: RiskFiles
): Effect.fn.Return<OpenedTables, BadInput | WarehouseError, Warehouse> {
  const { query, run } = yield* Warehouse
  const present = (["real", "synthetic", "holdout"] as const).flatMap((part) =>
    files[part] === undefined ? [] : [{ part, file: files[part] }]
  )
  const headers: Array<ReadonlyArray<string>> = []
  for (const { file } of present) {
    const found = yield* Effect.mapError(
      query<{ column_name: string }>(`describe select * from ${reading(file)}`),
      () =>
        new BadInput({
          code: "risk.file",
          message: `${file} cannot be read as CSV with a header line or as Parquet.`,
          fix: "Give a .csv, .tsv, .csv.gz or .parquet file.",
          where: { file }
        })
    )
    headers.push(found.map((column) => column.column_name))
  }
  const names = headers[0]!.filter((name) => headers.every((own) => own.includes(name)))
  const left = [...new Set(headers.flat())].filter((name) => !names.includes(name))
  if (names.length < 2) {
    return yield* new BadInput({
      code: "risk.columns",
      message: `The files share ${names.length} columns; at least two are needed to compare them.`,
      fix: "Give files whose header lines use the same names.",
      where: { file: files.synthetic }
    })
  }
  for (const { part, file } of present) {
    const cells = names.map(
      (name) => `nullif(trim(cast(${quoteIdentifier(name)} as varchar)), '') as ${quoteIdentifier(name)}`
    )
    yield* Effect.mapError(
      run(
        `create table ${quoteIdentifier("core", `${part}_text`)} as select ${cells.join(", ")} from ${reading(file)} ` +
          `using sample reservoir(${ROWS} rows) repeatable (1)`
      ),
      () =>
        new BadInput({
          code: "risk.file",
          message: `${file} cannot be read to its end.`,
          fix: "Repair the file.",
          where: { file }
        })
    )
  }
  const columns: Array<SharedColumn> = []
  for (const name of names) columns.push({ name, kind: yield* kindOf(name) })
  const rows: Record<string, number> = {}
  for (const { part } of present) {
    const cells = columns.map(({ name, kind }) =>
      kind === "number" ? `${asNumber(name)} as ${quoteIdentifier(name)}` : quoteIdentifier(name)
    )
    rows[part] = yield* run(
      `create table ${quoteIdentifier("core", part)} as select ${cells.join(", ")} from ${quoteIdentifier("core", `${part}_text`)}`
    )
    yield* run(`drop table ${quoteIdentifier("core", `${part}_text`)}`)
    const [counted] = yield* query<{ n: number }>(`select count(*) as n from ${quoteIdentifier("core", part)}`)
    rows[part] = counted!.n
    if (counted!.n < 20) {
      return yield* new BadInput({
        code: "risk.rows",
        message: `The ${part} file has ${counted!.n} rows; nothing can be said below 20.`,
        fix: "Give a larger file.",
        where: { file: files[part]! }
      })
    }
  }
  return { columns, left, rows: rows as unknown as OpenedTables["rows"] }
})

/** Numbers are numbers; times become seconds since 1970, so that near ones are near. */
const asNumber = (name: string): string => {
  const cell = quoteIdentifier(name)
  return `case when isfinite(try_cast(${cell} as double)) then try_cast(${cell} as double) else epoch(try_cast(${cell} as timestamp)) end`
}

const kindOf = Effect.fnUntraced(function* (
  name: string
): Effect.fn.Return<SharedColumn["kind"], WarehouseError, Warehouse> {
  const { query } = yield* Warehouse
  const cell = quoteIdentifier(name)
  const look = (part: string) =>
    query<{ present: number; numbers: number; different: number }>(
      `select count(${cell}) as present, count(${asNumber(name)}) as numbers, count(distinct ${cell}) as different from core.${part}_text`
    )
  const [real] = yield* look("real")
  const [synthetic] = yield* look("synthetic")
  const numbers = real!.numbers >= 0.99 * real!.present && synthetic!.numbers >= 0.9 * synthetic!.present
  if (numbers && real!.different > NUMBERS) return "number"
  return real!.different > 0.9 * real!.present && real!.different > 50 ? "key" : "category"
})

const reading = (file: string): string =>
  /\.parquet$/i.test(file)
    ? `read_parquet(${quoteText(file)})`
    : `read_csv(${quoteText(file)}, all_varchar = true, header = true, null_padding = true, ignore_errors = true, strict_mode = false)`
