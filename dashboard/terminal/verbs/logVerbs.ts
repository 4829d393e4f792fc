import { Effect, FileSystem, Path } from "effect"
import { Log } from "#core/log/Log.ts"
import { Refused } from "#core/Refused.ts"
import { Unavailable } from "#core/Unavailable.ts"
import type { Verb } from "../Verb.ts"

type Needs = Log | FileSystem.FileSystem | Path.Path

const verify: Verb<Needs> = {
  usage: "log verify",
  about: "read every byte of the log and recompute its root",
  flags: [],
  words: 0,
  run: Effect.fn("log verify")(function* () {
    const verdict = yield* (yield* Log).verify
    if (!verdict.sound) {
      return yield* new Refused({
        code: "log.unsound",
        message: `The log was changed: entry ${verdict.firstBad} is the first that cannot be trusted. ${verdict.message ?? ""}`,
        fix: "Restore the home from a backup made before, and find out who could write to it.",
        where: { file: verdict.file ?? "checkpoint" }
      })
    }
    return { json: verdict, text: `${verdict.size} entries, root ${verdict.root}: sound` }
  })
}

const prove: Verb<Needs> = {
  usage: "log prove ENTRY [--out FILE]",
  about: "a proof that the log holds an entry, for assay-verify.mjs; ENTRY is its number or the id of an operation",
  flags: ["out"],
  words: 1,
  run: Effect.fn("log prove")(function* ({ words, flags, io }) {
    const log = yield* Log
    yield* log.drain
    const wanted = words[0]!
    const { index, entry, proof } = yield* log.prove(/^\d{1,15}$/.test(wanted) ? Number(wanted) : wanted)
    const out = flags["out"]
    if (typeof out === "string") {
      const file = (yield* Path.Path).resolve(io.cwd, out)
      yield* Effect.mapError(
        (yield* FileSystem.FileSystem).writeFileString(file, proof),
        () =>
          new Unavailable({
            code: "file.write",
            message: `${out} cannot be written.`,
            fix: "Give --out a file in a folder that exists and may be written."
          })
      )
    }
    return { json: { index, entry: JSON.parse(entry) as unknown, key: log.key.verifier, proof }, text: proof.trimEnd() }
  })
}

const key: Verb<Needs> = {
  usage: "log key",
  about: "the key that others check the log with",
  flags: [],
  words: 0,
  run: Effect.fn("log key")(function* () {
    const { origin, verifier } = (yield* Log).key
    return { json: { origin, key: verifier }, text: verifier }
  })
}

export const logVerbs = { "log verify": verify, "log prove": prove, "log key": key }
