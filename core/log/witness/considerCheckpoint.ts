import { parseCheckpoint, parseGrowth, signersOf, Unsound, verifyConsistency } from "../verifier/assay-verify.mjs"
import type { Checkpoint, VerifierKey } from "../verifier/assay-verify.mjs"

/** What a witness answers, as HTTP, and the checkpoint that it has to remember before it cosigns. */
export interface Consideration {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
  /** The note whose text is to be cosigned; only with status 200. */
  readonly accepted?: { readonly note: string; readonly checkpoint: Checkpoint }
}

/**
 * Decides whether a witness may cosign what a log sent: `old N`, a consistency proof, an empty line and a checkpoint.
 *
 * @param logs   the keys of the logs that it watches
 * @param latest what it cosigned last for an origin, if anything
 * @source C2SP tlog-witness, add-checkpoint: which answer for which fault, and in which order
 */
export function considerCheckpoint(
  request: string,
  logs: ReadonlyArray<VerifierKey>,
  latest: (origin: string) => Checkpoint | undefined
): Consideration {
  try {
    const { old, proof, note } = parseGrowth(request)
    const checkpoint = parseCheckpoint(note)
    const keys = logs.filter(({ name }) => name === checkpoint.origin)
    if (keys.length === 0) return { status: 404, body: "This log is unknown.\n" }
    if (!signed(note, keys)) return { status: 403, body: "The log's signature is missing or false.\n" }
    if (old > checkpoint.size) return { status: 400, body: "The old size is above the new one.\n" }
    const held = latest(checkpoint.origin)
    const conflict = { status: 409, body: `${held?.size ?? 0}\n` } as const
    if (old !== (held?.size ?? 0)) return conflict
    if (held === undefined) {
      return proof.length === 0 ? accept(note, checkpoint) : { status: 422, body: "Nothing is to be proved yet.\n" }
    }
    if (old === checkpoint.size && !held.root.equals(checkpoint.root)) return conflict
    if (!verifyConsistency(old, held.root, checkpoint.size, checkpoint.root, proof)) {
      return { status: 422, body: "The proof does not lead from the old tree to the new one.\n" }
    }
    return accept(note, checkpoint)
  } catch (cause) {
    if (cause instanceof Unsound) return { status: 400, body: `${cause.message}\n` }
    throw cause
  }
}

const accept = (note: string, checkpoint: Checkpoint): Consideration => ({
  status: 200,
  body: "",
  accepted: { note, checkpoint }
})

function signed(note: string, keys: ReadonlyArray<VerifierKey>): boolean {
  try {
    return signersOf(note, keys).size > 0
  } catch (cause) {
    if (cause instanceof Unsound && cause.reason === "signature") return false
    throw cause
  }
}
