import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { fileHash } from "./fileHash.ts"

/**
 * Copies a version from the shelf and checks the copy, not the original, so that nothing can change between check and use.
 *
 * Fails with `Unavailable` if the shelf has lost the version, with `Refused` if its bytes are not the ones that were certified.
 */
export const copyFromShelf = Effect.fn("copyFromShelf")(function* (artefact: string, copy: string) {
  const files = yield* FileSystem.FileSystem
  const paths = yield* Path.Path
  const home = yield* Home
  const original = paths.join(home.shelf, `${artefact}.parquet`)
  if (!(yield* files.exists(original))) {
    return yield* new Unavailable({
      code: "shelf.missing",
      message: `The version with SHA-256 ${artefact} is not on the shelf.`,
      fix: "Restore the home folder from a backup."
    })
  }
  yield* files.copyFile(original, copy)
  const { sha256 } = yield* fileHash(copy)
  if (sha256 !== artefact) {
    return yield* new Refused({
      code: "shelf.tampered",
      message: `The shelf's file for SHA-256 ${artefact} holds other bytes (${sha256}); it was changed after it was certified.`,
      fix: "Restore the home folder from a backup; nothing was delivered."
    })
  }
})
