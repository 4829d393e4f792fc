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
 * @param namesOrder  whether the order stands in the file's metadata; without it all buyers of a version get equal bytes
 * @returns           its path
 */
export const prepareFile = Effect.fn("prepareFile")(function* (
  order: string,
  artefact: string,
  format: DeliveryFormat,
  namesOrder: boolean
) {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const home = yield* Home
  const folder = yield* files.makeTempDirectoryScoped({ directory: home.tmp, prefix: "delivery-" })
  const parquet = paths.join(folder, "version.parquet")
  yield* copyFromShelf(artefact, parquet)
  const names = { ...(namesOrder ? { "assay.order": order } : {}), "assay.artefact": artefact }
  if (format === "parquet") {
    if (namesOrder) yield* writeStamped(parquet, names)
    return parquet
  }
  const made = paths.join(folder, `version.${format}`)
  switch (format) {
    case "csv":
      yield* writeCsv(folder, parquet, made)
      break
    case "jsonl":
      yield* writeJsonLines(folder, parquet, made)
      break
    case "arrow": {
      // Its library is large and few processes need it.
      const { writeArrow } = yield* Effect.promise(() => import("./writeArrow.ts"))
      yield* writeArrow(folder, parquet, made, names)
    }
  }
  return made
})
