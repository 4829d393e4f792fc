import { Clock, Effect } from "effect"
import { Home } from "../../home/Home.ts"
import { Log } from "../Log.ts"
import { parseCheckpoint } from "../verifier/assay-verify.mjs"
import { cosign } from "./cosign.ts"
import { witnessNotes } from "./WitnessNotes.ts"
import type { WitnessRound } from "./WitnessNotes.ts"

/**
 * Shows the newest checkpoint to the witnesses of the home's policy, and keeps what they cosigned. Nothing is asked while there is no policy, or
 * when all of them have cosigned this very tree. The log never waits for this, and a witness that is away changes nothing in it.
 */
export const askWitnesses = Effect.fn("askWitnesses")(function* () {
  const { path } = yield* Home
  const log = yield* Log
  const notes = witnessNotes(path)
  if (notes.policy === undefined) return undefined
  const bytes = log.files.read("checkpoint")
  if (bytes === undefined) return notes.round
  const { size } = parseCheckpoint(bytes.toString("utf8"))
  const { round } = notes
  if (round !== undefined && round.size === size && round.quorum && round.away.length + round.refused.length === 0)
    return round
  const seen = notes.cosigned === undefined ? 0 : parseCheckpoint(notes.cosigned).size
  const { note, ...answer } = yield* cosign(log.files, log.key, notes.policy, seen)
  const told: WitnessRound = { ...answer, at: Math.floor((yield* Clock.currentTimeMillis) / 1000) }
  if (answer.witnesses.length > 0) notes.keep("cosigned", note)
  notes.keepRound(told)
  return told
})
