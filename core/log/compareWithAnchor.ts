import { Effect } from "effect"
import { Anchor } from "./Anchor.ts"
import { Log } from "./Log.ts"
import type { LogVerdict } from "./Log.ts"
import { compareWithSeen } from "./verifier/assay-verify.mjs"

/** Checks the whole log, and that it is the one whose heads the anchor holds. */
export const compareWithAnchor = Effect.fn("compareWithAnchor")(function* () {
  const log = yield* Log
  const heads = yield* (yield* Anchor).heads(log.key.origin)
  let verdict: LogVerdict = yield* log.verify
  for (const { origin, size, root } of heads) {
    verdict = compareWithSeen(log.files, verdict, { origin, size, root: Buffer.from(root, "hex") })
  }
  return verdict
})
