import { DateTime, Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { newId } from "#core/ids/newId.ts"
import { Records } from "#core/records/Records.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import { copyFromShelf } from "../delivery/copyFromShelf.ts"
import { fileHash } from "../delivery/fileHash.ts"
import { sparkColumn } from "./sparkColumn.ts"

/** The file that is shared for a version or offer. */
export interface ShareArtefact {
  /** SHA-256 of its bytes; the file is on the shelf under it. */
  readonly artefact: string
  readonly bytes: number
  readonly rows: number
  /** The protocol's `schemaString`. */
  readonly columns: string
}

/**
 * The file of an artefact as readers of the protocol can take it, made at its first use: pages of the first version, compressed by Snappy,
 * since some readers know no other. The values are the artefact's own.
 */
export const shareArtefact = Effect.fn("shareArtefact")(function* (madeOf: string) {
  const records = yield* Records
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const home = yield* Home
  const find = records.read((db) =>
    db.get<ShareArtefact & object>(
      "select artefact, bytes, rows, columns from share_artefact where made_of = $madeOf",
      { madeOf }
    )
  )
  const known = yield* find
  if (known !== undefined) return known

  const folder = yield* files.makeTempDirectoryScoped({ directory: home.tmp, prefix: "share-" })
  const [original, shared] = [paths.join(folder, "version.parquet"), paths.join(folder, "share.parquet")]
  yield* copyFromShelf(madeOf, original)
  const { columns, rows } = yield* rewrite(folder, original, shared)
  const { sha256, bytes } = yield* fileHash(shared)
  const staged = paths.join(home.shelf, `.${newId("share")}`)
  yield* files.copyFile(shared, staged)
  yield* Effect.scoped(Effect.flatMap(files.open(staged, { flag: "r+" }), (file) => file.sync))
  yield* files.rename(staged, paths.join(home.shelf, `${sha256}.parquet`))
  const now = DateTime.formatIso(yield* DateTime.now)
  yield* records.write((db) =>
    db.run(
      "insert into share_artefact values ($madeOf, $sha256, $bytes, $rows, $columns, $now) on conflict do nothing",
      { madeOf, sha256, bytes, rows, columns, now }
    )
  )
  return (yield* find)!
}, Effect.scoped)

/** Row groups are small, so that a reader may fetch a part by range. */
const rewrite = (folder: string, original: string, shared: string) =>
  Effect.gen(function* () {
    const engine = yield* Warehouse
    const described = yield* engine.query<{ column_name: string; column_type: string }>(
      "describe select * from read_parquet($original)",
      { original }
    )
    const columns = described.map((one) => sparkColumn(one.column_name, one.column_type))
    yield* engine.run(
      `copy (select ${columns.map(({ sql }) => sql).join(", ")} from read_parquet(${quoteText(original)}))
       to ${quoteText(shared)} (format parquet, compression snappy, parquet_version v1, row_group_size 122880)`
    )
    const [count] = yield* engine.query<{ n: number }>("select count(*) as n from read_parquet($shared)", { shared })
    const fields = columns.map(({ name, type }) => ({ name, type, nullable: true, metadata: {} }))
    return { columns: JSON.stringify({ type: "struct", fields }), rows: count!.n }
  }).pipe(
    Effect.provide(Warehouse.layer({ path: ":memory:", spill: "", directories: [folder], memory: "1GB", threads: 1 }))
  )
