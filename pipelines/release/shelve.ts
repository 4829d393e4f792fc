import { createHash } from "node:crypto"
import { Effect, FileSystem, Path, Stream } from "effect"
import { Home } from "#core/home/Home.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { quoteText } from "#core/warehouse/quoteText.ts"
import { Warehouse } from "#core/warehouse/Warehouse.ts"

/** A file on the shelf, named by the SHA-256 of its bytes. */
export interface Shelved {
  readonly artefact: string
  readonly bytes: number
}

/**
 * Writes a table, in its own order, as a Parquet file on the shelf: to a temporary file, flushed to the disk, then renamed to its hash,
 * so a file that has its name is whole. One thread and one row group size, so equal rows give equal bytes.
 */
export const shelve = Effect.fn("shelve")(
  function* (table: string, name: string) {
    const warehouse = yield* Warehouse
    const home = yield* Home
    const files = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const draft = paths.join(home.tmp, `${name}.parquet`)
    yield* warehouse.run(
      `copy (select * from ${table}) to ${quoteText(draft)} (format parquet, compression zstd, row_group_size 122880)`
    )
    const hash = createHash("sha256")
    let bytes = 0
    yield* Stream.runForEach(files.stream(draft), (chunk) =>
      Effect.sync(() => {
        hash.update(chunk)
        bytes += chunk.length
      })
    )
    const artefact = hash.digest("hex")
    yield* sync(files, draft)
    yield* files.rename(draft, paths.join(home.shelf, `${artefact}.parquet`))
    yield* sync(files, home.shelf)
    return { artefact, bytes } satisfies Shelved as Shelved
  },
  Effect.catchTag("PlatformError", (error) =>
    Effect.fail(
      new Unavailable({
        code: "shelf.write",
        message: `The shelf could not be written (${error.reason._tag}); nothing was published.`,
        fix: "Check that the disk has space and that the home folder may be written, then run again: the same charge is used."
      })
    )
  )
)

/** Makes sure that a file, or the names in a folder, survive a power cut. */
const sync = (files: FileSystem.FileSystem, path: string) =>
  Effect.scoped(Effect.flatMap(files.open(path, { flag: "r" }), (file) => file.sync))
