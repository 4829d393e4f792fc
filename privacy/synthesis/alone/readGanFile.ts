import { Effect, FileSystem, Schema } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { GanFile } from "../gan/GanFile.ts"

/** Reads a file of a trained generator. */
export const readGanFile = Effect.fn("readGanFile")(function* (
  file: string
): Effect.fn.Return<GanFile, BadInput, FileSystem.FileSystem> {
  const files = yield* FileSystem.FileSystem
  const wrong = (): BadInput =>
    new BadInput({
      code: "synth.weights",
      message: `${file} is no file of a trained generator.`,
      fix: "Give the .weights.json that stands beside a file made with --algorithm gan.",
      where: { file }
    })
  const text = yield* Effect.mapError(files.readFileString(file), wrong)
  const json = yield* Effect.try({ try: (): unknown => JSON.parse(text), catch: wrong })
  return yield* Effect.mapError(Schema.decodeUnknownEffect(GanFile)(json), wrong)
})
