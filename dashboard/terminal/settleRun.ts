import { Effect } from "effect"
import { eraseReturned } from "#privacy/consent/erasure/eraseReturned.ts"
import { Revocations } from "#privacy/consent/revocation/Revocations.ts"
import { clearRecalled } from "#catalog/recall/clearRecalled.ts"

/**
 * What follows a run that made everything again: who was frozen before it began has withdrawn for good, called-back versions leave the house,
 * and whom a source brought back after their erasure goes again.
 *
 * @param epoch at the start of the run
 */
export const settleRun = Effect.fn("settleRun")(function* (epoch: number) {
  yield* eraseReturned()
  yield* clearRecalled()
  yield* (yield* Revocations).settle(epoch)
})
