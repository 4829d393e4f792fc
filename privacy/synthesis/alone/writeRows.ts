import { createHash } from "node:crypto"
import { Effect, FileSystem } from "effect"
import { Unavailable } from "#core/Unavailable.ts"

export interface WrittenFile {
  readonly bytes: number
  readonly sha256: string
}

/** Writes text piece by piece; memory holds one piece. The file stands under its name only when it is whole. */
export const writeRows = Effect.fn("writeRows")(
  function* (file: string, pieces: Iterable<string>) {
    const files = yield* FileSystem.FileSystem
    const hash = createHash("sha256")
    const part = `${file}.part`
    let bytes = 0
    yield* Effect.scoped(
      Effect.gen(function* () {
        const open = yield* files.open(part, { flag: "w" })
        for (const piece of pieces) {
          const encoded = Buffer.from(piece)
          hash.update(encoded)
          bytes += encoded.length
          yield* open.writeAll(encoded)
        }
      })
    )
    yield* files.rename(part, file)
    return { bytes, sha256: hash.digest("hex") } satisfies WrittenFile as WrittenFile
  },
  Effect.catchTag("PlatformError", ({ reason }) =>
    Effect.fail(
      new Unavailable({
        code: "synth.write",
        message: `The synthetic rows could not be written (${reason._tag}).`,
        fix: "Check the folder after --out; `assay synth again` writes the file from the noisy marginals at no loss."
      })
    )
  )
)
