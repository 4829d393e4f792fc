import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { loadSource } from "#pipelines/sources/load/loadSource.ts"
import { readSourceFile } from "#pipelines/sources/readSourceFile.ts"
import { Effect } from "effect"
import { folder } from "./house.ts"

export type Files = Readonly<Record<string, string | Uint8Array>>

export function write(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
}

/** A folder `data` with these files and beside it `source.yaml` with one stream of a source `shop`. */
export const connected = Effect.fnUntraced(function* (files: Files, stream: string) {
  const root = yield* folder
  write(join(root, "data"), files)
  write(root, {
    "source.yaml": `source: shop\nkind: files\nroot: ./data\nstreams:\n  - ${stream.trim().replaceAll("\n", "\n    ")}\n`
  })
  return {
    data: join(root, "data"),
    file: join(root, "source.yaml"),
    load: Effect.flatMap(readSourceFile(join(root, "source.yaml")), (spec) => loadSource(spec))
  }
})

/** The raw table without the columns that the house adds, sorted. */
export const rawRows = Effect.flatMap(Warehouse, (warehouse) =>
  warehouse.query<Record<string, unknown>>(
    "select * exclude (_event_id, _batch, _ingested_at, _lic, _subj, _file) from raw.shop__rows order by all"
  )
)

export const quarantined = Effect.flatMap(Warehouse, (warehouse) =>
  warehouse.query<{ file: string; line: number; reason: string; length: number; hex: string }>(
    "select file, line, reason, length, lower(hex(bytes)) as hex from raw.quarantine order by file, line"
  )
)

/** True when the warehouse holds no raw table of the source. */
export const nothingLanded = Effect.flatMap(Warehouse, (warehouse) =>
  Effect.map(
    warehouse.query("select table_name from duckdb_tables() where schema_name = 'raw' and table_name <> 'quarantine'"),
    (tables) => tables.length === 0
  )
)
