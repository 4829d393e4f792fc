import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Clock, Effect } from "effect"
import type { NamedColumn } from "../files/columnNames.ts"
import { bindingRoot } from "#privacy/consent/guard/bindingRoot.ts"
import { bindSubjects } from "#privacy/consent/guard/bindSubjects.ts"
import type { DeclaredTerms } from "#privacy/consent/guard/declaredTerms.ts"
import { canonicalText } from "./canonicalText.ts"
import { eventId, eventKeys } from "./eventId.ts"
import { rawTable } from "./rawTable.ts"
import { storedColumns } from "./storedColumns.ts"

/** Rows of text columns that are to become events of one stream. */
export interface Landing {
  readonly source: string
  readonly stream: string
  readonly columns: ReadonlyArray<NamedColumn>
  /** A table of the warehouse, or Parquet files in its tmp folder whose `_file` says which file a row came from. */
  readonly from:
    | { readonly kind: "table"; readonly schema: string; readonly name: string }
    | { readonly kind: "parquet"; readonly paths: ReadonlyArray<string> }
  /** SQL of the text that names the subject of a row; null where the row is about nobody. */
  readonly subject: string
  /** What the source declares for every row. */
  readonly terms: DeclaredTerms
  readonly batch: string
  /** From `eventKey`. */
  readonly key: Uint8Array
}

export interface Landed {
  readonly rows: number
  readonly rowsNew: number
  readonly rowsKnown: number
  readonly newColumns: ReadonlyArray<string>
}

/**
 * Adds to `raw.<source>__<stream>` the events that it does not hold yet. Equal rows of one file are told apart by their count,
 * so the table ends up with each row as often as the file that has it most often. Runs inside the caller's transaction.
 */
export const landStream = Effect.fn("landStream")(function* (session: Session, landing: Landing) {
  const { source, stream, batch } = landing
  const table = rawTable(source, stream)
  const { stored, added } = yield* storedColumns(session, source, stream, landing.columns)
  const present = new Set(landing.columns.map((column) => column.name.toLowerCase()))
  const relation = relationOf(landing)
  const text = canonicalText(stored, present)
  const keys = eventKeys(landing.key)
  const ids = quoteIdentifier(`ids_${batch}`)
  const copies = quoteIdentifier(`copies_${batch}`)

  yield* session.run(
    `create temp table ${ids} as select _pos, _file, ${eventId(text, "'1'")} as id from ${relation}`,
    keys
  )
  const rows = yield* count(session, `select count(*) as n from ${ids}`)
  const doubled = `select _file, id from ${ids} group by _file, id having count(*) > 1`
  yield* session.script(
    `create temp table ${copies} as select _pos, row_number() over (partition by _file, id order by _pos) as n ` +
      `from ${ids} semi join (${doubled}) using (_file, id)`
  )
  if ((yield* count(session, `select count(*) as n from ${copies}`)) > 0) {
    yield* session.run(
      `update ${ids} as known set id = later.id from (select r._pos, ${eventId(text, "c.n::varchar")} as id ` +
        `from ${relation} as r join ${copies} as c on r._pos = c._pos where c.n > 1) as later ` +
        `where known._pos = later._pos`,
      keys
    )
  }
  const names = landing.columns.map((column) => quoteIdentifier(column.name))
  const bound = quoteIdentifier(`bound_${batch}`)
  yield* bindSubjects(session, `select ${landing.subject} as id from ${relation}`, bound, landing.terms)
  const now = yield* Clock.currentTimeMillis
  const rowsNew = yield* session.run(
    `insert into ${table} (${names.join(", ")}, _event_id, _batch, _ingested_at, _lic, _subj, _file) ` +
      `select ${names.map((name) => `r.${name}`).join(", ")}, f.id, $batch, epoch_ms($now::bigint), b.lic, b.subj, r._file ` +
      `from ${relation} as r join (select min(_pos) as _pos, id from ${ids} ` +
      `anti join ${table} on ${ids}.id = ${table}._event_id group by id) as f on r._pos = f._pos ` +
      `join ${bound} as b on b.id is not distinct from ${landing.subject}`,
    { batch, now }
  )
  yield* session.script(`drop table ${ids}; drop table ${copies}; drop table ${bound}`)
  if (rowsNew > 0) {
    const root = yield* bindingRoot(session, table, batch, rowsNew)
    yield* session.run("insert into _base.binding values ($batch, $asset, $rows, $root, false)", {
      batch,
      asset: `raw.${source}__${stream}`,
      rows: rowsNew,
      root
    })
  }
  return { rows, rowsNew, rowsKnown: rows - rowsNew, newColumns: added } satisfies Landed as Landed
})

/** The rows with `_file` and a position that is unique among them. */
function relationOf(landing: Landing): string {
  const names = landing.columns.map((column) => quoteIdentifier(column.name))
  if (landing.from.kind === "table") {
    const from = quoteIdentifier(landing.from.schema, landing.from.name)
    const cells = names.map((name) => `${name}::varchar as ${name}`).join(", ")
    return `(select ${cells}, 0::uinteger as _file, rowid as _pos from ${from})`
  }
  const paths = landing.from.paths.map(quoteText).join(", ")
  return (
    `(select ${names.join(", ")}, _file, (_file::bigint << 36) + file_row_number as _pos ` +
    `from read_parquet([${paths}], union_by_name = true, file_row_number = true))`
  )
}

const count = Effect.fnUntraced(function* (session: Session, sql: string) {
  const found = yield* session.query<{ n: number }>(sql)
  return found[0]!.n
})
