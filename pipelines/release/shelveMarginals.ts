import { Effect, FileSystem, Path } from "effect"
import { Home } from "#core/home/Home.ts"
import { canonicalJson } from "#core/json/canonicalJson.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { NoisyMarginals } from "#privacy/synthesis/manifest/NoisyMarginals.ts"

/** Puts the noisy marginals beside the rows that were made from them: `assay synth again` makes the rows anew from the file. */
export const shelveMarginals = Effect.fn("shelveMarginals")(function* (artefact: string, marginals: NoisyMarginals) {
  const { shelf } = yield* Home
  const files = yield* FileSystem.FileSystem
  const file = (yield* Path.Path).join(shelf, `${artefact}.marginals.json`)
  yield* Effect.mapError(
    files.writeFileString(file, `${canonicalJson(marginals)}\n`),
    (error) =>
      new Unavailable({
        code: "shelf.write",
        message: `The shelf could not be written (${error.reason._tag}); nothing was published.`,
        fix: "Check that the disk has space and that the home folder may be written, then run again: the same charge is used."
      })
  )
})
