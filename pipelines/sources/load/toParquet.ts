import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import { columnNames } from "../files/columnNames.ts"
import type { NamedColumn } from "../files/columnNames.ts"
import { maxColumns } from "./maxColumns.ts"
import { readClause } from "./readClause.ts"
import type { PreparedFile } from "./PreparedFile.ts"

/** One file as text columns in Parquet, and its bad rows if any. */
export interface HandedOver {
  readonly path: string
  readonly columns: ReadonlyArray<NamedColumn>
  readonly rows: number
  /** Lines that the engine found not to be JSON objects; the scan could not know. */
  readonly badJson: number
  readonly badPaths: ReadonlyArray<string>
}

/** Lets the engine read a prepared file and write all of it as text to `<stem>.parquet`. */
export const toParquet = Effect.fnUntraced(function* (
  session: Session,
  prepared: PreparedFile,
  ordinal: number,
  stem: string
) {
  const path = `${stem}.parquet`
  const copy = (cells: ReadonlyArray<string>, from: string) =>
    session.run(
      `copy (select ${[...cells, `${ordinal}::uinteger as _file`].join(", ")} from ${from}) ` +
        `to ${quoteText(path)} (format parquet, compression snappy)`
    )
  const badPaths = prepared.badPath === undefined || prepared.facts.badRows === 0 ? [] : [prepared.badPath]
  const done = (columns: ReadonlyArray<NamedColumn>, rows: number): HandedOver => ({
    path,
    columns,
    rows,
    badJson: 0,
    badPaths
  })
  const { plan } = prepared
  if (plan.text !== undefined) {
    const { columns } = plan.text
    const rows = yield* copy(
      columns.map((column) => quoteIdentifier(column.name)),
      readClause(prepared)
    )
    return done(columns, rows)
  }
  if (plan.format === "parquet") {
    const source = `read_parquet(${quoteText(prepared.path)})`
    const found = yield* session.query<{ column_name: string; column_type: string }>(`describe select * from ${source}`)
    const columns = columnNames(found.map((column) => column.column_name))
    const cells = found.map((column, i) => `${asText(column)} as ${quoteIdentifier(columns[i]!.name)}`)
    return done(columns, yield* copy(cells, source))
  }
  return yield* jsonToParquet(session, prepared, stem, copy, badPaths)
})

const jsonToParquet = Effect.fnUntraced(function* <E>(
  session: Session,
  prepared: PreparedFile,
  stem: string,
  copy: (cells: ReadonlyArray<string>, from: string) => Effect.Effect<number, E>,
  knownBad: ReadonlyArray<string>
) {
  const clause = readClause(prepared)
  const good = "case when json_valid(document) then json_type(document) = 'OBJECT' else false end"
  const numbered = prepared.mended ? clause : `(select row_number() over () as line, document from ${clause})`
  const bad = yield* session.query<{ n: number }>(`select count(*) as n from ${clause} where not (${good})`)
  const badJson = bad[0]!.n
  const badPath = `${stem}.badjson`
  if (badJson > 0) {
    yield* session.run(
      `copy (select line, 'json' as reason, strlen(document) as length, ` +
        `lower(hex(encode(substr(document, 1, 65536)))) as hex from ${numbered} where not (${good}) order by line) ` +
        `to ${quoteText(badPath)} (format csv, header false)`
    )
  }
  const keys = yield* session.query<{ name: string }>(
    `select distinct unnest(json_keys(document)) as name from ${clause} where ${good} order by name limit ${maxColumns + 1}`
  )
  const columns = columnNames(keys.map((key) => key.name))
  const pointers = keys.map((key) => quoteText(`/${key.name.replaceAll("~", "~0").replaceAll("/", "~1")}`))
  const cells = columns.map((column, i) => `found[${i + 1}] as ${quoteIdentifier(column.name)}`)
  const rows = yield* copy(
    cells,
    `(select json_extract_string(document, [${pointers.join(", ")}]) as found from ${clause} where ${good})`
  )
  return {
    path: `${stem}.parquet`,
    columns,
    rows,
    badJson,
    badPaths: badJson > 0 ? [...knownBad, badPath] : knownBad
  } satisfies HandedOver as HandedOver
})

function asText(column: { readonly column_name: string; readonly column_type: string }): string {
  const name = quoteIdentifier(column.column_name)
  const type = column.column_type.toUpperCase()
  if (type === "BLOB") return `lower(hex(${name}))`
  return /^(STRUCT|MAP|UNION)|\]$/.test(type) ? `to_json(${name})::varchar` : `${name}::varchar`
}
