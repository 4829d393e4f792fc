import { Refused } from "../Refused.ts"
import { emptyFrontier, rootOf } from "./merkle.ts"
import type { LogFiles } from "./LogFiles.ts"
import type { LogKey } from "./LogKey.ts"
import { Unsound, verifyCheckpoint } from "./verifier/assay-verify.mjs"

/** The tree that the newest checkpoint vouches for, with the checkpoint itself. */
export interface SignedHead {
  readonly size: number
  readonly root: Uint8Array
  /** The signed note; missing while nothing was ever signed. */
  readonly note?: string
}

/**
 * Reads the checkpoint and checks the log's own signature on it.
 *
 * @throws Refused `log.unsound` if it is not ours, or is not a checkpoint
 */
export function signedHead(files: LogFiles, key: LogKey): SignedHead {
  const bytes = files.read("checkpoint")
  if (bytes === undefined) return { size: 0, root: rootOf(emptyFrontier) }
  const note = bytes.toString("utf8")
  try {
    const { size, root } = verifyCheckpoint(note, key.policy)
    return { size, root, note }
  } catch (cause) {
    if (cause instanceof Unsound) throw unsoundLog(cause.message)
    throw cause
  }
}

/** What everything that would build on a changed log fails with; entries go on waiting in the outbox. */
export function unsoundLog(what: string): Refused {
  return new Refused({
    code: "log.unsound",
    message: `The log was changed from outside: ${what}`,
    fix: "Restore the log folder and the records from one backup, and find out who could write to the home folder."
  })
}

/** Signs a tree and puts the note where readers look for it; durable on return. */
export function signHead(files: LogFiles, key: LogKey, size: number, root: Uint8Array): void {
  const text = `${key.origin}\n${size}\n${Buffer.from(root).toString("base64")}\n`
  files.replace("checkpoint", Buffer.from(key.signNote(text)))
}
