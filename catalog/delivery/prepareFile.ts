import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { copyFromShelf } from "./copyFromShelf.ts"
import type { DeliveryFormat } from "./DeliveryFormat.ts"
import { writeCsv } from "./writeCsv.ts"
import { writeJsonLines } from "./writeJsonLines.ts"
import { writeStamped } from "./writeStamped.ts"

/**
 * Makes the file of an order in a folder of our own, which goes with the scope. The same order, artefact and format give the same bytes.
 *
 * @returns its path
 */
export const prepareFile = Effect.fn("prepareFile")(function* (
  order: string,
  artefact: string,
  format: DeliveryFormat
) {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const home = yield* Home
  const folder = yield* files.makeTempDirectoryScoped({ directory: home.tmp, prefix: "delivery-" })
  const parquet = paths.join(folder, "version.parquet")
  yield* copyFromShelf(artefact, parquet)
  if (format === "parquet") {
    yield* writeStamped(parquet, { "assay.order": order, "assay.artefact": artefact })
    return parquet
  }
  const made = paths.join(folder, `version.${format}`)
  yield* format === "csv" ? writeCsv(folder, parquet, made) : writeJsonLines(folder, parquet, made)
  return made
})
