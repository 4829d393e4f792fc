import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import type { Session } from "#core/warehouse/Session.ts"
import { Effect } from "effect"
import type { NamedColumn } from "../files/columnNames.ts"
import type { StoredColumn } from "./canonicalText.ts"
import { rawTable } from "./rawTable.ts"

/**
 * The columns of a raw table after it has been made or widened to hold these, all text. Columns that come together share a
 * generation, on which event ids rest, so a column is never renamed or dropped.
 */
export const storedColumns = Effect.fnUntraced(function* (
  session: Session,
  source: string,
  stream: string,
  wanted: ReadonlyArray<NamedColumn>
) {
  const table = rawTable(source, stream)
  const known = yield* session.query<StoredColumn>(
    "select name, generation from _assay.raw_column where source = $source and stream = $stream order by generation, name",
    { source, stream }
  )
  const names = new Set(known.map((column) => column.name.toLowerCase()))
  const added = wanted.filter((column) => !names.has(column.name.toLowerCase()))
  const generation = (known.at(-1)?.generation ?? 0) + 1
  if (known.length === 0) {
    const columns = added.map((column) => `${quoteIdentifier(column.name)} varchar`)
    yield* session.script(`create table if not exists ${table} (${[...columns, ...hidden].join(", ")})`)
  } else {
    for (const column of added) {
      yield* session.script(`alter table ${table} add column ${quoteIdentifier(column.name)} varchar`)
    }
  }
  for (const column of added) {
    yield* session.run(
      "insert into _assay.raw_column (source, stream, name, original, generation) values ($source, $stream, $name, $original, $generation)",
      { source, stream, name: column.name, original: column.original, generation }
    )
  }
  const stored = [...known, ...added.map(({ name }): StoredColumn => ({ name, generation }))]
  return { stored, added: known.length === 0 ? [] : added.map((column) => column.name) }
})

const hidden = [
  "_event_id uuid not null",
  "_batch varchar not null",
  "_ingested_at timestamp not null",
  "_lic uinteger not null",
  "_subj uinteger not null",
  "_file uinteger not null"
]
