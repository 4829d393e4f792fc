import { resolve } from "node:path"
import { Clock, Effect } from "effect"
import { BadInput } from "#core/BadInput.ts"
import { Unavailable } from "#core/Unavailable.ts"
import { serveWitness } from "#core/log/witness/serveWitness.ts"
import type { Verb } from "../Verb.ts"

const logWitness: Verb<never> = {
  usage: "log witness --port N --state FOLDER --log KEY",
  about: "watch a log for its owner's customers: cosign each checkpoint that grew out of the last one",
  flags: ["port", "state", "log"],
  words: 0,
  run: Effect.fn("log witness")(function* ({ flags, io }) {
    const { port, state, log } = flags
    if (typeof state !== "string" || typeof log !== "string" || !/^\d{1,5}$/.test(String(port))) {
      return yield* new BadInput({
        code: "witness.flags",
        message: "A witness needs --port, --state and --log.",
        fix: "Give a port (0 for any), a folder of its own, and the key that `assay log key` prints."
      })
    }
    const clock = yield* Clock.Clock
    const seconds = (): number => Math.floor(clock.currentTimeMillisUnsafe() / 1000)
    const open = Effect.tryPromise({
      try: async () => serveWitness({ folder: resolve(io.cwd, state), port: Number(port), logs: [log], seconds }),
      catch: () =>
        new Unavailable({
          code: "witness.start",
          message: "The witness cannot start: its port is taken, its folder cannot be used, or the key is not one.",
          fix: "Try --port 0, check the folder, and copy the key from `assay log key` as it is."
        })
    })
    const { url, verifier } = yield* Effect.acquireRelease(open, (witness) => Effect.promise(() => witness.close()))
    io.out(`${verifier} ${url}\n`)
    return yield* Effect.never
  }, Effect.scoped)
}

export const witnessVerbs = { "log witness": logWitness }
