import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Records } from "#core/records/Records.ts"

/** Removes the files of versions that were called back from the shelf, with what was cut out of them. Repeating it changes nothing. */
export const clearRecalled = Effect.fn("clearRecalled")(function* () {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const { shelf } = yield* Home
  const artefacts = yield* (yield* Records).read((db) =>
    db.all<{ artefact: string }>(
      `select v.artefact from recalled_version r join product_version v on v.id = r.version_id
       union select o.artefact from recalled_version r join offer_artefact o on o.version_id = r.version_id
       except select v.artefact from product_version v where v.id not in (select version_id from recalled_version)`
    )
  )
  for (const { artefact } of artefacts) {
    yield* Effect.ignore(files.remove(paths.join(shelf, `${artefact}.parquet`), { force: true }))
  }
  return artefacts.length
})
