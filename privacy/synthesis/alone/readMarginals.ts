import { Effect, FileSystem, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { NoisyMarginals } from "../manifest/NoisyMarginals.ts"

/** Reads a file of noisy marginals. */
export const readMarginals = Effect.fn("readMarginals")(function* (
  file: string
): Effect.fn.Return<NoisyMarginals, BadInput, FileSystem.FileSystem> {
  const files = yield* FileSystem.FileSystem
  const wrong = (): BadInput =>
    new BadInput({
      code: "synth.marginals",
      message: `${file} is no file of noisy marginals.`,
      fix: "Give the .marginals.json that stands beside a synthetic file (.weights.json for one made with --algorithm gan).",
      where: { file }
    })
  const text = yield* Effect.mapError(files.readFileString(file), wrong)
  const json = yield* Effect.try({ try: (): unknown => JSON.parse(text), catch: wrong })
  return yield* Effect.mapError(Schema.decodeUnknownEffect(NoisyMarginals)(json), wrong)
})
