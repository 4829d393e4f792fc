import { Effect, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"
import type { ProductVersion } from "#catalog/product/ProductVersion.ts"
import { certificateOf } from "./certificateOf.ts"
import type { ReleasedTable } from "./ReleasedTable.ts"

/** Aggregates have thousands of cells; a version beyond this is shown by its first cells only. */
const most = 100_000

/** Reads a version from the shelf, in the order of its bytes. */
export const readVersionTable = Effect.fn("readVersionTable")(function* (version: ProductVersion) {
  // Rows are for their recipient alone: a page shows what they are, never one of them.
  if (version.consented !== undefined) {
    const values = Object.fromEntries(version.columns.map(({ name }) => [name, []]))
    return { fields: version.columns, length: 0, values, halfWidths: {} } satisfies ReleasedTable as ReleasedTable
  }
  const home = yield* Home
  const paths = yield* Path.Path
  const warehouse = yield* Warehouse
  const file = paths.join(home.shelf, `${version.artefact}.parquet`)
  const columns = yield* warehouse
    .columns(`select * from read_parquet($file) limit ${most}`, { file })
    .pipe(Effect.mapError(() => lost(version.artefact)))
  const table: ReleasedTable = {
    fields: version.columns,
    length: columns.length,
    values: columns.values,
    halfWidths: Object.fromEntries(certificateOf(version).measures.map(({ name, halfWidth }) => [name, halfWidth]))
  }
  return table
})

const lost = (artefact: string): Unavailable =>
  new Unavailable({
    code: "shelf.missing",
    message: `The version with SHA-256 ${artefact} cannot be read from the shelf.`,
    fix: "Restore the home folder from a backup."
  })
