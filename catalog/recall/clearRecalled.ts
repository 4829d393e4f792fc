import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"
import { quoteIdentifier } from "#core/warehouse/quoteIdentifier.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/**
 * Removes what is left in the house of versions that were called back: their files on the shelf, what was cut out of them, and their tables.
 * Repeating it changes nothing.
 */
export const clearRecalled = Effect.fn("clearRecalled")(function* () {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const warehouse = yield* Warehouse
  const { shelf } = yield* Home
  const { artefacts, releases } = yield* (yield* Records).read((db) => ({
    artefacts: db.all<{ artefact: string }>(
      `select v.artefact from recalled_version r join product_version v on v.id = r.version_id
       union select o.artefact from recalled_version r join offer_artefact o on o.version_id = r.version_id
       except select v.artefact from product_version v where v.id not in (select version_id from recalled_version)`
    ),
    releases: db.all<{ product: string; release: string; standing: number }>(
      `select v.product, v.release, exists (select 1 from product_version o where o.product = v.product
         and o.id not in (select version_id from recalled_version)) as standing
       from recalled_version r join product_version v on v.id = r.version_id`
    )
  }))
  for (const { artefact } of artefacts) {
    yield* Effect.ignore(files.remove(paths.join(shelf, `${artefact}.parquet`), { force: true }))
  }
  for (const { product, release, standing } of releases) {
    if (standing === 0) yield* warehouse.run(`drop view if exists ${quoteIdentifier("release", product)}`)
    yield* warehouse.run(`drop table if exists ${quoteIdentifier("release", release)}`)
  }
  return artefacts.length
})
