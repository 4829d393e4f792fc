import { Effect } from "effect"
import { Home } from "../../home/Home.ts"
import { Log } from "../Log.ts"
import type { LogVerdict } from "../Log.ts"
import { compareWithSeen, parseCheckpoint, signersOf, Unsound, verifyCheckpoint } from "../verifier/assay-verify.mjs"
import { readPolicy } from "./cosign.ts"
import { witnessNotes } from "./WitnessNotes.ts"

/**
 * What the witnesses say of a log that was checked. `none`: nobody is asked. `alone`: nobody has cosigned yet. `short`: some have, too few for
 * the quorum. `cosigned`: the quorum stands behind the first `size` entries. `split`: a witness knows another tree, or what was cosigned is not
 * this log.
 */
export interface WitnessState {
  readonly state: "none" | "alone" | "short" | "cosigned" | "split"
  /** Entries that the newest cosigned checkpoint speaks for. */
  readonly size: number
  /** Who cosigned it, by the names of the policy. */
  readonly witnesses: ReadonlyArray<string>
  /** Who did not answer, and who refused, in the last round. */
  readonly away: ReadonlyArray<string>
  readonly refused: ReadonlyArray<string>
}

/** Holds a checked log against what its witnesses cosigned; their signatures are checked anew. */
export const witnessState = Effect.fn("witnessState")(function* (verdict: LogVerdict) {
  const log = yield* Log
  const notes = witnessNotes((yield* Home).path)
  const { away = [], refused = [] } = notes.round ?? {}
  const nobody = { size: 0, witnesses: [], away, refused }
  if (notes.policy === undefined) return { ...nobody, state: "none" } satisfies WitnessState as WitnessState
  const policy = yield* readPolicy(notes.policy, log.key)
  if (notes.cosigned === undefined) {
    return { ...nobody, state: refused.length > 0 ? "split" : "alone" } satisfies WitnessState as WitnessState
  }
  const note = notes.cosigned
  try {
    const keys = [...policy.witnesses.values()]
    const signers = signersOf(note, [...policy.logs, ...keys])
    const witnesses = [...policy.witnesses].filter(([, key]) => signers.has(key)).map(([name]) => name)
    const said = { size: parseCheckpoint(note).size, witnesses, away, refused }
    const seen = verifyCheckpoint(note, { ...policy, quorum: "none" })
    // The log may have grown, and been cosigned, since it was checked.
    const checked = seen.size > verdict.size ? yield* log.verify : verdict
    const fits = compareWithSeen(log.files, checked, seen).sound
    if (!fits || refused.length > 0) return { ...said, state: "split" } satisfies WitnessState as WitnessState
    return { ...said, state: reaches(note, policy) ? "cosigned" : "short" } satisfies WitnessState as WitnessState
  } catch (cause) {
    if (cause instanceof Unsound) return { ...nobody, state: "split" } satisfies WitnessState as WitnessState
    throw cause
  }
})

function reaches(note: string, policy: Parameters<typeof verifyCheckpoint>[1]): boolean {
  try {
    verifyCheckpoint(note, policy)
    return true
  } catch (cause) {
    if (cause instanceof Unsound && cause.reason === "quorum") return false
    throw cause
  }
}
