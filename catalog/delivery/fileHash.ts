import { createHash } from "node:crypto"
import { Effect, FileSystem, Stream } from "effect"

/** The SHA-256 of a file and its size, read in pieces. */
export const fileHash = Effect.fn("fileHash")(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const hash = createHash("sha256")
  let bytes = 0
  yield* Stream.runForEach(files.stream(file), (piece) =>
    Effect.sync(() => {
      hash.update(piece)
      bytes += piece.length
    })
  )
  return { sha256: hash.digest("hex"), bytes }
})
